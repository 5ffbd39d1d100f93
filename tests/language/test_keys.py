"""Keys beyond the examples in their own documentation."""

from __future__ import annotations

import sys
import unicodedata

from dictsvc.language import keys


def test_no_letter_with_a_tone_mark_is_overlooked() -> None:
    marks = set(keys.TONE_MARKS)
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        parts = unicodedata.normalize("NFD", letter)
        if unicodedata.normalize("NFC", letter) == letter and not marks.isdisjoint(parts):
            key = keys.toned(keys.Canonical(f"b{letter}n"))
            assert key[-1] in marks, hex(code)
            assert marks.isdisjoint(unicodedata.normalize("NFD", key.rstrip(keys.TONE_MARKS))), hex(code)
