"""Raw keystrokes → Vietnamese, and Telex-mangled English back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.vietnamese.keystrokes import readings, undone

MOST_SECONDS = 0.05


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Telex: keys right after the letter, at the end of the syllable, anywhere
        ("tuwf ddieenr", "từ điển"),
        ("nghij quyeets", "nghị quyết"),
        ("Nghij Quyeets", "nghị quyết"),
        ("dduwowngf", "đường"),
        ("duongdwf", "đường"),
        ("duongwfd", "đường"),
        ("nuwocs", "nước"),
        ("ruwouj", "rượu"),
        ("luuw", "lưu"),
        ("dayas", "dấy"),
        ("dud", "đu"),
        ("hoaf binhf", "hòa bình"),
        ("muaw", "mưa"),
        ("hoawcj", "hoặc"),
        ("nhw", "như"),
        ("ch[i", "chơi"),
        ("tooij phamj", "tội phạm"),
        # a key typed twice is itself, z takes the tone away
        ("hafz", "ha"),
        ("xooong", "xoong"),
        ("mooosc", "moóc"),
        # VNI
        ("nghi5 quye61t", "nghị quyết"),
        ("d9uo7ng2", "đường"),
        ("d9ie63n tu72", "điển từ"),
        ("to6i", "tôi"),
        ("luu7", "lưu"),
        # VIQR
        ("phu+o+.ng hoa`ng", "phượng hoàng"),
        ("dde.p", "đẹp"),
        ("la(~ng", "lẵng"),
        ("gie^\u2019t", "giết"),
    ],
)
def test_readings(typed: str, meant: str) -> None:
    assert readings(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nongslongf", "nóng lòng"), ("canhsddoongf", "cánh đồng"), ("hocjsinh", "học sinh"), ("laos", "la ó")],
)
def test_several_syllables_without_a_space(typed: str, meant: str) -> None:
    assert meant in readings(typed)


@pytest.mark.parametrize("typed", ["run", "the", "nghị quyết", "", " ", "abc123xyz", "😀", "http://x.y"])
def test_no_reading(typed: str) -> None:
    assert readings(typed) == ()


@pytest.mark.parametrize(
    ("seen", "typed"),
    [("ẽport", "export"), ("hảpoxy", "haproxy"), ("ưindow", "window"), ("bôk", "book"), ("ađ", "add"), ("tét", "test")],
)
def test_undone(seen: str, typed: str) -> None:
    assert typed in undone(seen)


def test_plain_words_have_nothing_to_undo() -> None:
    assert undone("export") == ()


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert all(reading != text for reading in readings(text))
    assert all(word.isprintable() or not text.isprintable() for word in undone(text))


@pytest.mark.parametrize(
    "text", ["as" * 100, "aeo" * 66, "uow" * 66, "dduwowngf" * 22, "a" * 200, "x1" * 100, "ễ" * 200]
)
def test_long_texts_are_quick(text: str) -> None:
    start = time.thread_time()
    readings(text)
    undone(text)
    assert time.thread_time() - start < MOST_SECONDS
