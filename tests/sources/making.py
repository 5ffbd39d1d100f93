"""Writes small dictionaries in the formats whose files are binary, and reads any file whole."""

from __future__ import annotations

import gzip
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from dictsvc.model import Entry, Problem
from dictsvc.sources.formats import open_source
from dictsvc.sources.source import UNKNOWN, About, Languages, Source


class Read:
    """Everything that a file gave."""

    def __init__(self, source: Source) -> None:
        records = list(source.records)
        self.source = source
        self.entries = [record for record in records if isinstance(record, Entry)]
        self.problems = [record for record in records if isinstance(record, Problem)]
        self.about = {record.field: record.text for record in records if isinstance(record, About)}

    @property
    def entry(self) -> Entry:
        """The only entry."""
        assert len(self.entries) == 1, self.entries
        return self.entries[0]

    def __getitem__(self, headword: str) -> Entry:
        found = [entry for entry in self.entries if entry.headword == headword]
        assert len(found) == 1, (headword, [entry.headword for entry in self.entries])
        return found[0]

    @property
    def codes(self) -> list[str]:
        """The codes of the problems, in their order."""
        return [problem.code for problem in self.problems]


def read(path: Path, source: str = "", target: str = "", *, format_name: str | None = None) -> Read:
    """Read a file as its content shows, or as the format named."""
    languages = Languages(source, target) if source or target else UNKNOWN
    return Read(open_source(path, format_name, languages))


def stardict(
    folder: Path,
    records: Iterable[tuple[str | bytes, str | bytes]],
    *,
    types: str = "m",
    name: str = "book",
    synonyms: Sequence[tuple[str, int]] = (),
    packed: bool = False,
    **information: str,
) -> Path:
    """Write a StarDict dictionary; returns the path of its .ifo. Without `types`, bodies bring their own."""
    index, bodies, count = b"", b"", 0
    for word, body in records:
        data = body.encode() if isinstance(body, str) else body
        head = word.encode() if isinstance(word, str) else word
        index += head + b"\0" + struct.pack(">II", len(bodies), len(data))
        bodies += data
        count += 1
    values = {"version": "2.4.2", "wordcount": str(count), "idxfilesize": str(len(index)), "bookname": "Sách (en-vi)"}
    values |= {"sametypesequence": types} if types else {}
    lines = ["StarDict's dict ifo file", *(f"{key}={value}" for key, value in (values | information).items())]
    (folder / f"{name}.ifo").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / f"{name}.idx").write_bytes(index)
    (folder / f"{name}.dict{'.dz' if packed else ''}").write_bytes(gzip.compress(bodies) if packed else bodies)
    if synonyms:
        data = b"".join(word.encode() + b"\0" + struct.pack(">I", number) for word, number in synonyms)
        (folder / f"{name}.syn").write_bytes(data)
    return folder / f"{name}.ifo"


_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def dictd(folder: Path, records: Iterable[tuple[str, bytes]], name: str = "book") -> Path:
    """Write a DICT database; returns the path of its .index."""
    index, bodies = [], b""
    for word, body in records:
        index.append(f"{word}\t{_base64(len(bodies))}\t{_base64(len(body))}\n")
        bodies += body
    (folder / f"{name}.index").write_text("".join(index), encoding="utf-8")
    (folder / f"{name}.dict.dz").write_bytes(gzip.compress(bodies))
    return folder / f"{name}.index"


def _base64(number: int) -> str:
    digits = _DIGITS[number % 64]
    while number := number // 64:
        digits = _DIGITS[number % 64] + digits
    return digits


def avdict(path: Path, tables: dict[str, list[tuple[str, str, str]]]) -> Path:
    """Write an AVDict database: by table (word, html, pronounce)."""
    connection = sqlite3.connect(path)
    for table, rows in tables.items():
        connection.execute(f"CREATE TABLE {table}(id INTEGER PRIMARY KEY, word, html, description, pronounce)")
        connection.executemany(f"INSERT INTO {table}(word, html, pronounce) VALUES (?, ?, ?)", rows)  # noqa: S608
    connection.commit()
    connection.close()
    return path


