"""The errors between letters, and what they cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.letter_costs import LETTER_COSTS, LETTERS

words = st.text("abcdeghiklmnoprstuy' ", max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("recieve", "receive", ["transposed"]),
        ("hte", "the", ["transposed", "first letter"]),
        ("tomorow", "tomorrow", ["one of a double left out"]),
        ("tommorrow", "tomorrow", ["letter doubled"]),
        ("seperate", "separate", ["unstressed vowel"]),
        ("wimen", "women", ["vowel for vowel", "strange letter", "strange letter"]),
        ("desert", "dezert", ["like for like", "strange letter", "strange letter"]),
        ("hopeing", "hoping", ["vowel added", "strange letter"]),
        ("hop", "hope", ["final e left out", "last letter", "strange letter"]),
        ("walke", "walk", ["final e added", "last letter", "strange letter"]),
        ("alot", "a lot", ["space", "strange letter"]),
        ("dont", "don't", ["sign left out", "strange letter"]),
        ("same", "same", []),
    ],
)
def test_errors_between_letters(typed: str, meant: str, errors: list[str]) -> None:
    assert LETTERS.errors(typed, meant) == errors


@given(words, words)
def test_every_error_between_letters_has_a_cost(typed: str, meant: str) -> None:
    assert set(LETTERS.errors(typed, meant)) <= LETTER_COSTS.keys()
    assert (LETTERS.cost(typed, meant) == 0) == (typed == meant)
