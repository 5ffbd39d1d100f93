"""Headword, tab, body: one entry a line. The body may be FVDP markup with its line breaks lost."""

from collections.abc import Iterable, Iterator
from itertools import chain

from dictsvc.model import Problem
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.languages import languages_of
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.fvdp import unflattened
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source


def _read(file: DictionaryFile, languages: Languages) -> Source:
    r"""A tab file. In the body `\n` is a line break and in the headword `|` parts spellings, as converters write it."""
    lines = read_lines(file.path)
    first: list[Line] = []
    for line in lines:
        first.append(line)
        if not line.text.startswith("##"):
            break
    about = {word: body for word, _, body in (line.text.partition("\t") for line in first)}
    resolved = languages_of(about, languages)
    return Source(
        records=_records(chain(first, lines), resolved),
        source_language=resolved.source,
        target_language=resolved.target,
    )


def _records(lines: Iterable[Line], languages: Languages) -> Iterator[Record]:
    for line in lines:
        if line.problem:
            yield line.problem
        if line.text.strip():
            yield from _entry(line, languages)


def _entry(line: Line, languages: Languages) -> Iterator[Record]:
    word, tab, body = line.text.partition("\t")
    location = f"line {line.number}"
    if not tab:
        yield Problem(location, "no-tab", f"no tab between headword and body: {line.text[:40]!r}")
        return
    word, *spellings = word.split("|")
    yield from records_of(word, _body_lines(body), location, languages, spellings)


def _body_lines(body: str) -> list[str]:
    lines = text_lines(body.replace("\\n", "\n").replace("\\t", " "))
    return [part for line in lines for part in unflattened(line)] if len(lines) == 1 else lines


def _recognises(file: DictionaryFile) -> bool:
    lines = file.lines()[:-1] or file.lines()
    return bool(lines) and sum("\t" in line for line in lines) > len(lines) // 2


FORMAT = Format(
    name="tab",
    description="Headword, tab, body: one entry a line",
    endings=(".tab", ".txt"),
    certainty=Certainty.RESEMBLANCE,
    recognises=_recognises,
    read=_read,
)
