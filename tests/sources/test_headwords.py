"""Headwords as they were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.sources.markup.headwords import headword_of


@pytest.mark.parametrize(
    ("written", "meant", "codes"),
    [
        ("má", "má", []),
        ("  hoa\u0300 bình\u200b ", "hoà bình", []),
        ("k\u016f\x9ee", "kůže", ["mojibake"]),
        ("po\x9aťák", "pošťák", ["mojibake"]),
        ("ne\x9dastn\u00fd", "nešťastný".replace("š", ""), ["mojibake"]),
        ("&quot;hodina H&quot;", '"hodina H"', ["character-reference"]),
        ("&amp;", "&", ["character-reference"]),
        ("R&D", "R&D", []),
        ("\ufeff@Âu Cơ", "Âu Cơ", ["stray-markup"]),
        ("- Xem Phượng Cầu. @Tư Mã Thiên:", "Tư Mã Thiên", ["stray-markup"]),
        ("ban@mail", "ban@mail", []),
        ("", "", ["empty-headword"]),
        (" \u200b ", "", ["empty-headword"]),
    ],
)
def test_headword(written: str, meant: str, codes: list[str]) -> None:
    headword, problems = headword_of(written, "record 7")
    assert headword == meant
    assert [problem.code for problem in problems] == codes
    assert all(problem.skipped == (not meant) for problem in problems)


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    headword, problems = headword_of(text, "record 7")
    assert headword == headword.strip()
    assert bool(headword) or problems[-1].code == "empty-headword"
