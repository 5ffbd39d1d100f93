"""Aard 2's slob: headwords that point into compressed bins of bodies.

    magic, uuid, encoding, compression, tags, content types, count of blobs, where the store begins, size
    refs:   count, offset of each, then key, number of its bin, number in the bin, fragment
    store:  count, offset of each, then bins: count, a content type for each item, length, compressed items

Lengths and numbers are big-endian; short texts have a length of one byte, others of two.
"""

import bz2
import lzma
import struct
import zlib
from array import array
from collections.abc import Iterator
from itertools import groupby
from typing import BinaryIO

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.model import Problem
from dictsvc.sources.files import invalid_utf8, open_file, utf8
from dictsvc.sources.languages import languages_in
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_MAGIC = b"!-1SLOB\x1f"
_UUID_BYTES = 16
_MOST_BIN = 32_000_000
"""Bytes a bin may unpack to: writers aim at 0.4 MB."""
_NOWHERE = 2**64 - 1
_TEXT_TYPES = ("text/html", "text/plain")


class _Layout(Struct, frozen=True):
    file: BinaryIO
    encoding: str
    compression: str
    tags: dict[str, str]
    content_types: list[str]
    refs: int
    """Where the list of references begins."""
    store: int
    """Where the list of bins begins."""


def _read_slob(source: DictionaryFile, languages: Languages) -> Source:
    """A slob. Raises `SourceError` where it is damaged or unpacks in a way that is not known."""
    file = open_file(source.path)
    try:
        layout = _layout(file)
        count = _numbers(file, layout.refs, ">I")[0]
        _numbers(file, layout.refs + 4 + 8 * count, ">H")  # so many references there must be
    except (struct.error, UnicodeDecodeError, LookupError) as error:
        file.close()
        raise SourceError(f"{source.name} is a damaged slob.") from error
    if layout.compression not in ("", "zlib", "bz2", "lzma2"):
        file.close()
        raise SourceError(f"{source.name} is compressed by {layout.compression!r}, which dictsvc does not know.")
    resolved = languages.or_else(languages_in(layout.tags.get("label", "") or source.name))
    return Source(
        records=_records(layout, count, resolved),
        title=layout.tags.get("label", ""),
        source_language=resolved.source,
        target_language=resolved.target,
        licence=layout.tags.get("license.name", ""),
        origin=layout.tags.get("uri", "") or layout.tags.get("source", ""),
        expected=count,
    )


def _layout(file: BinaryIO) -> _Layout:
    file.seek(len(_MAGIC) + _UUID_BYTES)
    encoding = _short_text(file, "utf-8")
    compression = _short_text(file, encoding)
    tags = {}
    for _ in range(_read(file, ">B")[0]):
        name = _short_text(file, encoding)
        tags[name] = _short_text(file, encoding).rstrip("\0")
    types = [_exactly(file, _read(file, ">H")[0]).decode(encoding) for _ in range(_read(file, ">B")[0])]
    _, store, _ = _read(file, ">IQQ")
    return _Layout(file, encoding, compression, tags, types, file.tell(), store)


def _read(file: BinaryIO, form: str) -> tuple[int, ...]:
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _numbers(file: BinaryIO, position: int, form: str) -> tuple[int, ...]:
    file.seek(position)
    return _read(file, form)


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise struct.error("the file ends too early")
    return data


def _short_text(file: BinaryIO, encoding: str) -> str:
    return _exactly(file, _read(file, ">B")[0]).decode(encoding)


_DAMAGE = (struct.error, UnicodeDecodeError, OSError, zlib.error, lzma.LZMAError, IndexError, ValueError)


