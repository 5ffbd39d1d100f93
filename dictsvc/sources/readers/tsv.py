r"""This project's own format: one line a sense, columns named in a header line, nothing lost either way.

    # title: Việt–Anh
    headword⇥pronunciation⇥part_of_speech⇥gloss⇥examples⇥…
    má⇥⇥noun⇥mother⇥
    ⇥⇥noun⇥cheek⇥má lúm đồng tiền = a dimpled cheek

A line whose first cell is empty goes on with the entry above. Lists are parted by ` | `, an example from its
translation by ` = `. A backslash takes away the special meaning of `|`, `=`, `#` and itself; `\t` and `\n`
are a tab and a line break. Columns may stand in any order; empty ones may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import Dictionary, Entry, Example, Idiom, Problem, Sense
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.source import UNKNOWN, Languages, Record, Source

COLUMNS = (
    "headword", "pronunciation", "part_of_speech", "gloss", "examples", "note", "labels", "idiom", "variants",
    "forms", "see_also",
)  # fmt: skip
_DESCRIBED = ("title", "source_language", "target_language", "licence", "origin", "version", "description")
_SPECIAL = re.compile(r"\\(.)")
_LIST = re.compile(r" \| ")
_EQUALS = re.compile(r" = ")
_UNESCAPED = {"t": "\t", "n": "\n"}


def is_header(line: str) -> bool:
    """Whether a line names the columns of this format."""
    cells = line.split("\t")
    return cells[0] == "headword" and "gloss" in cells and set(cells) <= set(COLUMNS)


def read_tsv(path: Path, _languages: Languages = UNKNOWN) -> Source:
    """A file in this project's format. Raises `SourceError` where the header line is missing."""
    lines = read_lines(path)
    description: dict[str, str] = {}
    for line in lines:
        if is_header(line.text):
            known = {key: value for key, value in description.items() if key in _DESCRIBED}
            return Source(records=_records(lines, line.text.split("\t")), **known)  # type: ignore[arg-type]
        if line.text.startswith("#"):
            key, _, value = line.text[1:].partition(":")
            description[key.strip()] = _unescaped(value.strip())
        elif line.text.strip():
            break
    raise SourceError(f"{path.name} has no header line (headword, tab, …): it is not in dictsvc's format.")


def _records(lines: Iterator[Line], columns: list[str]) -> Iterator[Record]:
    draft: _Draft | None = None
    for line in lines:
        place = f"line {line.number}"
        if line.problem:
            yield line.problem
        if not line.text.strip():
            continue
        cells = dict(zip(columns, line.text.split("\t"), strict=False))
        if line.text.count("\t") >= len(columns):
            detail = f"more cells than the {len(columns)} columns: {line.text[:40]!r}"
            yield Problem(place, "too-many-cells", detail)
            continue
        headword = cleaned(_unescaped(cells["headword"]))
        if headword:
            if draft:
                yield draft.entry()
            draft = _Draft(headword, cells)
        elif draft is None:
            yield Problem(place, "empty-headword", "the line goes on with an entry that was not begun")
            continue
        draft.line(cells)
    if draft:
        yield draft.entry()


class _Draft:
    def __init__(self, headword: str, cells: dict[str, str]) -> None:
        self._headword = headword
        self._pronunciation = _unescaped(cells.get("pronunciation", "").strip()) or None
        self._variants, self._forms, self._see_also = (
            _list(cells.get(name, "")) for name in ("variants", "forms", "see_also")
        )
        self._senses: list[Sense] = []
        self._idioms: list[tuple[str, list[Sense]]] = []

    def line(self, cells: dict[str, str]) -> None:
        sense = Sense(
            _unescaped(cells.get("part_of_speech", "").strip()) or None,
            _list(cells.get("labels", "")),
            _unescaped(cells.get("gloss", "").strip()),
            _unescaped(cells.get("note", "").strip()) or None,
            tuple(_example(text) for text in _LIST.split(cells.get("examples", "").strip()) if text.strip()),
        )
        phrase = _unescaped(cells.get("idiom", "").strip())
        senses = self._senses
        if phrase:
            if not self._idioms or self._idioms[-1][0] != phrase:
                self._idioms.append((phrase, []))
            senses = self._idioms[-1][1]
        if sense != Sense():
            senses.append(sense)

    def entry(self) -> Entry:
        return Entry(
            self._headword,
            self._variants,
            self._pronunciation,
            tuple(self._senses),
            tuple(Idiom(phrase, tuple(senses)) for phrase, senses in self._idioms),
            self._forms,
            self._see_also,
        )


def _example(text: str) -> Example:
    source, *target = _EQUALS.split(text, maxsplit=1)
    return Example(_unescaped(source.strip()), _unescaped(target[0].strip()) or None if target else None)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(_unescaped(item.strip()) for item in _LIST.split(cell.strip()) if item.strip())


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _SPECIAL.sub(lambda found: _UNESCAPED.get(found[1], found[1]), text)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text.replace("|", "\\|").replace("=", "\\=")


def written(dictionary: Dictionary, entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a file in this project's format, without line ends; `read_tsv` gives the same entries back."""
    for name in _DESCRIBED:
        if value := getattr(dictionary, name):
            yield f"# {name}: " + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    yield "\t".join(COLUMNS)
    for entry in entries:
        yield from _entry_lines(entry)


def _entry_lines(entry: Entry) -> Iterator[str]:
    rows = [("", sense) for sense in entry.senses]
    rows += [(idiom.phrase, sense) for idiom in entry.idioms for sense in idiom.senses or (Sense(),)]
    for number, (phrase, sense) in enumerate(rows or [("", Sense())]):
        examples = " | ".join(
            _escaped(e.source) + (f" = {_escaped(e.target)}" if e.target is not None else "") for e in sense.examples
        )
        head = number == 0
        cells = (
            _escaped(entry.headword).replace("#", "\\#") if head else "",
            _escaped(entry.pronunciation or "") if head else "",
            _escaped(sense.part_of_speech or ""),
            _escaped(sense.gloss),
            examples,
            _escaped(sense.note or ""),
            " | ".join(map(_escaped, sense.labels)),
            _escaped(phrase),
            *(
                " | ".join(map(_escaped, items)) if head else ""
                for items in (entry.variants, entry.forms, entry.see_also)
            ),
        )
        yield "\t".join(cells).rstrip("\t") if head else "\t" + "\t".join(cells[1:]).rstrip("\t")
