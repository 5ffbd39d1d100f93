"""Sound keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.keys import Folded, canonical, folded
from dictsvc.language.sounds import sound, sounds_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("physics", "fisiks"),
        ("knight", "nite"),
        ("bureaucracy", "burocrasy"),
        ("action", "akshun"),
        ("write", "rite"),
        ("committee", "comitee"),
        ("except", "eksept"),
        ("enough", "anuw"),
        ("a lot", "alot"),
        ("chaqun", "chacun"),
    ],
)
def test_words_that_sound_alike(one: str, other: str) -> None:
    assert sound(Folded(one)) == sound(Folded(other))


@pytest.mark.parametrize(("one", "other"), [("action", "auction's"), ("night", "light"), ("eat", "tea")])
def test_words_that_do_not(one: str, other: str) -> None:
    assert sound(Folded(one)) != sound(Folded(other))


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20)))
def test_many_at_once_are_each_by_itself(texts: list[str]) -> None:
    keys = [folded(canonical(text)) for text in texts]
    assert sounds_in("\x1f".join(keys)) == "\x1f".join(map(sound, keys))


@given(st.text(max_size=40))
def test_a_sound_is_ascii(text: str) -> None:
    assert sound(folded(canonical(text))).isascii()
