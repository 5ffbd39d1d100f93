"""Text files of the Free Vietnamese Dictionary Project, in its own markup."""

from collections.abc import Iterator
from pathlib import Path

from dictsvc.language.text import cleaned
from dictsvc.model import Problem
from dictsvc.sources.files import read_lines
from dictsvc.sources.markup.bodies import entry_records
from dictsvc.sources.markup.fvdp import HEADWORD_LINE, parse_body
from dictsvc.sources.markup.headwords import empty_headword
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source, about_records


def _recognises(file: DictionaryFile) -> bool:
    lines = file.lines()
    return bool(lines) and lines[0].startswith("@") and any(line.startswith(("-", "*", "=")) for line in lines[1:])


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """A file in FVDP's own text format: entries begin with `@`, blank lines part them."""
    return Source(records=_records(file.path, languages))


def _records(path: Path, languages: Languages) -> Iterator[Record]:
    block: list[str] = []
    start = 1
    for line in read_lines(path):
        if line.problem:
            yield line.problem
        if line.text.startswith("@"):
            yield from _block(block, start, languages)
            block, start = [line.text], line.number
        elif block:
            block.append(line.text)
        elif line.text.strip():
            yield Problem(f"line {line.number}", "outside-entry", f"text before the first headword: {line.text[:40]!r}")
    yield from _block(block, start, languages)


def _block(block: list[str], start: int, languages: Languages) -> Iterator[Record]:
    if not block:
        return
    found = HEADWORD_LINE.match(cleaned(block[0][1:]))
    headword = found["headword"] if found else ""
    if not headword:
        yield empty_headword(f"line {start}")
        return
    about = about_records(headword, "\n".join(block[1:]))
    if about is None:
        yield from entry_records(parse_body(headword, block, languages), f"line {start}")
    else:
        yield from about


FORMAT = Format(
    name="fvdp",
    description="Text of the Free Vietnamese Dictionary Project",
    endings=(".txt",),
    certainty=Certainty.SHAPE,
    recognises=_recognises,
    read=_read,
)
