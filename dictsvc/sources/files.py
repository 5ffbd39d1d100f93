"""Reading files within bounds: sizes, line lengths, encodings, compression."""

import codecs
import contextlib
import gzip
import io
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.model import Problem

MOST_BYTES = 64_000_000
"""A file that is read whole may hold this much: the index of the largest free dictionaries has half of it."""
MOST_STREAMED_BYTES = 4_000_000_000
"""A file that is read piece by piece: Wiktionary's extract of one language has 3 GB."""
MOST_LINE = 4_000_000
"""Characters in a line: the longest of Wiktionary's extract has 2.5 million."""
MOST_LINES = 15_000_000
"""Lines in a file: Wiktionary's extract of all languages has 10 million."""
MOST_RATIO = 100
"""How far a file may unpack: dictionaries reach 30, a bomb 1,000."""
_UNSUSPICIOUS_BYTES = 32_000_000
"""What may come out of any packed file, however small."""
_CHUNK = 1 << 20
_SURROGATES = re.compile("[\ud800-\udfff]+")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD_BYTES = 8192


class Line(Struct, frozen=True):
    """A line of a text file, without its end."""

    number: int
    """From 1."""
    text: str
    problem: Problem | None = None
    """What was wrong with it; where `problem.skipped`, there is no text."""


class _Unpacking(io.RawIOBase):
    """The bytes of a file, unpacked where it is gzip, within bounds and with one error for all that can fail."""

    def __init__(self, path: Path, most: int) -> None:
        self._path = path
        self._given = 0
        self._file = open_file(path)
        with _readable(path):
            packed = self._file.read(2) == b"\x1f\x8b"
            self._file.seek(0)
            size = path.stat().st_size
        self._most = min(most, max(size * MOST_RATIO, _UNSUSPICIOUS_BYTES)) if packed else most
        self._stream: BinaryIO = gzip.GzipFile(fileobj=self._file) if packed else self._file  # type: ignore[assignment]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _readable(self._path):
            data = self._stream.read(len(buffer))
        self._given += len(data)
        if self._given > self._most:
            raise SourceError(f"{self._path.name} holds more than {self._most // 10**6} MB; that is no dictionary.")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._file.close()
        super().close()


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{path.name} is damaged: it does not unpack.") from error
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror or 'damaged'}.") from error


def open_file(path: Path) -> BinaryIO:
    """A file opened for reading.

    Raises `SourceError` where it cannot be, or is not a regular file: pipes and devices never end.
    """
    with _readable(path):
        if path.is_file():
            return path.open("rb")
    raise SourceError(f"{path} is no file.")


