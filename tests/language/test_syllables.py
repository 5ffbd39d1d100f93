"""Vietnamese syllables: which letters make one, and where its tone mark stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.keys import canonical
from dictsvc.language.vietnamese.keys import toned
from dictsvc.language.vietnamese.syllables import parsed, spelled

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


@pytest.mark.parametrize(
    ("text", "onset", "rime"),
    [
        ("nghị", "ngh", "i"),
        ("quyết", "qu", "yêt"),
        ("quốc", "qu", "ôc"),
        ("quý", "qu", "y"),
        ("gì", "g", "i"),
        ("giếng", "g", "iêng"),
        ("già", "gi", "a"),
        ("giữa", "gi", "ưa"),
        ("ghế", "gh", "ê"),
        ("yêu", "", "yêu"),
        ("ý", "", "y"),
        ("ỉa", "", "ia"),
        ("khuỷu", "kh", "uyu"),
        ("ngoằn", "ng", "oăn"),
        ("nghiêng", "ngh", "iêng"),
        ("NGHIỆP", "ngh", "iêp"),
        ("xoong", "x", "oong"),
        ("ươn", "", "ươn"),
    ],
)
def test_onset_and_rime(text: str, onset: str, rime: str) -> None:
    syllable = parsed(text)
    assert syllable is not None
    assert (syllable.onset, syllable.rime) == (onset, rime)


@pytest.mark.parametrize(
    "text",
    ["", "b", "ng", "nghan", "kan", "ci", "ghà", "fan", "zô", "iên", "myên", "các\u0300", "hoc\u0300", "cap", "blốc",
     "nghịi", "qu", "quan\u0301\u0300", "a1", "học sinh", "wi", "tuôg", "trừơg"],
)  # fmt: skip
def test_no_syllable(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize(
    ("written", "traditional"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("uỷ", "ủy"),
        ("quí", "quí"),
        ("qúy", "quý"),
        ("toán", "toán"),
        ("huyền", "huyền"),
        ("thuế", "thuế"),
        ("muà", "mùa"),
        ("cuả", "của"),
        ("gìa", "già"),
        ("ngoài", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("được", "được"),
        ("Hoàng", "hoàng"),
        ("xoèn", "xoèn"),
    ],
)
def test_tone_mark_in_its_traditional_place(written: str, traditional: str) -> None:
    syllable = parsed(written)
    assert syllable is not None
    assert spelled(syllable) == traditional


@given(st.text(alphabet="abcdđeêghiklmnoôơpqrstuưvxyăâ" + "".join(TONES[1:]), max_size=8))
def test_spelling_a_syllable_keeps_its_letters_and_tone(text: str) -> None:
    syllable = parsed(text)
    if syllable is not None:
        again = spelled(syllable)
        assert parsed(again) == syllable
        assert unicodedata.is_normalized("NFC", again)
        assert toned(canonical(again)) == toned(canonical(text))


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    parsed(text)
