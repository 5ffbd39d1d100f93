"""Reading files within bounds: sizes, encodings, compression."""

from __future__ import annotations

import codecs
import gzip
import zlib
from io import BufferedReader
from pathlib import Path

from dictsvc.errors import SourceError

MOST_BYTES = 400_000_000
"""A file that unpacks to more is refused: the largest free dictionaries have a quarter of it."""
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path, *, gzipped: bool | None = None) -> bytes:
    """The bytes of a file, unpacked where it is gzip (dictzip is).

    `gzipped=None` looks at the first two bytes. Raises `SourceError` where it cannot be read, is damaged or
    holds more than `MOST_BYTES`.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b" if gzipped is None else gzipped
        with gzip.open(path) if packed else path.open("rb") as stream:
            return _bounded(stream, path)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{path.name} is damaged: it does not unpack.") from error
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror or 'damaged'}.") from error


def _bounded(stream: gzip.GzipFile | BufferedReader, path: Path) -> bytes:
    pieces, size = [], 0
    while piece := stream.read(_CHUNK):
        size += len(piece)
        if size > MOST_BYTES:
            raise SourceError(f"{path.name} holds more than {MOST_BYTES // 10**6} MB; that is no dictionary.")
        pieces.append(piece)
    return b"".join(pieces)


def read_text(path: Path) -> str:
    r"""The text of a UTF-8 or UTF-16 file, with `\n` line ends; bytes that are not UTF-8 become U+FFFD."""
    data = read_bytes(path)
    return decoded(data).replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes) -> str:
    """Bytes as text: by their byte order mark, else UTF-16 where every other byte is zero, else UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    head = data[:200]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 4:  # noqa: PLR2004
        return data.decode("utf-16-le", "replace")
    if len(head) > 3 and head[0::2].count(0) > len(head) // 4:  # noqa: PLR2004
        return data.decode("utf-16-be", "replace")
    return data.decode("utf-8", "replace")
