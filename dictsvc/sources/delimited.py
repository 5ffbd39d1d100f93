"""Headword, tab, body: one entry a line. The body may be FVDP markup with its line breaks lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dictsvc.language.text import cleaned
from dictsvc.model import Problem
from dictsvc.sources.files import read_text
from dictsvc.sources.fvdp import is_empty, lone_headword, parse_body, unflattened
from dictsvc.sources.html import text_lines
from dictsvc.sources.source import Record, Source, about_records


def read_tab(path: Path) -> Source:
    r"""A tab file. In the body `\n` is a line break, as StarDict's converters write it."""
    lines = read_text(path).split("\n")
    return Source(records=_records(lines), expected=len(lines))


def _records(lines: list[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        word, tab, body = line.partition("\t")
        headword = cleaned(word)
        if not tab:
            yield Problem(f"line {number}", "no-tab", f"no tab between headword and body: {line[:40]!r}")
        elif not headword:
            yield Problem(f"line {number}", "empty-headword", "the record has no headword")
        elif (about := about_records(headword, "\n".join(_body_lines(body)))) is not None:
            yield from about
        else:
            entry = parse_body(headword, _body_lines(body))
            if is_empty(entry):
                yield lone_headword(f"line {number} ({headword})")
            yield entry


def _body_lines(body: str) -> list[str]:
    lines = text_lines(body.replace("\\n", "\n"))
    return [part for line in lines for part in unflattened(line)] if len(lines) == 1 else lines
