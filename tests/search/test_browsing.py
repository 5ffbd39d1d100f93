"""Reading on: alphabetical stretches that leave nothing out, neighbours, and what contains a headword."""

from __future__ import annotations

import pytest

from dictsvc.language.collation import sort_key
from dictsvc.search.browsing import headword_page, idioms_with, longer_headwords, neighbours
from dictsvc.search.homographs import homographs
from dictsvc.search.search_index import SearchIndex


def every(search_index: SearchIndex, dictionary: str, most: int) -> list[str]:
    """All headwords, page by page."""
    found: list[str] = []
    place: str | None = ""
    while place is not None:
        page = headword_page(search_index, dictionary, place, most)
        found += page.headwords
        place = page.after
    return found


@pytest.mark.parametrize("most", [1, 4, 7, 100])
@pytest.mark.parametrize("dictionary", ["vi-en", "en-vi"])
def test_pages_leave_nothing_out_and_repeat_nothing(search_index: SearchIndex, dictionary: str, most: int) -> None:
    whole = every(search_index, dictionary, 1000)
    language = search_index.snapshot.dictionaries[dictionary].source_language
    assert every(search_index, dictionary, most) == whole
    assert len(set(whole)) == len(whole) > 10
    assert [sort_key(word, language) for word in whole] == sorted(sort_key(word, language) for word in whole)


def test_there_is_a_way_back(search_index: SearchIndex) -> None:
    page = headword_page(search_index, "vi-en", "ma", 6)
    assert page.headwords == ("ma", "mà", "mả", "mã", "má", "mạ")
    assert page.after == "mục đích"
    before = headword_page(search_index, "vi-en", page.before or "", 6)
    assert before.after == "ma"
    assert before.headwords[-1] == "kỹ thuật"
    assert headword_page(search_index, "vi-en", "", 6).before is None


@pytest.mark.parametrize(
    ("headword", "dictionary", "before", "after"),
    [
        ("má", "vi-en", ("mả", "mã"), ("mạ", "mục đích")),
        ("a-lô", "vi-en", (), ("cơ sở", "do")),
        ("xử lý", "vi-en", ("từ điển", "xác định"), ()),
        ("do", "vi-en", ("a-lô", "cơ sở"), ("đảng", "đảng ủy")),
        ("run", "en-vi", ("resolution", "revolution"), ("run out", "running")),
    ],
)
def test_neighbours(
    search_index: SearchIndex, headword: str, dictionary: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    beside = neighbours(search_index, headword, dictionary, 2)
    assert (beside.before, beside.after) == (before, after)


@pytest.mark.parametrize(
    ("headword", "dictionary", "longer"),
    [
        ("đảng", "vi-en", ("đảng ủy",)),
        ("run", "en-vi", ("run out",)),
        ("thủy", "vi-en", ("thủy thủ", "thuỷ thủ")),
        ("quyet", "vi-en", ()),
        ("đảng ủy", "vi-en", ()),
        ("😀", "vi-en", ()),
        ('"', "vi-en", ()),
    ],
)
def test_longer_headwords(search_index: SearchIndex, headword: str, dictionary: str, longer: tuple[str, ...]) -> None:
    assert set(longer_headwords(search_index, headword, [dictionary], 10)) == set(longer)
    assert len(longer_headwords(search_index, headword, [dictionary], 1)) == min(1, len(longer))


def test_idioms_that_stand_elsewhere(search_index: SearchIndex) -> None:
    found = idioms_with(search_index, "ra", "vi-en", 10)
    assert [(idiom.phrase, idiom.headword) for idiom in found] == [("ra nghị quyết", "nghị quyết")]
    assert idioms_with(search_index, "nghị quyết", "vi-en", 10) == ()


@pytest.mark.parametrize(
    ("text", "dictionaries", "expected"),
    [
        ("ma", (), ["ma", "mà", "mả", "mã", "má", "mạ"]),
        ("DO", (), ["do đo", "đỏ đổ", "đó", "độ"]),
        ("do", ("vi-en",), ["do đo", "đỏ đổ", "đó", "độ"]),
        ("do", ("en-vi",), []),
        ("đo", (), []),
        ("sim", (), []),
        ("hoc sinh", (), []),
        ("m*", (), []),
        ("", (), []),
    ],
)
def test_homographs(search_index: SearchIndex, text: str, dictionaries: tuple[str, ...], expected: list[str]) -> None:
    assert [" ".join(group.headwords) for group in homographs(search_index, text, dictionaries)] == expected
