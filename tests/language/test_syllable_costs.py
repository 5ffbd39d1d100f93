"""The errors between Vietnamese syllables, and what they cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.keys import Toned, canonical
from dictsvc.language.vietnamese.keys import toned
from dictsvc.language.vietnamese.syllable_costs import (
    SYLLABLE_COSTS,
    Marking,
    SyllableParts,
    marking,
    syllable_errors,
    syllable_parts,
    syllables_cost,
)

vietnamese = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếờ ", max_size=14)


def key(text: str) -> Toned:
    return toned(canonical(text))


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
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
def test_errors_between_syllables(typed: str, meant: str, errors: list[str]) -> None:
    assert syllable_errors(key(typed), key(meant)) == errors


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


@given(vietnamese, vietnamese)
def test_every_error_between_syllables_has_a_cost(typed: str, meant: str) -> None:
    one, other = key(typed), key(meant)
    assert set(syllable_errors(one, other)) <= SYLLABLE_COSTS.keys()
    assert (syllables_cost(one, other) == 0) == (one == other)