def slob(path: Path, blobs: Sequence[tuple[Sequence[str], bytes]], *, types: Sequence[int] = ()) -> Path:
    """Write a slob of one bin: by blob its keys and its body; `types` are 0 for HTML, 1 for a style sheet."""
    items = [struct.pack(">I", len(body)) + body for _, body in blobs]
    places = [0, *accumulate(map(len, items))][:-1]
    content = zlib.compress(b"".join(struct.pack(">I", place) for place in places) + b"".join(items))
    store = struct.pack(">I", len(items)) + bytes(types or [0] * len(items)) + struct.pack(">I", len(content)) + content
    keys = sorted((key, number) for number, (names, _) in enumerate(blobs) for key in names)
    refs = [struct.pack(">H", len(k.encode())) + k.encode() + struct.pack(">IH", 0, n) + b"\0" for k, n in keys]
    head = b"!-1SLOB\x1f" + bytes(16) + _tiny("utf-8") + _tiny("zlib")
    head += b"\x02" + _tiny("label") + _tiny("Anh-Việt") + _tiny("license.name") + _tiny("CC0-1.0")
    head += b"\x02" + b"".join(struct.pack(">H", len(t)) + t for t in (b"text/html; charset=utf-8", b"text/css"))
    start = len(head) + 20 + 4 + 8 * len(refs) + sum(map(len, refs))
    data = head + struct.pack(">IQQ", len(blobs), start, 0) + _listed(refs) + struct.pack(">IQ", 1, 0) + store
    path.write_bytes(data)
    return path


def _tiny(text: str) -> bytes:
    return bytes([len(text.encode())]) + text.encode()


def _listed(items: Sequence[bytes]) -> bytes:
    places = [0, *accumulate(map(len, items))][:-1]
    return struct.pack(">I", len(items)) + b"".join(struct.pack(">Q", place) for place in places) + b"".join(items)


def mdict(path: Path, records: Sequence[tuple[str, str]]) -> Path:
    """Write an MDict dictionary, version 2.0, unencrypted, of one block of keys and one of bodies."""
    header = (
        '<Dictionary GeneratedByEngineVersion="2.0" RequiredEngineVersion="2.0" Encrypted="No" Encoding="UTF-8" '
        'Format="Html" Title="Anh-Việt" Description="" />\r\n\0'
    ).encode("utf-16-le")
    bodies = [body.encode() + b"\0" for _, body in records]
    places = [sum(map(len, bodies[:number])) for number in range(len(bodies))]
    words = b"".join(struct.pack(">Q", p) + w.encode() + b"\0" for (w, _), p in zip(records, places, strict=True))
    key_block = _mdict_block(words)
    first, last = records[0][0].encode(), records[-1][0].encode()
    info = struct.pack(">Q", len(records))
    info += struct.pack(">H", len(first)) + first + b"\0" + struct.pack(">H", len(last)) + last + b"\0"
    info = _mdict_block(info + struct.pack(">QQ", len(key_block), len(words)))
    sizes = struct.pack(">QQQQQ", 1, len(records), len(zlib.decompress(info[8:])), len(info), len(key_block))
    text = b"".join(bodies)
    body_block = _mdict_block(text)
    data = struct.pack(">I", len(header)) + header + struct.pack("<I", zlib.adler32(header))
    data += sizes + struct.pack(">I", zlib.adler32(sizes)) + info + key_block
    data += struct.pack(">QQQQ", 1, len(records), 16, len(body_block)) + struct.pack(">QQ", len(body_block), len(text))
    path.write_bytes(data + body_block)
    return path


def _mdict_block(data: bytes) -> bytes:
    return b"\x02\0\0\0" + struct.pack(">I", zlib.adler32(data)) + zlib.compress(data)