def _records(layout: _Layout, count: int, languages: Languages) -> Iterator[Record]:
    """One record for each body: of the keys that lead there that with which it begins, else the first, is its headword.

    The others are variants.
    """
    with layout.file:
        pointers = array("Q")
        for number in range(count):
            try:
                pointers.append(_ref(layout, number, count).pointer)
            except _DAMAGE:
                pointers.append(_NOWHERE)
                yield Problem(f"record {number}", "damaged-record", "the reference cannot be read")
        present = -1, _Bin(b"", b"")
        for pointer, numbers in groupby(sorted(range(count), key=pointers.__getitem__), key=pointers.__getitem__):
            if pointer == _NOWHERE:
                continue
            refs = [_ref(layout, number, count) for number in numbers]
            try:
                if present[0] != refs[0].bin:
                    present = refs[0].bin, _bin(layout, refs[0].bin)
                kind, body = present[1].item(refs[0].item)
            except _DAMAGE:
                yield Problem(f"key {refs[0].key!r}", "damaged-record", "its body cannot be read")
                continue
            if kind >= len(layout.content_types) or _is_text(layout.content_types[kind]):
                yield from _entry([ref.key for ref in refs if not ref.fragment], body, languages)


def _entry(keys: list[str], body: bytes, languages: Languages) -> Iterator[Record]:
    if not keys:
        return
    location = f"key {keys[0]!r}"
    text, mended = utf8(body)
    if mended:
        yield invalid_utf8(location)
    lines = text_lines(text)
    headword = lines[0] if lines and lines[0] in keys else keys[0]
    others = [key for key in keys if key != headword]
    yield from records_of(headword, [line for line in lines if line not in keys], location, languages, others)


def _is_text(content_type: str) -> bool:
    return content_type.startswith(_TEXT_TYPES)


class _Ref(Struct, frozen=True):
    key: str
    bin: int
    item: int
    fragment: str
    """A position inside the body; empty for its beginning."""

    @property
    def pointer(self) -> int:
        return self.bin << 16 | self.item


def _ref(layout: _Layout, number: int, count: int) -> _Ref:
    file = layout.file
    (position,) = _numbers(file, layout.refs + 4 + 8 * number, ">Q")
    (size,) = _numbers(file, layout.refs + 4 + 8 * count + position, ">H")
    key = _exactly(file, size).decode(layout.encoding)
    bin_number, item = _read(file, ">IH")
    return _Ref(key, bin_number, item, _short_text(file, layout.encoding))


class _Bin(Struct, frozen=True):
    types: bytes
    """The content type of each item, as a number."""
    data: bytes

    def item(self, number: int) -> tuple[int, bytes]:
        kind = self.types[number]
        (position,) = struct.unpack_from(">I", self.data, 4 * number)
        start = 4 * len(self.types) + position
        (size,) = struct.unpack_from(">I", self.data, start)
        return kind, self.data[start + 4 : start + 4 + size]


def _bin(layout: _Layout, number: int) -> _Bin:
    file = layout.file
    (count,) = _numbers(file, layout.store, ">I")
    if number >= count:
        raise IndexError(number)
    (position,) = _numbers(file, layout.store + 4 + 8 * number, ">Q")
    (items,) = _numbers(file, layout.store + 4 + 8 * count + position, ">I")
    if items > 1 << 16:
        raise ValueError(items)
    types = _exactly(file, items)
    packed = _exactly(file, min(_read(file, ">I")[0], _MOST_BIN))
    return _Bin(types, _unpacked(packed, layout.compression))


def _unpacked(data: bytes, compression: str) -> bytes:
    """Raises `ValueError` where more than `_MOST_BIN` bytes come out."""
    if not compression:
        return data
    if compression == "zlib":
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(data, _MOST_BIN)
        done = not unpacker.unconsumed_tail
    else:
        other: bz2.BZ2Decompressor | lzma.LZMADecompressor = bz2.BZ2Decompressor()
        if compression == "lzma2":
            other = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}])
        content = other.decompress(data, _MOST_BIN)
        done = len(content) < _MOST_BIN
    if not done:
        raise ValueError("the bin unpacks too far")
    return content


FORMAT = Format(
    name="slob",
    description="Aard 2's slob",
    endings=(".slob",),
    certainty=Certainty.SIGNATURE,
    recognises=lambda file: file.head.startswith(_MAGIC),
    read=_read_slob,
)
