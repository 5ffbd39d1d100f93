"""Languages by name, by code, and in titles."""

from __future__ import annotations

import pytest

from dictsvc.sources.languages import code_of, languages_in
from dictsvc.sources.source import UNKNOWN, Languages


@pytest.mark.parametrize(
    ("name", "code"),
    [("vi", "vi"), ("VIE", "vi"), ("Vietnamese", "vi"), ("English", "en"), ("GermanNewSpelling", "de"), ("en-US", "en"),
     ("Việt", "vi"), ("Klingon", ""), ("", "")],
)  # fmt: skip
def test_code(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize(
    ("title", "source", "target"),
    [
        ("Từ điển Pháp-Việt", "fr", "vi"),
        ("Từ điển Việt – Anh", "vi", "en"),
        ("Từ điển Việt-Tây Ban Nha", "vi", "es"),
        ("Từ điển Séc-Việt", "cs", "vi"),
        ("Từ điển Tiếng Việt", "vi", "vi"),
        ("Sách (en-vi)", "en", "vi"),
        ("fra-eng.tei", "fr", "en"),
        ("Wiktionary English-Vietnamese", "en", "vi"),
    ],
)
def test_title(title: str, source: str, target: str) -> None:
    assert languages_in(title) == Languages(source, target)


@pytest.mark.parametrize("title", ["tudien.tab", "Oxford", "a-b", ""])
def test_titles_that_tell_nothing(title: str) -> None:
    assert languages_in(title) == UNKNOWN
