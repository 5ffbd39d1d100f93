"""Completions: what goes on from the text comes first, accents that were typed count, nothing stands twice."""

from __future__ import annotations

import pytest

from dictsvc.errors import BadQueryError, UnknownDictionaryError
from dictsvc.search.completion import completions
from dictsvc.search.context import Query
from dictsvc.search.search_index import SearchIndex


def completed(search_index: SearchIndex, text: str, *dictionaries: str, limit: int = 10) -> list[str]:
    return [
        found.headword for found in completions(search_index, Query(text=text, dictionaries=dictionaries, limit=limit))
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("n", ["nghị quyết"]),
        ("nghi", ["nghị quyết"]),
        ("nghị quy", ["nghị quyết"]),
        ("NGHỊ  q", ["nghị quyết"]),
        ("má", ["má"]),
        ("mạ", ["mạ"]),
        ("ma", ["ma"]),
        ("run", ["run"]),
        ("run o", ["run out"]),
        ("hoà", ["hòa bình"]),
        ("kĩ", ["kỹ thuật"]),
        ("mục k", ["mục kích"]),
        ("resolutoin", ["resolution"]),
        ("hocsinh", ["học sinh"]),
        ("nghij", ["nghị quyết"]),
        ("tuwf d", ["từ điển"]),
        ("tu72 d", ["từ điển"]),
        ("zzqqxx", []),
        ("😀", []),
    ],
)
def test_the_first(search_index: SearchIndex, text: str, first: list[str]) -> None:
    assert completed(search_index, text)[:1] == first


@pytest.mark.parametrize(("text", "never"), [("má", "mà"), ("mà", "ma"), ("đo", "do"), ("nghĩ", "nghị quyết")])
def test_accents_that_are_typed_count(search_index: SearchIndex, text: str, never: str) -> None:
    assert never not in completed(search_index, text, "vi-en")


def test_without_accents_all_are_offered(search_index: SearchIndex) -> None:
    assert set(completed(search_index, "ma", "vi-en")) == {"ma", "mà", "mả", "mã", "má", "mạ"}


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_than_asked_for_and_each_once(search_index: SearchIndex, limit: int) -> None:
    assert len(completed(search_index, "d", limit=limit)) == limit
    assert completed(search_index, "do", "vi-en").count("do") == 1, "it has two entries"


def test_a_gloss_stands_beside(search_index: SearchIndex) -> None:
    found = completions(search_index, Query(text="nghi"))[0]
    assert (found.headword, found.dictionary, found.gloss) == ("nghị quyết", "vi-en", "resolution")
    assert completions(search_index, Query(text="sim"))[0].gloss == ""


def test_in_the_chosen_dictionaries_only(search_index: SearchIndex) -> None:
    assert completed(search_index, "ru", "vi-en") == []
    assert completed(search_index, "ru", "en-vi")[0] == "run"
    with pytest.raises(UnknownDictionaryError):
        completed(search_index, "ru", "zz")


@pytest.mark.parametrize("text", ["", "  ", "x" * 201, "a\0"])
def test_what_cannot_be_looked_up(search_index: SearchIndex, text: str) -> None:
    with pytest.raises(BadQueryError):
        completed(search_index, text)
