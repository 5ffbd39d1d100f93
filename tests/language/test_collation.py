"""Alphabetical order: Vietnamese as its printed dictionaries have it, others by their own alphabets."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.collation import alphabet, sort_key
from dictsvc.language.vietnamese.tones import TONES, tone_of
from dictsvc.messages import LABELS

_LETTERS = [*"aăâbcdđeêghiklmnoôơpqrstuưvxy"]


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("vi", _LETTERS),
        ("vi", ["ma", "mà", "mả", "mã", "má", "mạ"]),
        ("vi", ["ma", "ma túy", "mà", "mà cả", "má", "mạ", "mác", "mai", "mê", "mi"]),
        ("vi", ["an", "ản", "án", "ăn", "ẩn", "ấn", "ba"]),
        ("vi", ["dạ", "dữ", "đa", "đẹp", "e"]),
        ("vi", ["hoa", "hoà bình", "họa", "hoan", "hoang"]),
        ("vi", ["nghỉ", "nghị", "nghị quyết", "nghĩa"]),
        ("vi", ["ơn", "phở", "q"]),
        ("vi", ["quy", "quỳ", "quyền", "ra"]),
        ("vi", ["tư", "từ", "từ điển", "tứ", "tự"]),
        ("en", ["can", "can't", "cant", "care", "co-op", "coop"]),
        ("en", ["cafe", "café au lait", "cage"]),
        ("fr", ["cote", "école", "zèbre"]),
        ("es", ["nube", "ñandú", "oca"]),
        ("cs", ["cena", "čas", "hora", "chata", "idea"]),
        ("ru", ["ежа", "ёж", "жук", "ять"]),
        ("ja", ["a", "b"]),
    ],
)
def test_order(language: str, ordered: list[str]) -> None:
    keys = [sort_key(word, language) for word in ordered]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Hà Nội", "hà nội"),
        ("ma\u0323", "mạ"),
        ("a-lô", "a lô"),
        ("kinh tế – xã hội", "kinh tế xã hội"),
    ],
)
def test_what_stands_in_one_place(one: str, other: str) -> None:
    assert sort_key(one, "vi") == sort_key(other, "vi")


def test_letters_come_before_tones() -> None:
    """A tone decides only between syllables of the same letters."""
    bases = ["ma", "mac", "mai", "mă", "mâ", "mâu", "mê"]
    marks = {"ma": "mạ", "mac": "mạc", "mai": "mại", "mă": "mặ", "mâ": "mậ", "mâu": "mậu", "mê": "mệ"}
    for before, after in pairwise(bases):
        assert sort_key(marks[before], "vi") < sort_key(after, "vi")


def test_alphabets_name_the_letters_under_which_words_are_found() -> None:
    assert list(alphabet("vi")) == _LETTERS
    assert alphabet("en") == tuple("abcdefghijklmnopqrstuvwxyz")
    assert "ñ" in alphabet("es")
    assert "ch" in alphabet("cs")


@pytest.mark.parametrize(
    ("syllable", "name"),
    [("ma", "ngang"), ("mà", "huyền"), ("mả", "hỏi"), ("mã", "ngã"), ("má", "sắc"), ("mạ", "nặng"), ("tưởng", "hỏi"),
     ("nghi\u0323", "nặng"), ("", "ngang")],
)  # fmt: skip
def test_tones(syllable: str, name: str) -> None:
    assert LABELS[f"tone-{tone_of(syllable)}"].vi == name
    assert tone_of(syllable) in TONES


@given(st.text("aăâeêioôơuưyđbcghkmnpqrstvx áàảãạấựỡ-'.", max_size=40), st.sampled_from(["vi", "en", "cs", "xx"]))
def test_composition_and_case_do_not_matter(text: str, language: str) -> None:
    key = sort_key(text, language)
    assert key == sort_key(unicodedata.normalize("NFD", text), language) == sort_key(text.upper(), language)
