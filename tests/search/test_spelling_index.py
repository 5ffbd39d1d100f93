"""The spelling index against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from dictsvc.search.fuzzy.packed_texts import PackedTexts
from dictsvc.search.fuzzy.spelling_index import ABSENT, SpellingIndex, signature, signatures

few_letters = st.text("abc ", min_size=1, max_size=9)
letters = st.text("abcdefghijklmnopqrstuvwxyz0' ", min_size=1, max_size=24)
some_keys = st.one_of(
    st.sets(few_letters, min_size=1, max_size=60),
    st.sets(letters, min_size=1, max_size=30),
)


def index_of(keys: set[str]) -> SpellingIndex:
    """An index in which long keys are common words of English, and those with an a of French too."""
    ordered = sorted(keys)
    english, french = list(map(len, ordered)), [1 if "a" in key else ABSENT for key in ordered]
    return SpellingIndex(PackedTexts(ordered), {"en": np.array(english, np.int16), "fr": np.array(french, np.int16)})


@given(some_keys, st.one_of(few_letters, letters), st.sampled_from((1, 2)))
def test_all_within_some_edits_and_no_other(keys: set[str], query: str, edits: int) -> None:
    expected = {(key, distance) for key in keys if (distance := OSA.distance(query, key)) <= edits}
    assert {(found.key, found.distance) for found in index_of(keys).within(query, edits)} == expected


@given(some_keys, st.one_of(few_letters, letters))
def test_those_of_one_language_only(keys: set[str], query: str) -> None:
    index = index_of(keys)
    every = {found for found in index.within(query) if "a" in found.key}
    assert set(index.within(query, languages=["fr"])) == every


@given(some_keys, st.data())
def test_a_misspelt_key_is_found(keys: set[str], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(keys)))
    place = data.draw(st.integers(0, len(key)))
    typed = key[:place] + data.draw(st.sampled_from(("", "z", "a"))) + key[place + data.draw(st.integers(0, 1)) :]
    if typed:
        assert key in {found.key for found in index_of(keys).within(typed)}


@given(some_keys, few_letters)
def test_all_that_begin_with_a_text(keys: set[str], prefix: str) -> None:
    begun = sorted(key for key in keys if key.startswith(prefix))
    index = index_of(keys)
    stretch = index.prefixed(prefix)
    assert index.first(stretch, 100, "en") == begun
    assert index.commonest(stretch, 100, "en") == sorted(begun, key=lambda k: (-len(k), k))
    assert index.commonest(stretch, 3, "en") == index.commonest(stretch, 100, "en")[:3]
    of_french = [key for key in begun if "a" in key]
    assert index.first(stretch, 3, "fr") == index.commonest(stretch, 3, "fr") == of_french[:3]


@given(some_keys)
def test_commonness_among_languages_is_the_highest(keys: set[str]) -> None:
    index = index_of(keys)
    assert index.commonness(["en", "fr"]).tolist() == index.commonness(["en"]).tolist() == list(map(len, sorted(keys)))
    assert (index.commonness(["fr"]) > ABSENT).tolist() == ["a" in key for key in sorted(keys)]


@given(some_keys)
def test_signatures_of_many_are_each_by_itself(keys: set[str]) -> None:
    ordered = sorted(keys)
    assert signatures(PackedTexts(ordered)).tolist() == [int(signature(key.encode())) for key in ordered]


def commonness_of(*numbers: int) -> dict[str, NDArray[np.int16]]:
    return {"en": np.array(numbers, np.int16)}


def test_the_commonest_words() -> None:
    words = PackedTexts(("a lot", "few", "many", "none", "some"))
    index = SpellingIndex(words, commonness_of(200, 90, 180, 20, 180))
    assert words.picked(index.commonest_words(2, 30, "en")) == ["many", "some"]
    assert words.picked(index.commonest_words(9, 30, "en")) == ["few", "many", "some"]


def test_a_key_of_any_length_is_found() -> None:
    long = "phap luat " * 400
    index = SpellingIndex(PackedTexts(("a", long)), commonness_of(0, 0))
    assert [found.distance for found in index.within(long[1:] + "x")] == [2]


@pytest.mark.parametrize("query", ["", "x", "a" * 400])
def test_an_empty_index_holds_nothing(query: str) -> None:
    index = SpellingIndex(PackedTexts(()), commonness_of())
    assert (len(index), index.within(query), index.commonest(index.prefixed(query), 5, "en")) == (0, [], [])
