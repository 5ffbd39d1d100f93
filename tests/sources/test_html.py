"""HTML bodies become lines of readable text: nothing hidden, nothing lost, no tag."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.sources.markup.html import text_lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("plain", ["plain"]),
        ("a &amp; b &lt;c&gt;", ["a & b <c>"]),
        ("* danh từ<br>    - mẹ<br/>- má", ["* danh từ", "- mẹ", "- má"]),
        ("<p>a</p><div>b</div>c", ["a", "b", "c"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<p>one\n  paragraph</p>", ["one   paragraph"]),
        ("<b>a</b>\nb", ["a", "b"]),
        ("5 < 6 & 7 > 3", ["5 < 6 & 7 > 3"]),
        ("- <thgt> nói nhảm", ["- <thgt> nói nhảm"]),
        ("- <y> thuốc <b>bổ</b>", ["- <y> thuốc bổ"]),
        ("x<sup>2</sup> H<sub>2</sub>O 4<sup>th</sup>", ["x² H₂O 4th"]),
        ("a<!-- no -->b", ["ab"]),
        ("a<script>alert(1)</script><style>p{}</style>", ["a"]),
        ('a<img src=x onerror="alert(1)">b', ["ab"]),
    ],
)
def test_lines(body: str, lines: list[str]) -> None:
    assert text_lines(body) == lines


@pytest.mark.parametrize(
    "hidden",
    [
        '<font color="white">x</font>',
        "<font color=#FFFFFF>x</font>",
        '<span style="color: white">x</span>',
        '<span style="display:none">x</span>',
        '<div style="font-size:0">x</div>',
        "<p hidden>x</p>",
        '<span style="visibility: hidden">x</span>',
    ],
)
def test_hidden_text_is_dropped(hidden: str) -> None:
    assert text_lines(f"<b>seen</b>{hidden}") == ["seen"]


@pytest.mark.parametrize("shown", ['<font color="red">x</font>', '<span style="color:#ff0000">x</span>'])
def test_coloured_text_stays(shown: str) -> None:
    assert text_lines(shown) == ["x"]


@pytest.mark.parametrize("hostile", ["<div>" * 20_000, "<" * 500_000, "<font color=white>" * 5_000, "<b " * 100_000])
def test_hostile_markup_takes_bounded_time(hostile: str) -> None:
    start = time.process_time()
    text_lines(hostile)
    assert time.process_time() - start < 10


@given(st.text(max_size=80))
def test_never_a_tag_of_html(text: str) -> None:
    shown = "\n".join(text_lines(f"<b>{text.replace('<', '')}</b><br>x"))
    assert "<b>" not in shown
    assert "<br>" not in shown
