"""TCVN3, VNI-Windows and VISCII → Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.vietnamese.charsets import decodings


@pytest.mark.parametrize(
    ("shown", "charset", "text"),
    [
        ("nghÞ quyÕt", "TCVN3", "nghị quyết"),
        ("NGHÞ QUYÕT", "TCVN3", "nghị quyết"),
        ("tuyªn d\u00ad¬ng", "TCVN3", "tuyên dương"),
        ("®¶ng", "TCVN3", "đảng"),
        ("nghò quyeát", "VNI-Windows", "nghị quyết"),
        ("ÑAÛNG", "VNI-Windows", "đảng"),
        ("hôi thôû", "VNI-Windows", "hơi thở"),
        ("giöõ treû", "VNI-Windows", "giữ trẻ"),
        ("ngh¸ quyªt", "VISCII", "nghị quyết"),
        ("ph¥n thß·ng", "VISCII", "phần thưởng"),
        ("\x02n", "VISCII", "ẳn"),
        ("lên", "TCVN3", "lờn"),
    ],
)
def test_decodings(shown: str, charset: str, text: str) -> None:
    assert (charset, text) in decodings(shown).items()


@pytest.mark.parametrize("text", ["nghị quyết", "abc", "", "đường", "café", "北京", "façade", "naïve", "Ünterschied"])
def test_what_is_no_legacy_text(text: str) -> None:
    assert decodings(text) == {}


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert all(decodings(text).values())