def _opened(path: Path, most: int) -> io.BufferedReader:
    return io.BufferedReader(_Unpacking(path, most), _CHUNK)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, unpacked where it is gzip (dictzip is).

    Raises `SourceError` where it cannot be read, is damaged or holds more than `most`.
    """
    with _opened(path, most) as stream:
        return stream.read()


def read_head(path: Path) -> bytes:
    """The first 8 KB of a file, unpacked where it is gzip. Raises `SourceError` where it cannot be read."""
    with _opened(path, MOST_STREAMED_BYTES) as stream:
        return stream.read(_HEAD_BYTES)


def unpacked(path: Path) -> BinaryIO:
    """A file to read from anywhere: itself, or where it is packed an unpacked copy that goes when it is closed.

    So bodies of any size cost no memory. Raises `SourceError` as `read_bytes` does.
    """
    file = open_file(path)
    with _readable(path):
        packed = file.read(2) == b"\x1f\x8b"
    if not packed:
        return file
    file.close()
    copy = tempfile.TemporaryFile()  # noqa: SIM115  (handed to the caller)
    try:
        with _opened(path, MOST_STREAMED_BYTES) as stream:
            shutil.copyfileobj(stream, copy, _CHUNK)
    except SourceError:
        copy.close()
        raise
    except OSError as error:
        copy.close()
        raise SourceError(f"There is no room to unpack {path.name} in {tempfile.gettempdir()}.") from error
    copy.seek(0)
    return copy


def with_ending(base: Path, ending: str) -> Path:
    """The path of a file of a dictionary that has several, by the path without an ending."""
    return base.with_name(base.name + ending)


def part_beside(index: Path, base: Path, endings: Iterable[str]) -> Path:
    """The part of a dictionary that lies beside its index with the first of some endings. Raises `SourceError`."""
    parts = [with_ending(base, ending) for ending in endings]
    for part in parts:
        if part.exists():
            return part
    raise SourceError(f"{parts[0].name} is missing beside {index.name}.")


def open_text(path: Path, encoding: str, errors: str) -> io.TextIOWrapper:
    r"""A file as a stream of text, unpacked where it is gzip, any line end read as `\n`; raises as `read_bytes`."""
    return io.TextIOWrapper(_opened(path, MOST_STREAMED_BYTES), encoding, errors, newline=None)


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a text file (UTF-8 or UTF-16, packed or not), one at a time.

    Bytes that are not UTF-8 are dropped and a line beyond `MOST_LINE` is passed over: the line's `problem`
    says so. Raises `SourceError` where the file cannot be read or is in another encoding.
    """
    encoding = encoding_of(read_head(path))
    _refuse_other_encodings(path, encoding)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with open_text(path, encoding, errors) as stream:
        number = 0
        while text := stream.readline(MOST_LINE):
            number += 1
            if number > MOST_LINES:
                raise SourceError(
                    f"{path.name} holds more than {MOST_LINES // 10**6} million lines; that is no dictionary."
                )
            if len(text) == MOST_LINE and not text.endswith("\n"):
                while (rest := stream.readline(MOST_LINE)) and not rest.endswith("\n"):
                    pass
                problem = Problem(
                    f"line {number}", "too-long", f"a line of over {MOST_LINE // 10**6} million characters"
                )
                yield Line(number, "", problem)
            else:
                yield _line(number, text.rstrip("\n"))


def _line(number: int, text: str) -> Line:
    if text.isascii() or not _SURROGATES.search(text):
        return Line(number, text)
    return Line(number, _SURROGATES.sub("", text), invalid_utf8(f"line {number}"))


def invalid_utf8(location: str) -> Problem:
    """The report of a record that lost bytes which were no UTF-8."""
    return Problem(location, "invalid-utf8", "bytes that are not UTF-8 were dropped", skipped=False)


def utf8(data: bytes) -> tuple[str, bool]:
    """The text of UTF-8 bytes, and whether some had to be dropped because they are none."""
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("utf-8", "ignore"), True


def encoding_of(head: bytes) -> str:
    """The encoding that a file's first bytes show: by their mark, by zeros at every other byte, else UTF-8."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    some = head[:400]
    if some[1::2].count(0) > len(some) // 4:
        return "utf-16-le"
    if some[0::2].count(0) > len(some) // 4:
        return "utf-16-be"
    return "utf-8"


def decoded(head: bytes) -> str:
    """The first bytes of a file as text, in the encoding they show."""
    return head.decode(encoding_of(head), "replace")


_MOST_FOREIGN = 0.3
_FEWEST_FOREIGN = 8


def _refuse_other_encodings(path: Path, encoding: str) -> None:
    """A stray byte is mended, but a file where much of what is not ASCII is not UTF-8 either is in another encoding."""
    if encoding != "utf-8":
        return
    head = read_head(path)
    text = head.decode("utf-8", "surrogateescape")[:-4]  # the head may end within a letter
    foreign = sum("\udc80" <= character <= "\udcff" for character in text)
    others = sum(character > "\x7f" for character in text) - foreign
    if foreign >= _FEWEST_FOREIGN and foreign > _MOST_FOREIGN * others:
        raise SourceError(
            f"{path.name} is neither UTF-8 nor UTF-16; convert it first, for instance with "
            f"`iconv -f WINDOWS-1258 -t UTF-8`."
        )
