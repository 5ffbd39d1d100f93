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
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import Dictionary, Entry, Example, Idiom, Problem, Sense
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_DESCRIBED = ("title", "source_language", "target_language", "licence", "origin", "version", "description")
_SPECIAL = re.compile(r"\\(.)")
_LIST = re.compile(r" \| ")
_EQUALS = re.compile(r" = ")
_UNESCAPED = {"t": "\t", "n": "\n"}


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _SPECIAL.sub(lambda found: _UNESCAPED.get(found[1], found[1]), text)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text.replace("|", "\\|").replace("=", "\\=")


class _Cell(Struct, frozen=True):
    """How the value of a field stands in a cell."""

    read: Callable[[str], Any]
    """The value of a cell without spaces around it; an empty cell is the field's default."""
    write: Callable[[Any], str]


def _read_list(cell: str) -> tuple[str, ...]:
    return tuple(_unescaped(item.strip()) for item in _LIST.split(cell) if item.strip())


def _read_examples(cell: str) -> tuple[Example, ...]:
    return tuple(_read_example(text) for text in _LIST.split(cell) if text.strip())


def _read_example(text: str) -> Example:
    source, *target = _EQUALS.split(text, maxsplit=1)
    return Example(_unescaped(source.strip()), _unescaped(target[0].strip()) or None if target else None)


def _write_example(example: Example) -> str:
    return _escaped(example.source) + (f" = {_escaped(example.target)}" if example.target is not None else "")


_TEXT = _Cell(_unescaped, lambda text: _escaped(text or ""))
_TEXTS = _Cell(_read_list, lambda texts: " | ".join(map(_escaped, texts)))
_EXAMPLES = _Cell(_read_examples, lambda examples: " | ".join(map(_write_example, examples)))
_SENSE_CELLS: Mapping[str, _Cell] = {
    "part_of_speech": _TEXT, "gloss": _TEXT, "examples": _EXAMPLES, "note": _TEXT, "labels": _TEXTS,
}  # fmt: skip
"""Columns that each line of a sense fills, by the field of the sense."""
_ENTRY_CELLS: Mapping[str, _Cell] = {"pronunciation": _TEXT, "variants": _TEXTS, "forms": _TEXTS, "see_also": _TEXTS}
"""Columns that the first line of an entry fills, by the field of the entry."""
COLUMNS = (
    "headword", "pronunciation", "part_of_speech", "gloss", "examples", "note", "labels", "idiom", "variants",
    "forms", "see_also",
)  # fmt: skip
"""The order of the columns as they are written."""


def _is_header(line: str) -> bool:
    cells = line.split("\t")
    return cells[0] == "headword" and "gloss" in cells and set(cells) <= set(COLUMNS)


def _recognises(file: DictionaryFile) -> bool:
    return _is_header(next((line for line in file.lines() if not line.startswith("#")), ""))


def _read(file: DictionaryFile, _languages: Languages) -> Source:
    """A file in this project's format. Raises `SourceError` where the header line is missing."""
    lines = read_lines(file.path)
    description: dict[str, str] = {}
    for line in lines:
        if _is_header(line.text):
            known = {key: value for key, value in description.items() if key in _DESCRIBED}
            return Source(records=_records(lines, line.text.split("\t")), **known)  # type: ignore[arg-type]
        if line.text.startswith("#"):
            key, _, value = line.text[1:].partition(":")
            description[key.strip()] = _unescaped(value.strip())
        elif line.text.strip():
            break
    raise SourceError(f"{file.name} has no header line (headword, tab, …): it is not in dictsvc's format.")


def _records(lines: Iterator[Line], columns: list[str]) -> Iterator[Record]:
    draft: _Draft | None = None
    for line in lines:
        place = f"line {line.number}"
        if line.problem:
            yield line.problem
        if not line.text.strip():
            continue
        cells = {column: cell.strip() for column, cell in zip(columns, line.text.split("\t"), strict=False)}
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


def _fields(cells: Mapping[str, str], known: Mapping[str, _Cell]) -> dict[str, Any]:
    """The fields that the filled cells among the known ones give."""
    return {name: cell.read(cells[name]) for name, cell in known.items() if cells.get(name)}


class _Draft:
    def __init__(self, headword: str, cells: Mapping[str, str]) -> None:
        self._headword = headword
        self._fields = _fields(cells, _ENTRY_CELLS)
        self._senses: list[Sense] = []
        self._idioms: list[tuple[str, list[Sense]]] = []

    def line(self, cells: Mapping[str, str]) -> None:
        phrase = _unescaped(cells.get("idiom", ""))
        senses = self._senses
        if phrase:
            if not self._idioms or self._idioms[-1][0] != phrase:
                self._idioms.append((phrase, []))
            senses = self._idioms[-1][1]
        if fields := _fields(cells, _SENSE_CELLS):
            senses.append(Sense(**fields))

    def entry(self) -> Entry:
        idioms = tuple(Idiom(phrase, tuple(senses)) for phrase, senses in self._idioms)
        return Entry(self._headword, senses=tuple(self._senses), idioms=idioms, **self._fields)


def tsv_lines(dictionary: Dictionary, entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a file in this project's format, without line ends; reading it gives the same entries back."""
    for name in _DESCRIBED:
        if value := getattr(dictionary, name):
            yield f"# {name}: " + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    yield "\t".join(COLUMNS)
    for entry in entries:
        yield from _entry_lines(entry)


def _entry_lines(entry: Entry) -> Iterator[str]:
    rows = [("", sense) for sense in entry.senses]
    rows += [(idiom.phrase, sense) for idiom in entry.idioms for sense in idiom.senses or (Sense(),)]
    cells = {name: cell.write(getattr(entry, name)) for name, cell in _ENTRY_CELLS.items()}
    cells["headword"] = _escaped(entry.headword).replace("#", "\\#")
    for phrase, sense in rows or [("", Sense())]:
        cells["idiom"] = _escaped(phrase)
        cells |= {name: cell.write(getattr(sense, name)) for name, cell in _SENSE_CELLS.items()}
        yield "\t".join(cells.get(name, "") for name in COLUMNS).rstrip("\t")
        cells.clear()


FORMAT = Format(
    name="tsv",
    description="dictsvc's own format, which loses nothing",
    endings=(".tsv",),
    certainty=Certainty.STRUCTURE,
    recognises=_recognises,
    read=_read,
)
