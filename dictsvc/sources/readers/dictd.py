"""DICT (RFC 2229) databases as dictd keeps them: an .index of words and places, a .dict(.dz) of bodies."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from dictsvc.errors import SourceError
from dictsvc.model import Problem
from dictsvc.sources.body_file import BodyFile
from dictsvc.sources.files import invalid_utf8, part_beside, read_lines, utf8, with_ending
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.html import is_html, text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_INDEX = ".index"
_BODIES = (".dict.dz", ".dict")
_ENDINGS = (_INDEX, *_BODIES)
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LINE = re.compile(r"^[^\t]+\t[A-Za-z0-9+/]{1,10}\t[A-Za-z0-9+/]{1,6}(?:\t[^\t]*)?$")


def _recognises(file: DictionaryFile) -> bool:
    if file.name.endswith(_INDEX):
        return bool(_LINE.match(file.text.partition("\n")[0]))
    return file.base(_ENDINGS, _INDEX) is not None


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """A DICT database, by either of its files. Raises `SourceError` where the other is missing."""
    base = file.base(_ENDINGS, _INDEX)
    if base is None:
        raise SourceError(f"{file.name} needs its .index beside it.")
    index = with_ending(base, _INDEX)
    return Source(records=_records(index, BodyFile(part_beside(index, base, _BODIES)), languages))


def _number(digits: str) -> int:
    """What dictd's base 64 writes: most significant digit first.

    >>> _number("Oz")
    947
    """
    value = 0
    for digit in digits:
        value = value * 64 + _DIGITS.index(digit)
    return value


def _records(index: Path, bodies: BodyFile, languages: Languages) -> Iterator[Record]:
    with contextlib.closing(bodies):
        for line in read_lines(index):
            location = f"line {line.number}"
            if line.problem:
                yield line.problem
            if not line.text:
                continue
            if not _LINE.match(line.text):
                yield Problem(location, "bad-index", f"not word, location, length: {line.text[:40]!r}")
                continue
            word, start, length, *_ = line.text.split("\t")
            offset, count = _number(start), _number(length)
            body = bodies.body(f"{location} ({word})", offset, count)
            if isinstance(body, Problem):
                yield body
            else:
                yield from _entry(word, location, body, languages)


def _entry(word: str, location: str, data: bytes, languages: Languages) -> Iterator[Record]:
    text, mended = utf8(data)
    if mended:
        yield invalid_utf8(f"{location} ({word})")
    lines = text_lines(text) if is_html(text) else text.split("\n")
    lines = [line for line in lines if line.strip() != word]
    yield from records_of(word, lines, location, languages)


FORMAT = Format(
    name="dictd",
    description="DICT databases of dictd",
    endings=_ENDINGS,
    certainty=Certainty.STRUCTURE,
    recognises=_recognises,
    read=_read,
)
