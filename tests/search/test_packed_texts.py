"""Many texts in one."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.search.fuzzy.packed_texts import PackedTexts


@given(st.lists(st.text(max_size=9), max_size=30), st.data())
def test_they_are_what_was_packed(texts: list[str], data: st.DataObject) -> None:
    packed = PackedTexts(iter(texts))
    assert list(packed) == texts
    assert [packed[number] for number in range(len(packed))] == texts
    numbers = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=9)) if texts else []
    assert packed.picked(np.array(numbers, np.intp)) == [texts[number] for number in numbers]


@given(st.lists(st.text(st.characters(exclude_characters="|")), min_size=1, max_size=30))
def test_they_are_what_stands_between_separators(texts: list[str]) -> None:
    joined = "|".join(texts)
    assert list(PackedTexts.split(joined, "|")) == (texts if joined else [])


def test_they_can_be_searched() -> None:
    packed = PackedTexts(("a", "bc", "bd", "e"))
    assert bisect_left(packed, "bd") == 2
    with pytest.raises(IndexError):
        packed[4]
