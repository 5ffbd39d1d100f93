"""DICT (RFC 2229) databases as dictd keeps them: an .index of words and places, a .dict(.dz) of bodies."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from dictsvc.errors import SourceError
from dictsvc.model import Problem
from dictsvc.sources.body_file import BodyFile
from dictsvc.sources.files import invalid_utf8, read_lines, utf8
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.html import is_html, text_lines
from dictsvc.sources.source import Languages, Record, Source

_ENDINGS = (".index", ".dict.dz", ".dict")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LINE = re.compile(r"^[^\t]+\t[A-Za-z0-9+/]{1,10}\t[A-Za-z0-9+/]{1,6}(?:\t[^\t]*)?$")


def dictd_base(path: Path) -> Path | None:
    """The path without its ending, where it is one of dictd's and the .index stands beside; else None."""
    for ending in _ENDINGS:
        if path.name.endswith(ending):
            base = path.with_name(path.name.removesuffix(ending))
            return base if base.with_name(base.name + ".index").exists() else None
    return None


def is_dictd(path: Path, head: str) -> bool:
    """Whether a file belongs to a DICT database."""
    if path.name.endswith(".index"):
        return bool(_LINE.match(head.partition("\n")[0]))
    return dictd_base(path) is not None


def read_dictd(path: Path, languages: Languages) -> Source:
    """A DICT database, by either of its files. Raises `SourceError` where the other is missing."""
    base = dictd_base(path)
    if base is None:
        raise SourceError(f"{path.name} needs its .index beside it.")
    for ending in (".dict.dz", ".dict"):
        bodies = base.with_name(base.name + ending)
        if bodies.exists():
            index = base.with_name(base.name + ".index")
            return Source(records=_records(index, BodyFile(bodies), languages))
    raise SourceError(f"{base.name}.dict.dz is missing beside {base.name}.index.")


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
            place = f"line {line.number}"
            if line.problem:
                yield line.problem
            if not line.text:
                continue
            if not _LINE.match(line.text):
                yield Problem(place, "bad-index", f"not word, place, length: {line.text[:40]!r}")
                continue
            word, start, length, *_ = line.text.split("\t")
            offset, count = _number(start), _number(length)
            body = bodies.body(f"{place} ({word})", offset, count)
            if isinstance(body, Problem):
                yield body
            else:
                yield from _entry(word, place, body, languages)


def _entry(word: str, place: str, data: bytes, languages: Languages) -> Iterator[Record]:
    text, mended = utf8(data)
    if mended:
        yield invalid_utf8(f"{place} ({word})")
    lines = text_lines(text) if is_html(text) else text.split("\n")
    lines = [line for line in lines if line.strip() != word]
    yield from records_of(word, lines, place, languages)
