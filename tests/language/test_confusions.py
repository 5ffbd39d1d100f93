"""The names and costs of slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.confusions import (
    LETTER_COSTS,
    SYLLABLE_COSTS,
    Marking,
    SyllableParts,
    letter_slips,
    letters_cost,
    marking,
    syllable_parts,
    syllable_slips,
    syllables_cost,
)
from dictsvc.language.keys import Toned, canonical, toned

words = st.text("abcdeghiklmnoprstuy' ", max_size=12)
vietnamese = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếờ ", max_size=14)


def key(text: str) -> Toned:
    return toned(canonical(text))


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
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
def test_slips_between_letters(typed: str, meant: str, slips: list[str]) -> None:
    assert letter_slips(typed, meant) == slips


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [
        ("sử lí", "xử lý", ["s/x"]),
        ("giấu chân", "dấu chân", ["d/gi"]),
        ("chuyện", "truyện", ["ch/tr"]),
        ("nàng", "làng", ["l/n"]),
        ("nghĩ ngơi", "nghỉ ngơi", ["hỏi/ngã"]),
        ("míu", "miếu", ["iêu/iu"]),
        ("duong", "dương", ["vowel mark left out", "vowel mark left out"]),
        ("đuờng", "đường", ["half of ươ"]),
        ("lãng mạng", "lãng mạn", ["n/ng, t/c"]),
        ("dường", "đường", ["d for đ"]),
        ("hoa", "hoà", ["tone left out"]),
        ("cưởng", "cưỡng", ["hỏi/ngã"]),
        ("nghành", "ngành", ["onset respelled"]),
        ("cơmc", "cơm", ["letter"]),
        ("hoà bình", "hòa bình", []),
    ],
)
def test_slips_between_syllables(typed: str, meant: str, slips: list[str]) -> None:
    assert syllable_slips(key(typed), key(meant)) == slips


@pytest.mark.parametrize(
    ("syllable", "parts"),
    [
        ("nghiêng", SyllableParts("ngh", "iê", "ng", "")),
        ("gì", SyllableParts("gi", "i", "", "\u0300")),
        ("giếng", SyllableParts("gi", "iê", "ng", "\u0301")),
        ("quý", SyllableParts("qu", "i", "", "\u0301")),
        ("ỉa", SyllableParts("", "ia", "", "\u0309")),
        ("gách", SyllableParts("g", "a", "ch", "\u0301")),
        ("internet", None),
    ],
)
def test_the_parts_of_a_syllable(syllable: str, parts: SyllableParts | None) -> None:
    assert syllable_parts(key(syllable)) == parts


@pytest.mark.parametrize(
    ("typed", "style"),
    [("nghi quyet", Marking.BARE), ("nghi quyêt", Marking.TONELESS), ("nghị quyêt", Marking.FULL)],
)
def test_how_someone_types(typed: str, style: Marking) -> None:
    assert marking(key(typed)) is style


def test_marks_that_are_never_typed_are_not_left_out() -> None:
    whole = key("nghị quyết")
    assert syllables_cost(key("nghi quyet"), whole) < syllables_cost(key("nghị quyet"), whole)


@given(words, words)
def test_every_slip_between_letters_has_a_cost(typed: str, meant: str) -> None:
    assert set(letter_slips(typed, meant)) <= LETTER_COSTS.keys()
    assert (letters_cost(typed, meant) == 0) == (typed == meant)


@given(vietnamese, vietnamese)
def test_every_slip_between_syllables_has_a_cost(typed: str, meant: str) -> None:
    mine, theirs = key(typed), key(meant)
    assert set(syllable_slips(mine, theirs)) <= SYLLABLE_COSTS.keys()
    assert (syllables_cost(mine, theirs) == 0) == (mine == theirs)
