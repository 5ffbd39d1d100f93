"""The spelling index against brute force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from dictsvc.search.spelling.index import SpellingIndex, signature, signatures
from dictsvc.search.spelling.packed_texts import PackedTexts

few_letters = st.text("abc ", min_size=1, max_size=9)
letters = st.text("abcdefghijklmnopqrstuvwxyz0' ", min_size=1, max_size=24)
some_keys = st.one_of(
    st.sets(few_letters, min_size=1, max_size=60),
    st.sets(letters, min_size=1, max_size=30),
)


def index_of(keys: set[str]) -> SpellingIndex:
    ordered = sorted(keys)
    return SpellingIndex(PackedTexts(ordered), bytes(map(len, ordered)))


@given(some_keys, st.one_of(few_letters, letters), st.sampled_from((1, 2)))
def test_all_within_some_edits_and_no_other(keys: set[str], query: str, edits: int) -> None:
    expected = {(key, distance) for key in keys if (distance := OSA.distance(query, key)) <= edits}
    assert {(found.key, found.distance) for found in index_of(keys).within(query, edits)} == expected


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
    assert [found.key for found in index.first_with(prefix, 100)] == begun
    assert [found.key for found in index.beginning_with(prefix, 100)] == sorted(begun, key=lambda k: (-len(k), k))
    assert index.beginning_with(prefix, 3) == index.beginning_with(prefix, 100)[:3]


@given(some_keys)
def test_signatures_of_many_are_each_by_itself(keys: set[str]) -> None:
    ordered = sorted(keys)
    assert signatures(PackedTexts(ordered)).tolist() == [int(signature(key.encode())) for key in ordered]


def test_the_commonest_words() -> None:
    index = SpellingIndex(PackedTexts(("a lot", "few", "many", "none", "some")), bytes((200, 90, 180, 20, 180)))
    assert [index.keys[number] for number in index.commonest_words(2, 30).tolist()] == ["many", "some"]
    assert [index.keys[number] for number in index.commonest_words(9, 30).tolist()] == ["few", "many", "some"]


def test_a_key_of_any_length_is_found() -> None:
    long = "phap luat " * 400
    index = SpellingIndex(PackedTexts(("a", long)), bytes(2))
    assert [found.distance for found in index.within(long[1:] + "x")] == [2]


@pytest.mark.parametrize("query", ["", "x", "a" * 400])
def test_an_empty_index_holds_nothing(query: str) -> None:
    index = SpellingIndex(PackedTexts(()), b"")
    assert (len(index), index.within(query), index.beginning_with(query, 5)) == (0, [], [])
