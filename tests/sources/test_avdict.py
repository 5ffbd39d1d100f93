"""SQLite as AVDict writes it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.model import Entry, Example, Idiom, Sense
from tests.sources.making import avdict, read

BOARD = (
    "<h1>board</h1><h3><i>/bɔ:d/</i></h3><h2>danh từ</h2><ul><li>bảng</li>"
    '<li>ban<ul style="list-style-type:circle"><li>board of directors:<i>ban giám đốc</i></li></ul></li></ul>'
    "<h2>thành ngữ</h2><ol><li>above board<ul><li>thẳng thắn</li></ul></li></ol>"
)
MA = '<h1>má</h1><h2>noun</h2><ul><li>mother</li></ul><p class="ex"><i>má tôi</i> : my mother</p>'


def test_structure(tmp_path: Path) -> None:
    found = read(avdict(tmp_path / "dict.db", {"av": [("board", BOARD, "bɔ:d")]}))
    assert found.entry == Entry(
        "board",
        pronunciation="bɔ:d",
        senses=(
            Sense("noun", gloss="bảng"),
            Sense("noun", gloss="ban", examples=(Example("board of directors", "ban giám đốc"),)),
        ),
        idioms=(Idiom("above board", (Sense(gloss="thẳng thắn"),)),),
    )
    assert (found.source.source_language, found.source.target_language) == ("en", "vi")


def test_examples_in_paragraphs(tmp_path: Path) -> None:
    entry = read(avdict(tmp_path / "dict.db", {"va": [("má", MA, "")]})).entry
    assert entry == Entry("má", senses=(Sense("noun", gloss="mother", examples=(Example("má tôi", "my mother"),)),))


def test_languages_choose_the_table(tmp_path: Path) -> None:
    path = avdict(tmp_path / "dict.db", {"av": [("board", BOARD, "")], "va": [("má", MA, "")]})
    assert read(path, "vi", "en").entry.headword == "má"
    assert read(path, "en").entry.headword == "board"
    with pytest.raises(SourceError, match=r"several dictionaries \(av, va\); say which with --source"):
        read(path)


def test_plain_bodies_and_faults(tmp_path: Path) -> None:
    rows = [("cat", "con mèo", ""), ("", "x", ""), ("lone", "", "")]
    found = read(avdict(tmp_path / "dict.db", {"words": rows}), "en", "vi")
    assert [e.headword for e in found.entries] == ["cat", "lone"]
    assert [(p.location, p.code) for p in found.problems] == [
        ("row 2", "empty-headword"),
        ("row 3 (lone)", "empty-body"),
    ]


def test_other_databases(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE x(y)")
    with pytest.raises(SourceError, match="without a table of words"):
        read(other)


def test_a_damaged_database(tmp_path: Path) -> None:
    damaged = avdict(tmp_path / "damaged.db", {"av": [("cat", MA * 500, "")] * 50})
    damaged.write_bytes(damaged.read_bytes()[:6000])
    with pytest.raises(SourceError, match="damaged"):
        read(damaged)
