"""Files made by other people's programs, wherever a package of theirs writes a format that is read here.

Each holds the same three entries and is read as its content shows, without being told the format.
"""

from __future__ import annotations

import csv
import html
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dictsvc.sources import pyglossary_bridge
from dictsvc.sources.formats import format_of
from dictsvc.sources.source import read_beginning
from tests.sources.making import read

ENTRIES = (
    (("đường", "đàng"), "* noun<br>- <b>road</b> &amp; street"),
    (("học sinh",), "<div>pupil</div><div>a child at school</div>"),
    (("ở",), "to live, to stay"),
)
_ROAD: list[tuple[str | None, str]] = [("noun", "road & street")]
GLOSSES: dict[str, list[tuple[str | None, str]]] = {
    "đường": _ROAD,
    "đàng": _ROAD,
    "học sinh": [(None, "pupil"), (None, "a child at school")],
    "ở": [(None, "to live, to stay")],
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pyglossary keeps files below the home folder."""
    pytest.importorskip("pyglossary", reason="the extra formats is not installed")
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def _sort_keys_without_icu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The writer of slobs takes nothing but sort keys from PyICU, which has no wheels: any order will do."""

    class Collator:
        PRIMARY, SECONDARY, TERTIARY, QUATERNARY, IDENTICAL = range(5)

        @classmethod
        def createInstance(cls, _locale: object) -> Collator:  # noqa: N802  (PyICU's name)
            return cls()

        def setStrength(self, _strength: int) -> None:  # noqa: N802
            pass

        def setAttribute(self, *_: object) -> None:  # noqa: N802
            pass

        def getSortKey(self, text: str) -> bytes:  # noqa: N802
            return text.casefold().encode()

    names: Any = types.SimpleNamespace(ALTERNATE_HANDLING=0, SHIFTED=0)
    icu: Any = types.ModuleType("icu")
    icu.Collator, icu.Locale, icu.UCollAttribute, icu.UCollAttributeValue = Collator, str, names, names
    icu.VERSION = icu.ICU_VERSION = "0"
    monkeypatch.setitem(sys.modules, "icu", icu)
    yield
    sys.modules.pop("pyglossary.slob", None)


def by_pyglossary(path: Path, plugin: str, **options: object) -> Path:
    glossary = pyglossary_bridge._glossary_class()()
    glossary.setInfo("name", "Việt–Anh")
    glossary.setInfo("sourceLang", "vi")
    glossary.setInfo("targetLang", "en")
    for spellings, body in ENTRIES:
        glossary.addEntry(glossary.newEntry(list(spellings), body, defiFormat="h"))
    assert glossary.write(str(path), formatName=plugin, **options)
    glossary.clear()
    return path


def by_mdict_utils(path: Path, *options: str) -> Path:
    text = "".join(f"{word}\n{body}\n</>\n" for (word, *_), body in ENTRIES)
    text += "".join(f"{other}\n@@@LINK={word}\n</>\n" for (word, *others), _ in ENTRIES for other in others)
    source = path.with_suffix(".txt")
    source.write_text(text, encoding="utf-8")
    title = path.with_name("title.html")
    title.write_text("Việt–Anh", encoding="utf-8")
    command = [sys.executable, "-m", "mdict_utils", "--title", str(title), *options, "-a", str(source), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return path


def by_csv_module(path: Path) -> Path:
    with path.open("w", encoding="utf-16", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL, delimiter=";")
        rows.writerow(["definition", "pos", "headword", "variants"])
        for (word, *others), _ in ENTRIES:
            rows.writerows(
                [f"<i>{html.escape(gloss)}</i>", part, word, "|".join(others)] for part, gloss in GLOSSES[word]
            )
    return path


def pyglossary(name: str, plugin: str, **options: object) -> Callable[[Path], Path]:
    return lambda folder: by_pyglossary(folder / name, plugin, **options)


WRITERS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "stardict": ("stardict", pyglossary("b.ifo", "Stardict", dictzip=False)),
    "stardict, dictzip": ("stardict", pyglossary("b.ifo", "Stardict", dictzip=True)),
    "stardict, 64 bits": ("stardict", pyglossary("b.ifo", "Stardict", dictzip=False, large_file=True)),
    "dictd": ("dictd", pyglossary("b.index", "DictOrg", dictzip=False)),
    "csv": ("csv", lambda folder: by_csv_module(folder / "b.csv")),
    "json": ("json", pyglossary("b.json", "Json")),
    "tab": ("tab", pyglossary("b.txt", "Tabfile")),
    "mdict": ("mdict", lambda folder: by_mdict_utils(folder / "b.mdx")),
    "slob": ("slob", pyglossary("b.slob", "Aard2Slob")),
    "slob, bz2": ("slob", pyglossary("b.slob", "Aard2Slob", compression="bz2")),
    "slob, lzma2": ("slob", pyglossary("b.slob", "Aard2Slob", compression="lzma2")),
    "slob, unpacked": ("slob", pyglossary("b.slob", "Aard2Slob", compression="")),
    "lingoes": ("pyglossary", pyglossary("b.ldf", "LingoesLDF")),
}
TITLED = WRITERS.keys() - {"csv", "dictd"}


@pytest.mark.usefixtures("_sort_keys_without_icu")
@pytest.mark.parametrize("name", WRITERS)
def test_what_others_write_is_read(tmp_path: Path, name: str) -> None:
    format_name, write = WRITERS[name]
    path = write(tmp_path)
    assert format_of(read_beginning(path)).name == format_name
    found = read(path) if name in ("json", "tab") else read(path, "vi", "en")
    entries = {spelling: entry for entry in found.entries for spelling in (entry.headword, *entry.variants)}
    assert entries.keys() == GLOSSES.keys()
    for spelling, glosses in GLOSSES.items():
        assert [(sense.part_of_speech, sense.gloss) for sense in entries[spelling].senses] == glosses
    assert found.codes == []
    assert (found.source.source_language, found.source.target_language) == ("vi", "en")
    if name in TITLED:
        assert (found.source.title or found.about["title"]).startswith("Việt–Anh")
