"""Words of accented Vietnamese: compounds joined, their places those of the text as it was sent."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictsvc.language.vietnamese.segmentation import is_warm, segmented, warm_up

_SENTENCES = [
    ("thực hiện nghị quyết", ["thực hiện", "nghị quyết"]),
    ("Học sinh  xác định mục đích.", ["Học sinh", "xác định", "mục đích"]),
    ("😀 nghị quyết 22-NQ/TW", ["nghị quyết", "22", "NQ", "TW"]),
    ("tổ chức hội nghị ở Hà Nội", ["tổ chức", "hội nghị", "ở", "Hà Nội"]),  # a mark ends a word
    ("… !", []),
    ("", []),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "words"), _SENTENCES)
def test_compounds_are_joined_however_the_letters_are_composed(
    text: str, words: list[str], form: Literal["NFC", "NFD"]
) -> None:
    sent = unicodedata.normalize(form, text)
    tokens = segmented(sent)
    assert [token.text for token in tokens] == [unicodedata.normalize(form, word) for word in words]
    assert all(sent[token.start : token.end] == token.text for token in tokens)


def test_it_is_warm_once_it_was_used() -> None:
    warm_up()
    assert is_warm()


def test_it_takes_no_more_than_it_needs() -> None:
    program = (
        "import sys; from dictsvc.language.vietnamese.segmentation import warm_up; warm_up(); "
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@settings(max_examples=150)
@given(st.text(max_size=60) | st.text("aạ\u0301\u0323 _-.@/:'đĐ😀\n", max_size=60))
def test_any_text_has_words_in_order(text: str) -> None:
    tokens = segmented(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
