"""StarDict: .ifo, .idx(.gz), .dict(.dz), .syn; text (m), HTML (h) and Pango (g) bodies."""

import contextlib
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.language.keys import canonical, folded
from dictsvc.language.text import cleaned
from dictsvc.model import Problem
from dictsvc.sources.body_file import BodyFile
from dictsvc.sources.files import invalid_utf8, part_beside, read_bytes, utf8, with_ending
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.html import is_html, text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_TEXT_TYPES = frozenset(b"mltgyhx")
_BINARY_TYPES = frozenset(b"WP")
_HTML_TYPES = frozenset(b"hgx")
_MOST_VARIANTS = 1000
"""Spellings of one record that are kept: Finnish has words with hundreds of forms."""
_LEAST_POINTER = 9
"""Bytes of a record in the index: an empty word and its pointer."""
_LANGUAGES = re.compile(r"\(([a-z]{2})-([a-z]{2})\)")
_MAGIC = "StarDict's dict ifo file"
_INFORMATION = ".ifo"
_ENDINGS = (_INFORMATION, ".idx", ".idx.gz", ".dict", ".dict.dz", ".syn")


def _recognises(file: DictionaryFile) -> bool:
    return file.text.startswith(_MAGIC) or file.base(_ENDINGS, _INFORMATION) is not None


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """A StarDict dictionary, by any of its files.

    Raises `SourceError` where a part is missing or the .ifo is not an .ifo file.
    """
    base = file.base(_ENDINGS, _INFORMATION)
    if base is None:
        raise SourceError(f"{file.name.partition('.')[0]}.ifo is missing: a StarDict dictionary needs it.")
    main = with_ending(base, _INFORMATION)
    ifo = _information(main)
    source, _, target = ifo.get("lang", "").partition("-")
    in_title = _LANGUAGES.search(ifo.get("bookname", ""))
    resolved = languages.or_else(Languages(source, target))
    if in_title:
        resolved = resolved.or_else(Languages(in_title[1], in_title[2]))
    synonyms = with_ending(base, ".syn")
    index = read_bytes(part_beside(main, base, (".idx", ".idx.gz")))
    book = _Book(
        index=index,
        bodies=BodyFile(part_beside(main, base, (".dict.dz", ".dict"))),
        types=ifo.get("sametypesequence", "").encode("ascii", "replace"),
        pointer=struct.Struct(">QI" if ifo.get("idxoffsetbits") == "64" else ">II"),
        variants=_variants(read_bytes(synonyms), len(index) // _LEAST_POINTER) if synonyms.exists() else {},
        languages=resolved,
    )
    count = ifo.get("wordcount", "")
    return Source(
        records=_records(book, int(count) if count.isdecimal() else None),
        title=cleaned(ifo.get("bookname", "")),
        source_language=resolved.source,
        target_language=resolved.target,
        origin=ifo.get("website", "") or ifo.get("author", ""),
        description=" ".join(text_lines(cleaned(ifo.get("description", "")))),
        version=ifo.get("date", ""),
        expected=int(count) if count.isdecimal() else None,
    )


class _Book(Struct, frozen=True):
    index: bytes
    bodies: BodyFile
    types: bytes
    """The type of each field of a body, where all have the same."""
    pointer: struct.Struct
    variants: dict[int, list[str]]
    languages: Languages


def _information(path: Path) -> dict[str, str]:
    text = read_bytes(path).decode("utf-8-sig", "replace")
    if not text.startswith(_MAGIC):
        raise SourceError(f"{path.name} is no StarDict .ifo file: its first line is not {_MAGIC!r}.")
    pairs = (line.partition("=") for line in text.splitlines()[1:])
    return {key.strip(): value.strip() for key, equals, value in pairs if equals}


def _index(book: _Book) -> Iterator[tuple[bytes, int, int]]:
    data, pointer, position = book.index, book.pointer, 0
    while (end := data.find(b"\0", position)) >= 0 and end + 1 + pointer.size <= len(data):
        yield data[position:end], *pointer.unpack_from(data, end + 1)
        position = end + 1 + pointer.size


def _variants(data: bytes, records: int) -> dict[int, list[str]]:
    """The other spellings of each record, of which there are at most so many."""
    found: dict[int, list[str]] = {}
    position = 0
    while (end := data.find(b"\0", position)) >= 0 and end + 5 <= len(data):
        (number,) = struct.unpack_from(">I", data, end + 1)
        if number < records and len(several := found.setdefault(number, [])) < _MOST_VARIANTS:
            several.append(cleaned(data[position:end].decode("utf-8", "replace")))
        position = end + 5
    return found


def _records(book: _Book, promised: int | None) -> Iterator[Record]:
    with contextlib.closing(book.bodies) as bodies:
        number = -1
        for number, (word, offset, length) in enumerate(_index(book)):
            headword, mended = utf8(word)
            location = f"record {number}"
            if mended:
                yield invalid_utf8(location)
            body = bodies.body(location, offset, length)
            if isinstance(body, Problem):
                yield body
            else:
                yield from _record(headword, location, body, number, book)
        if promised is not None and promised != number + 1:
            detail = f"the .ifo promises {promised} entries, the index has {number + 1}"
            yield Problem("wordcount", "wrong-count", detail, skipped=False)


_WORD_INSIDE = re.compile(r"(?is)<h3>([^<>]*)</h3>")


def _record(headword: str, location: str, data: bytes, number: int, book: _Book) -> Iterator[Record]:
    lines: list[str] = []
    inside: list[tuple[str, list[str]]] = []
    for kind, raw in _fields(data, book.types):
        text, mended = utf8(raw)
        if mended:
            yield invalid_utf8(location)
        if kind in b"ty":
            lines.append(f"/{text}/")
        elif kind in _HTML_TYPES or is_html(text):
            own, *words = _split_at_words_inside(headword, text)
            lines += text_lines(own[1])
            inside += [(word, text_lines(body)) for word, body in words]
        else:
            lines += text.split("\n")
    yield from records_of(headword, lines, location, book.languages, book.variants.get(number, ()))
    for word, body in inside:
        yield from records_of(word, body, location, book.languages)


def _split_at_words_inside(headword: str, body: str) -> list[tuple[str, str]]:
    """(word, its part of the body): the headword's own first, then words of the same letters under `<h3>`."""
    if "<h3" not in body.casefold():
        return [(headword, body)]
    pieces = _WORD_INSIDE.split(body)
    parts = [(headword, pieces[0])]
    letters = folded(canonical(headword))
    for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
        word = cleaned(heading).removeprefix("@")
        if folded(canonical(word)) == letters:
            parts.append((word, text))
        else:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}<h3>{word}</h3>{text}")
    return parts


def _fields(data: bytes, types: bytes) -> Iterator[tuple[int, bytes]]:
    """The (type, bytes) of the text fields of one body; binary ones are passed over."""
    position = 0
    count = 0
    while position < len(data):
        if types:
            if count >= len(types):
                return
            kind, last = types[count], count == len(types) - 1
        else:
            kind, last = data[position], False
            position += 1
        count += 1
        if kind in _TEXT_TYPES:
            end = len(data) if last else data.find(b"\0", position)
            end = len(data) if end < 0 else end
            yield kind, data[position:end].rstrip(b"\0")
            position = end + 1
        elif kind in _BINARY_TYPES and not last:
            (size,) = struct.unpack_from(">I", data, position) if position + 4 <= len(data) else (len(data),)
            position += 4 + size
        else:
            return


FORMAT = Format(
    name="stardict",
    description="StarDict",
    endings=_ENDINGS,
    certainty=Certainty.SIGNATURE,
    recognises=_recognises,
    read=_read,
)
