"""Marking what matched: what is marked, that the text stays the text, and that nothing in it becomes markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from dictsvc.language.profiles import profile_of
from dictsvc.web.html.highlighting import Marker, beginning, folded_marker, unmarked, word_marker

any_text = st.text(max_size=200) | st.text("aạáđÐ \u0301\u0323İßœ<>&\"'", max_size=40)


def shown(text: str) -> str:
    """A text as the template shows it."""
    return str(escape(text))


def unmarked_again(text: str) -> str:
    return re.sub("</?mark>", "", shown(text))


@pytest.mark.parametrize(
    ("word", "language", "text", "marked"),
    [
        ("run", "en", "She runs.", "She <mark>runs</mark>."),
        ("run", "en", "runway, Run, running", "runway, <mark>Run</mark>, <mark>running</mark>"),
        ("stop", "en", "he stopped", "he <mark>stopped</mark>"),
        ("run", "vi", "runs", "runs"),
        ("quyết", "vi", "nghị quyết", "nghị <mark>quyết</mark>"),
        ("quyết", "vi", "Quyết định, quyệt", "<mark>Quyết</mark> định, quyệt"),
        ("ma", "vi", "mà mạ mama ma", "mà mạ mama <mark>ma</mark>"),
        ("nghị quyết", "vi", "NGHỊ QUYẾT số 22", "<mark>NGHỊ QUYẾT</mark> số 22"),
        ("a", "en", "<a> & a", "&lt;<mark>a</mark>&gt; &amp; <mark>a</mark>"),
        ("a", "en", "a<b", "<mark>a</mark>&lt;b"),
        ("a", "vi", "không", "không"),
        ("", "vi", " a", " a"),
        ("", "en", "-s ing", "-s ing"),
        ("i", "vi", "İ i", "İ i"),  # casefolding makes two letters of İ: nothing is marked where places would shift
    ],
)
def test_a_word_in_a_text(word: str, language: str, text: str, marked: str) -> None:
    assert shown(word_marker(word, profile_of(language))(text)) == marked


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("nghi quyet", "ra nghị quyết", "ra <mark>nghị quyết</mark>"),
        ("NGHỊ", "nghị, nghi", "<mark>nghị</mark>, <mark>nghi</mark>"),
        ("đ", "d & đ", "<mark>d</mark> &amp; <mark>đ</mark>"),
        ("ca", "cao", "cao"),
        ("coeur", "cœur", "cœur"),
        (" ", "a b", "a b"),
        ("😀", "a 😀", "a 😀"),
    ],
)
def test_a_query_in_a_text_whatever_the_accents(query: str, text: str, marked: str) -> None:
    assert shown(folded_marker(query)(text)) == marked


def test_a_beginning() -> None:
    assert beginning("<b>", 1) == Markup("<mark>&lt;</mark>b&gt;")
    assert unmarked("<b>") == "<b>"


@given(any_text, st.sampled_from(["vi", "en"]), any_text)
@example("", "vi", " a")
@example("", "en", "\u0301s")
def test_the_text_stays_the_text(word: str, language: str, text: str) -> None:
    """Any word in any text ends, and but for the marks the page shows the text, escaped."""
    markers: tuple[Marker, ...] = (
        word_marker(word, profile_of(language)),
        folded_marker(word),
        word_marker(text[1:3], profile_of(language)),
    )
    for mark in markers:
        assert unmarked_again(mark(text)) == shown(text)


@given(any_text, st.integers(0, 250))
def test_a_beginning_of_any_length(text: str, letters: int) -> None:
    assert unmarked_again(beginning(text, letters)) == shown(text)
