"""StarDict: .ifo, .idx(.gz), .dict(.dz), .syn; text (m), HTML (h) and Pango (g) bodies."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import Problem
from dictsvc.sources.files import read_bytes
from dictsvc.sources.fvdp import is_empty, lone_headword, parse_body
from dictsvc.sources.html import text_lines
from dictsvc.sources.source import Record, Source, about_records

_TEXT_TYPES = frozenset(b"mltgyhx")
_BINARY_TYPES = frozenset(b"WP")
_HTML_TYPES = frozenset(b"hgx")
_LANGUAGES = re.compile(r"\(([a-z]{2})-([a-z]{2})\)")
_MAGIC = "StarDict's dict ifo file"


def read_stardict(path: Path) -> Source:
    """A StarDict dictionary, by any of its files.

    Raises `SourceError` where a part is missing or the .ifo is none.
    """
    ifo = _information(path)
    base = path.with_name(path.name[: -len("".join(path.suffixes))]) if path.suffix != ".ifo" else path.with_suffix("")
    index = read_bytes(_part(base, (".idx", ".idx.gz")))
    bodies = read_bytes(_part(base, (".dict.dz", ".dict")))
    synonyms = base.with_name(base.name + ".syn")
    wide = ifo.get("idxoffsetbits") == "64"
    entries = _index(index, wide=wide)
    variants = _variants(read_bytes(synonyms)) if synonyms.exists() else {}
    found = _LANGUAGES.search(ifo.get("bookname", ""))
    count = ifo.get("wordcount", "")
    return Source(
        records=_records(entries, bodies, ifo.get("sametypesequence", ""), variants),
        title=cleaned(ifo.get("bookname", "")),
        source_language=ifo.get("lang", "").partition("-")[0] or (found[1] if found else ""),
        target_language=ifo.get("lang", "").partition("-")[2] or (found[2] if found else ""),
        origin=ifo.get("website", "") or ifo.get("author", ""),
        description=cleaned(ifo.get("description", "").replace("<br>", " ")),
        version=ifo.get("date", ""),
        expected=int(count) if count.isdigit() else None,
    )


def _part(base: Path, endings: tuple[str, ...]) -> Path:
    for ending in endings:
        path = base.with_name(base.name + ending)
        if path.exists():
            return path
    raise SourceError(f"{base.name}{endings[0]} is missing beside {base.name}.ifo.")


def _information(path: Path) -> dict[str, str]:
    ifo = path if path.suffix == ".ifo" else path.with_name(path.name.split(".")[0] + ".ifo")
    if not ifo.exists():
        raise SourceError(f"{ifo.name} is missing: a StarDict dictionary needs it.")
    text = read_bytes(ifo).decode("utf-8-sig", "replace")
    if not text.startswith(_MAGIC):
        raise SourceError(f"{ifo.name} is no StarDict .ifo file: its first line is not {_MAGIC!r}.")
    pairs = (line.partition("=") for line in text.splitlines()[1:])
    return {key.strip(): value.strip() for key, equals, value in pairs if equals}


def _index(data: bytes, *, wide: bool) -> Iterator[tuple[bytes, int, int]]:
    pointer = struct.Struct(">QI" if wide else ">II")
    place = 0
    while place < len(data):
        end = data.find(b"\0", place)
        if end < 0 or end + 1 + pointer.size > len(data):
            return
        yield data[place:end], *pointer.unpack_from(data, end + 1)
        place = end + 1 + pointer.size


def _variants(data: bytes) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    place = 0
    while (end := data.find(b"\0", place)) >= 0 and end + 5 <= len(data):
        (number,) = struct.unpack_from(">I", data, end + 1)
        found.setdefault(number, []).append(cleaned(data[place:end].decode("utf-8", "replace")))
        place = end + 5
    return found


def _records(
    entries: Iterator[tuple[bytes, int, int]], bodies: bytes, types: str, variants: dict[int, list[str]]
) -> Iterator[Record]:
    for number, (word, offset, size) in enumerate(entries):
        headword = cleaned(word.decode("utf-8", "replace"))
        place = f"record {number} ({headword})" if headword else f"record {number}"
        if not headword:
            yield Problem(place, "empty-headword", "the record has no headword")
        elif offset + size > len(bodies):
            yield Problem(place, "beyond-end", "the index points beyond the end of the bodies")
        else:
            yield from _record(headword, place, bodies[offset : offset + size], types, variants.get(number, ()))


def _record(
    headword: str, place: str, data: bytes, types: str, variants: tuple[str, ...] | list[str]
) -> Iterator[Record]:
    lines: list[str] = []
    for kind, raw in _fields(data, types):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "replace").replace("\ufffd", "")
            yield Problem(place, "invalid-utf8", "bytes that are not UTF-8 were dropped", skipped=False)
        if kind in b"ty":
            lines.append(f"/{text}/")
        else:
            lines += text_lines(text) if kind in _HTML_TYPES or "<br" in text else text.split("\n")
    about = about_records(headword, "\n".join(lines))
    if about is not None:
        yield from about
        return
    entry = parse_body(headword, lines)
    if is_empty(entry):
        yield lone_headword(place)
    if variants:
        entry = msgspec.structs.replace(entry, variants=tuple(v for v in variants if v and v != headword))
    yield entry


def _fields(data: bytes, types: str) -> Iterator[tuple[int, bytes]]:
    """The (type, bytes) of the text fields of one body; binary ones are passed over."""
    place = 0
    sequence = types.encode("ascii", "replace")
    count = 0
    while place < len(data):
        if sequence:
            if count >= len(sequence):
                return
            kind, last = sequence[count], count == len(sequence) - 1
        else:
            kind, last = data[place], False
            place += 1
        count += 1
        if kind in _TEXT_TYPES:
            end = len(data) if last else data.find(b"\0", place)
            end = len(data) if end < 0 else end
            yield kind, data[place:end].rstrip(b"\0")
            place = end + 1
        elif kind in _BINARY_TYPES and not last:
            (size,) = struct.unpack_from(">I", data, place) if place + 4 <= len(data) else (len(data),)
            place += 4 + size
        else:
            return
