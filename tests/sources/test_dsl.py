"""ABBYY Lingvo's DSL."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dictsvc.entry_parts import see_links
from dictsvc.errors import SourceError
from dictsvc.model import Entry, Example, Idiom, Sense
from tests.sources.making import Read, read

HEADER = '#NAME "Wiktionary English-Vietnamese"\n#INDEX_LANGUAGE "English"\n#CONTENTS_LANGUAGE "Vietnamese"\n\n'


def _read(folder: Path, cards: str, encoding: str = "utf-8") -> Read:
    path = folder / "book.dsl"
    path.write_bytes((HEADER + cards).encode(encoding))
    return read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings(tmp_path: Path, encoding: str, packed: bool) -> None:
    path = tmp_path / "book.dsl.dz"
    data = (HEADER + "mother\nmẹ\n\t[m1]má[/m]\n").encode(encoding)
    path.write_bytes(gzip.compress(data) if packed else data)
    found = read(path)
    assert found.entry == Entry("mother", ("mẹ",), senses=(Sense(gloss="má"),))
    assert found.source.title == "Wiktionary English-Vietnamese"
    assert (found.source.source_language, found.source.target_language) == ("en", "vi")


@pytest.mark.parametrize("text", ["", "\n\n", HEADER])
def test_a_file_without_a_card_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "book.dsl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"book\.dsl holds no DSL card"):
        read(path, format_name="dsl")


def test_a_card_that_shows_its_headword(tmp_path: Path) -> None:
    card = (
        "chó đất\naardwolf\n"
        "\t[b][c darkblue]aardwolf[/c][/b] [p]<n>[/p] [i](the mammal Proteles cristatus)[/i]\n"
        "\t[m1]chó đất[/m]\n"
    )
    assert _read(tmp_path, card).entry == Entry(
        "aardwolf",
        ("chó đất",),
        senses=(Sense("noun", ("the mammal Proteles cristatus",), "chó đất"),),
    )


def test_a_card_with_everything(tmp_path: Path) -> None:
    card = (
        "bring\n"
        "\t[t]brɪŋ[/t] {{a comment}}\n"
        "\t[m1][p]v[/p][/m]\n"
        "\t[m1]1) [p]lit.[/p] [trn]mang[/trn][/m]\n"
        "\t[m2][*][ex][lang id=1033]~ me a book[/lang] — mang sách cho tôi[/ex][/*][/m]\n"
        "\t[m1]2) gây ra \\[hậu quả\\][/m]\n"
        "\t[m1]see [ref]carry[/ref], <<take>>[/m]\n"
        "\t[s]bring.wav[/s]\n"
        "\t@ bring up\n"
        "\t[m1]nuôi nấng[/m]\n"
    )
    assert _read(tmp_path, card).entry == Entry(
        "bring",
        pronunciation="brɪŋ",
        senses=(
            Sense("verb", ("lit.",), "mang", None, (Example("bring me a book", "mang sách cho tôi"),)),
            Sense("verb", gloss="gây ra [hậu quả]"),
        ),
        idioms=(Idiom("bring up", (Sense(gloss="nuôi nấng"),)),),
        links=see_links(("carry", "take")),
    )


@pytest.mark.parametrize(
    ("head", "headword", "variants"),
    [
        ("cat", "cat", ()),
        ("{to }go", "to go", ()),
        ("colo(u)r", "colo(u)r", ("color", "colour")),
        (r"a \[b\] \~c", "a [b] ~c", ()),
    ],
)
def test_headwords(tmp_path: Path, head: str, headword: str, variants: tuple[str, ...]) -> None:
    entry = _read(tmp_path, f"{head}\n\t[m1]x[/m]\n").entry
    assert (entry.headword, entry.variants) == (headword, variants)


def test_repeated_headwords_all_stay_and_faults_are_told(tmp_path: Path) -> None:
    found = _read(tmp_path, "\t[m1]nobody's[/m]\ncat\n\t[m1]mèo[/m]\n\ncat\n\t[m1]roi[/m]\nlone\n")
    assert [(e.headword, [s.gloss for s in e.senses]) for e in found.entries] == [
        ("cat", ["mèo"]),
        ("cat", ["roi"]),
        ("lone", []),
    ]
    assert found.codes == ["no-headword", "empty-body"]


def test_broken_tags_lose_nothing(tmp_path: Path) -> None:
    entry = _read(tmp_path, "cat\n\t[m1][b]mèo[/i] [c red]đen[/m]\n").entry
    assert entry.senses == (Sense(gloss="mèo đen"),)
