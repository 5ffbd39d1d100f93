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

import msgspec
from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import (
    Collocation,
    Dictionary,
    Entry,
    Example,
    Idiom,
    Link,
    LinkKind,
    Problem,
    RegionalPronunciation,
    Sense,
)
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_DESCRIBED = ("title", "source_language", "target_language", "licence", "origin", "version", "description")
_SPECIAL = re.compile(r"\\(.)")
_LIST = re.compile(r" \| ")
_EQUALS = re.compile(r" = ")
_MAX_DIGITS = 3
"""Digits of a homonym's number, at most."""
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


def _read_pair(text: str) -> tuple[str, str | None]:
    """What stands before and behind ` = `. Raises `ValueError` where nothing stands before it."""
    first, *second = _EQUALS.split(f" {text.strip()} ", maxsplit=1)
    if not first.strip():
        raise ValueError(f"nothing before the = of {text.strip()!r}")
    return _unescaped(first.strip()), _unescaped(second[0].strip()) or None if second else None


def _write_pair(first: str, second: str | None) -> str:
    return _escaped(first) + (f" = {_escaped(second)}" if second is not None else "")


def _pairs(kind: Callable[[str, str | None], Any]) -> _Cell:
    """The cell of a list of things that have a text and may have another, in this order."""
    return _Cell(
        lambda cell: tuple(kind(*_read_pair(text)) for text in _LIST.split(cell) if text.strip()),
        lambda items: " | ".join(_write_pair(*msgspec.structs.astuple(item)) for item in items),
    )


def _links(kind: LinkKind) -> _Cell:
    """The cell of the links of one kind."""
    return _Cell(
        lambda cell: tuple(Link(kind, *_read_pair(text)) for text in _LIST.split(cell) if text.strip()),
        lambda links: " | ".join(_write_pair(link.headword, link.note) for link in links if link.kind == kind),
    )


def _read_number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= _MAX_DIGITS):
        raise ValueError(f"{cell!r} is no number of at most {_MAX_DIGITS} digits")
    return int(cell)


def _read_regional(text: str) -> RegionalPronunciation:
    region, _, ipa = text.strip().partition(" ")
    if not (region.isupper() and ipa.strip()):
        raise ValueError(f"{text.strip()!r} does not begin with a region in capitals")
    return RegionalPronunciation(_unescaped(region), _unescaped(ipa.strip()))


