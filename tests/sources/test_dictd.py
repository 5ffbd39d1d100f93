"""DICT databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.model import Example
from tests.sources.making import dictd, read

RECORDS = [
    ("00-database-short", b"@00-database-short\n- FVDP test\n"),
    ("00databaseutf8", b"\n"),
    ("má", "@má\n* noun\n- mother\n=má_tôi +my mother\n".encode()),
    ("cat", b"cat\n  con m\xc3\xa8o\n"),
]


@pytest.mark.parametrize("ending", [".index", ".dict.dz"])
def test_by_either_file(tmp_path: Path, ending: str) -> None:
    path = dictd(tmp_path, RECORDS).with_name("book" + ending)
    found = read(path, "vi", "en")
    assert [e.headword for e in found.entries] == ["má", "cat"]
    assert found["má"].senses[0].examples == (Example("má tôi", "my mother"),)
    assert [s.gloss for s in found["cat"].senses] == ["con mèo"]
    assert found.about == {"title": "FVDP test"}
    assert found.problems == []


def test_faults(tmp_path: Path) -> None:
    path = dictd(tmp_path, [("má", b"m\xffother"), ("bà", b"- lady")])
    path.write_text(path.read_text(encoding="utf-8") + "broken\nxa\t9999\tB\n", encoding="utf-8")
    found = read(path, "vi", "en")
    assert [(e.headword, e.senses[0].gloss) for e in found.entries] == [("má", "mother"), ("bà", "lady")]
    assert [(p.location, p.code) for p in found.problems] == [
        ("line 1 (má)", "invalid-utf8"),
        ("line 3", "bad-index"),
        ("line 4 (xa)", "beyond-end"),
    ]


def test_a_missing_part(tmp_path: Path) -> None:
    path = dictd(tmp_path, RECORDS)
    path.with_suffix(".dict.dz").unlink()
    with pytest.raises(SourceError, match=r"book\.dict\.dz is missing"):
        read(path, "vi", "en")
