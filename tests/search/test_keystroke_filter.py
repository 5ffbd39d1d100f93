"""The filter before reading keystrokes: no headword that somebody types is lost in it."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.profiles import profile_of
from dictsvc.language.vietnamese.keystrokes import readings
from dictsvc.search.fuzzy.keystroke_filter import KeystrokeFilter
from dictsvc.search.fuzzy.packed_texts import PackedTexts

HEADWORDS = ("từ điển", "nghị quyết", "hòa bình", "đường", "người", "xoong", "quý", "rượu", "thuở", "ưu ái", "cờ đỏ")
KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j", "\u0306": "w", "\u031b": "w"}


def filter_of(*headwords: str) -> KeystrokeFilter:
    return KeystrokeFilter(PackedTexts(profile_of("vi").keys_of(headword).folded for headword in headwords))


def typed(headword: str, rng: random.Random) -> str:
    """A headword as Telex keys, each key right after its letter or at the end of the syllable."""
    syllables = []
    for syllable in headword.split():
        letters, late = "", ""
        for character in unicodedata.normalize("NFD", syllable.replace("đ", "dd")):
            key = letters[-1] if character == "\u0302" else KEYS.get(character, character)
            if unicodedata.combining(character) and rng.random() < 0.5:
                late += key
            else:
                letters += key
        syllables.append(letters + late)
    return rng.choice((" ", "")).join(syllables)


@given(st.sampled_from(HEADWORDS), st.randoms(use_true_random=False))
def test_what_is_typed_passes(headword: str, rng: random.Random) -> None:
    assert filter_of(*HEADWORDS).may_match(typed(headword, rng))


@given(st.text("abcdeghiklmnopqrstuvxyfjwz[] ", min_size=1, max_size=12))
def test_what_reads_as_a_headword_passes(text: str) -> None:
    for reading in readings(text):
        assert filter_of(reading).may_match(text), reading


@pytest.mark.parametrize("text", ["dictionarry", "hopsital", "seperate", "nghij quyeetsm", "b"])
def test_most_misspelt_words_do_not(text: str) -> None:
    assert not filter_of(*HEADWORDS).may_match(text)


def test_without_headwords_nothing_passes() -> None:
    assert not filter_of().may_match("tuwf")