_TEXT = _Cell(_unescaped, lambda text: _escaped(text or ""))
_TEXTS = _Cell(_read_list, lambda texts: " | ".join(map(_escaped, texts)))
_NUMBER = _Cell(_read_number, lambda number: str(number or ""))
_REGIONAL = _Cell(
    lambda cell: tuple(map(_read_regional, _LIST.split(cell))),
    lambda items: " | ".join(f"{_escaped(item.region)} {_escaped(item.ipa)}" for item in items),
)
_SENSE_CELLS: Mapping[str, _Cell] = {
    "part_of_speech": _TEXT, "gloss": _TEXT, "examples": _pairs(Example), "note": _TEXT, "labels": _TEXTS,
    "collocations": _pairs(Collocation), "synonyms": _TEXTS, "antonyms": _TEXTS,
}  # fmt: skip
"""Columns that each line of a sense fills, by the field of the sense."""
_ENTRY_CELLS: Mapping[str, _Cell] = {"variants": _TEXTS, "forms": _TEXTS, "etymology": _TEXT, "homonym": _NUMBER}
"""Columns that the first line of an entry fills, by the field of the entry."""
_LINK_CELLS: Mapping[str, _Cell] = {"see_also": _links("see"), "former": _links("former"), "current": _links("current")}
"""Columns that the first line of an entry fills with its links, in the order of `LinkKind`."""
COLUMNS = (
    "headword", "pronunciation", "part_of_speech", "gloss", "examples", "note", "labels", "idiom", "variants",
    "forms", "see_also", "homonym", "collocations", "synonyms", "antonyms", "etymology", "former", "current",
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
        location = f"line {line.number}"
        if line.problem:
            yield line.problem
        if not line.text.strip():
            continue
        cells = {column: cell.strip() for column, cell in zip(columns, line.text.split("\t"), strict=False)}
        if line.text.count("\t") >= len(columns):
            detail = f"more cells than the {len(columns)} columns: {line.text[:40]!r}"
            yield Problem(location, "too-many-cells", detail)
            continue
        headword = cleaned(_unescaped(cells["headword"]))
        if headword:
            if draft:
                yield draft.entry()
            draft = _Draft(headword)
        elif draft is None:
            yield Problem(location, "empty-headword", "the line goes on with an entry that was not begun")
            continue
        draft.add(cells, is_first=bool(headword))
        yield from draft.problems(location)
    if draft:
        yield draft.entry()


class _Draft:
    """An entry being read, line by line."""

    def __init__(self, headword: str) -> None:
        self._headword = headword
        self._fields: dict[str, Any] = {}
        self._senses: list[Sense] = []
        self._idioms: list[tuple[str, list[Sense]]] = []
        self._details: list[str] = []

    def add(self, cells: Mapping[str, str], *, is_first: bool) -> None:
        """Take the next line."""
        sense = self._read(cells, _SENSE_CELLS)
        if is_first:
            self._fields = self._read(cells, _ENTRY_CELLS) | self._pronunciations(cells.get("pronunciation", ""))
            links = [link for of_kind in self._read(cells, _LINK_CELLS).values() for link in of_kind]
            self._fields["links"] = tuple(link for link in links if self._is_other(link.headword))
        elif cells.get("pronunciation"):
            sense["pronunciation"] = _unescaped(cells["pronunciation"])
        for name in sense.keys() & {"synonyms", "antonyms"}:
            sense[name] = tuple(filter(self._is_other, sense[name]))
        phrase = _unescaped(cells.get("idiom", ""))
        senses = self._senses
        if phrase:
            if not self._idioms or self._idioms[-1][0] != phrase:
                self._idioms.append((phrase, []))
            senses = self._idioms[-1][1]
        if sense:
            senses.append(Sense(**sense))

    def problems(self, location: str) -> Iterator[Problem]:
        """The faults of cells of the line that was taken last; the rest of the line is kept."""
        for detail in self._details:
            yield Problem(f"{location} ({self._headword})", "malformed-cell", detail, skipped=False)
        self._details.clear()

    def entry(self) -> Entry:
        """The entry that the lines make."""
        idioms = tuple(Idiom(phrase, tuple(senses)) for phrase, senses in self._idioms)
        return Entry(self._headword, senses=tuple(self._senses), idioms=idioms, **self._fields)

    def _read(self, cells: Mapping[str, str], known: Mapping[str, _Cell]) -> dict[str, Any]:
        """The values of the filled cells among the known ones, by column."""
        values = {}
        for name, cell in known.items():
            if text := cells.get(name):
                try:
                    values[name] = cell.read(text)
                except ValueError as error:
                    self._details.append(f"{name}: {error}")
        return values

    def _pronunciations(self, cell: str) -> dict[str, Any]:
        """What a cell such as `ˈʃedjuːl | US ˈskedʒuːl` says of the entry."""
        first, *regional = _LIST.split(f" {cell}", maxsplit=1)
        read = self._read({"regional_pronunciations": "".join(regional)}, {"regional_pronunciations": _REGIONAL})
        return {"pronunciation": _unescaped(first.strip()) or None} | read

    def _is_other(self, word: str) -> bool:
        """Whether a word is not the headword itself, which is a problem where it is."""
        if word == self._headword:
            self._details.append(f"{word!r} is the headword itself")
        return word != self._headword


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
    if not rows or rows[0][1].pronunciation:  # the pronunciation of the first line is the entry's
        rows.insert(0, ("", Sense()))
    cells = {name: cell.write(getattr(entry, name)) for name, cell in _ENTRY_CELLS.items()}
    cells |= {name: cell.write(entry.links) for name, cell in _LINK_CELLS.items()}
    cells["headword"] = _escaped(entry.headword).replace("#", "\\#")
    regional = _REGIONAL.write(entry.regional_pronunciations)
    cells["pronunciation"] = _escaped(entry.pronunciation or "") + (f" | {regional}" if regional else "")
    for phrase, sense in rows:
        cells.setdefault("pronunciation", _escaped(sense.pronunciation or ""))
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
