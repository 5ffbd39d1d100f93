"""Keys beyond the examples in their own documentation."""

from __future__ import annotations

import sys
import unicodedata

from dictsvc.language.keys import Canonical
from dictsvc.language.vietnamese.keys import TONE_MARKS, toned


def test_no_letter_with_a_tone_mark_is_overlooked() -> None:
    marks = set(TONE_MARKS)
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        parts = unicodedata.normalize("NFD", letter)
        if unicodedata.normalize("NFC", letter) == letter and not marks.isdisjoint(parts):
            key = toned(Canonical(f"b{letter}n"))
            assert key[-1] in marks, hex(code)
            assert marks.isdisjoint(unicodedata.normalize("NFD", key.rstrip(TONE_MARKS))), hex(code)
