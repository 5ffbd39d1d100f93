"""The words of a passage: joined to headwords, their places counted in code points of the text as it was sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dictsvc.errors import UnknownDictionaryError
from dictsvc.language.vietnamese import segmentation
from dictsvc.model import Part
from dictsvc.search import passages
from dictsvc.search.passages import MOST_CHARACTERS, Passage
from dictsvc.search.search_index import SearchIndex

_SENTENCE = "Học sinh xác định mục đích"


@pytest.fixture(params=["cold", "warm"])
def pyvi(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """With the segmenter loaded, and as it is while it still loads."""
    if request.param == "warm":
        segmentation.warm_up()
    else:
        monkeypatch.setattr(passages, "is_warm", lambda: False)
    yield request.param


def named(parts: tuple[Part, ...]) -> list[tuple[str, str | None]]:
    return [(part.text, part.headword) for part in parts]


def assert_places_are_right(text: str, parts: tuple[Part, ...]) -> None:
    assert all(text[part.start : part.end] == part.text for part in parts)
    assert all(before.end <= after.start for before, after in pairwise(parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_SENTENCE, [("Học sinh", "học sinh"), ("xác định", "xác định"), ("mục đích", "mục đích")]),
        ("hoc sinh xac dinh muc dich", [("hoc sinh", "học sinh"), ("xac dinh", "xác định"), ("muc dich", "mục đích")]),
        ("xac dinh mục đich", [("xac dinh", "xác định"), ("mục đich", "mục đích")]),
        ("cơ sở ủy quyet", [("cơ sở", "cơ sở"), ("ủy", None), ("quyet", None)]),
        ("đảng ủy", [("đảng ủy", "đảng ủy")]),
        ("đảng, ủy", [("đảng", "đảng"), ("ủy", None)]),
        ("cơ sở đảng", [("cơ sở", "cơ sở"), ("đảng", "đảng")]),
        ("HÀ NỘI – hoà bình!", [("HÀ NỘI", "Hà Nội"), ("hoà bình", "hòa bình")]),
        ("kĩ  thuật", [("kĩ  thuật", "kỹ thuật")]),
        ("mà má", [("mà", "mà"), ("má", "má")]),
        ("xyz", [("xyz", None)]),
        ("a-lô", [("a-lô", "a-lô")]),
        ("don't run out", [("don't", "don't"), ("run out", "run out")]),
        ("she went", [("she", None), ("went", "go")]),
        ("… — 😀", []),
        ("", []),
    ],
)
def test_words_are_joined_to_headwords(
    search_index: SearchIndex, pyvi: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    parts = Passage(search_index, text).parts()
    assert named(parts) == expected
    assert_places_are_right(text, parts)


@pytest.mark.parametrize("before", ["", "😀 ", "𝒳😀  ", "e\u0323\u0302 ", "\u200b", "“", "Một 😀 câu: "])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_code_points_of_the_text_as_sent(
    search_index: SearchIndex, pyvi: str, before: str, form: str
) -> None:
    sentence = unicodedata.normalize(form, _SENTENCE)  # type: ignore[arg-type]
    text = before + sentence + " 😀"
    parts = Passage(search_index, text).parts()
    assert_places_are_right(text, parts)
    assert [part.headword for part in parts][-3:] == ["học sinh", "xác định", "mục đích"]
    assert parts[-3].start == len(before)
    assert text[parts[-1].start : parts[-1].end] == unicodedata.normalize(form, "mục đích")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "clicked", "expected"),
    [
        ("thông qua nghị quyết", "quyết", [("nghị quyết", "nghị quyết"), ("quyết", None)]),
        ("thông qua nghị quyết", "nghị", [("nghị quyết", "nghị quyết"), ("nghị", None)]),
        ("của đảng ủy khối", "đảng", [("đảng ủy", "đảng ủy"), ("đảng", "đảng")]),
        ("của đảng ủy khối", "khối", [("khối", None)]),
        ("nghi quyet nay", "quyet", [("nghi quyet", "nghị quyết"), ("quyet", None)]),
        ("nghi quyet này", "quyet", [("quyet", None)]),
        ("nghị, quyết", "quyết", [("quyết", None)]),
        ("we run out now", "run", [("run out", "run out"), ("run", "run")]),
    ],
)
def test_what_the_word_at_a_place_belongs_to(
    search_index: SearchIndex, pyvi: str, text: str, clicked: str, expected: list[tuple[str, str | None]]
) -> None:
    for within in (0, len(clicked) // 2, len(clicked)):
        assert named(Passage(search_index, text).around(text.index(clicked) + within)) == expected


def test_the_place_is_found_behind_letters_of_two_units(search_index: SearchIndex, pyvi: str) -> None:
    text = unicodedata.normalize("NFD", "😀😀 thông qua nghị quyết")
    place = text.index("quye")
    parts = Passage(search_index, text).around(place)
    assert parts[0].headword == "nghị quyết"
    assert parts[0].start < place < parts[0].end
    assert text[parts[0].start : parts[0].end] == unicodedata.normalize("NFD", "nghị quyết")


@pytest.mark.parametrize("offset", [4, 6, 99])
def test_where_there_is_no_word_there_is_nothing(search_index: SearchIndex, offset: int) -> None:
    assert Passage(search_index, "mà   … má").around(offset) == ()


def test_in_some_dictionaries_only(search_index: SearchIndex) -> None:
    assert named(Passage(search_index, "run má", ("vi-en",)).parts()) == [("run", None), ("má", "má")]
    assert named(Passage(search_index, "run má", ("en-vi",)).parts()) == [("run", "run"), ("má", None)]
    with pytest.raises(UnknownDictionaryError):
        Passage(search_index, "run", ("zz",))


_pieces = st.sampled_from([*"aạ -_.'\n", "\u0301", "😀", "ﷺ", "İ", "học", "sinh", "22-NQ/TW"])


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80) | st.lists(_pieces, max_size=60).map("".join), st.integers(0, 90))
def test_any_text_is_read(search_index: SearchIndex, text: str, offset: int) -> None:
    segmentation.warm_up()
    found = Passage(search_index, text)
    assert_places_are_right(text, found.parts())
    assert all(part.start <= offset <= part.end for part in found.around(offset))


def test_the_longest_passage_of_the_shortest_words(search_index: SearchIndex) -> None:
    segmentation.warm_up()
    text = ("*à" * MOST_CHARACTERS)[:MOST_CHARACTERS]
    assert len(Passage(search_index, text).parts()) == MOST_CHARACTERS // 2
