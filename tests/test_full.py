"""The service on real dictionaries (42,000 to 106,000 entries each).

Properties proved here, each by name:
1. What is spelled as a headword is found first; whatever else is found comes after.
2. A query without marks finds the headword with marks; a query with marks never prefers other marks.
3. Spelling variants of one word (tone placement, case, composition, spaces) find the same entries.
4. All headwords of one folded key come before anything looser, the commonest first, and `more` counts the rest.
5. The misprints of a real portal page find what was meant within the first three results.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import msgspec
import pytest
from flask.testing import FlaskClient

from dictsvc.language.profiles import profile_of
from dictsvc.model import Hit, LookupResult

pytestmark = pytest.mark.shared
HEADWORDS_UNDER_DO = 25


def ask(client: FlaskClient, query: str, dictionary: str, **parameters: str) -> LookupResult:
    response = client.get("/lookup", query_string={"q": query, "dict": dictionary} | parameters)
    assert response.status_code == 200, response.text
    return msgspec.json.decode(response.data, type=LookupResult)


def first(client: FlaskClient, query: str, dictionary: str) -> Hit:
    return ask(client, query, dictionary).results[0]


@pytest.mark.parametrize(
    ("query", "dictionary", "headword", "kind"),
    [
        ("nghị quyết", "vi-en", "nghị quyết", "exact"),
        ("nghi quyet", "vi-en", "nghị quyết", "unaccented"),
        ("má", "vi-en", "má", "exact"),
        ("ĐẢNG", "vi-en", "đảng", "spelling"),
        (unicodedata.normalize("NFD", "đảng"), "vi-en", "đảng", "exact"),
        ("  đảng  ", "vi-en", "đảng", "exact"),
        ("resolutoin", "en-vi", "resolution", "typo"),
        ("coeur", "fr-vi", "coeur", "exact"),
    ],
)
def test_first_hit(full_client: FlaskClient, query: str, dictionary: str, headword: str, kind: str) -> None:
    best = first(full_client, query, dictionary)
    assert (best.headword, best.match.kind) == (headword, kind)


def test_a_ligature_is_its_letters(full_client: FlaskClient) -> None:
    assert first(full_client, "cœur", "fr-vi").headword == "coeur"


@pytest.mark.parametrize("query", ["hòa bình", "hoà bình"])
def test_either_tone_placement_finds_the_headword(full_client: FlaskClient, query: str) -> None:
    best = first(full_client, query, "vi-en")
    assert profile_of("vi").keys_of(best.headword).toned == profile_of("vi").keys_of("hòa bình").toned
    assert best.match.kind in ("exact", "spelling")


def test_both_entries_of_one_word_in_two_spellings(full_client: FlaskClient) -> None:
    found = [hit.headword for hit in ask(full_client, "thuỷ thủ", "vi-en").results]
    assert found[:2] == ["thuỷ thủ", "thủy thủ"]


def test_homographs_before_anything_looser(full_client: FlaskClient) -> None:
    every = ask(full_client, "do", "vi-en", limit="50")
    under_do = [hit for hit in every.results if profile_of("vi").keys_of(hit.headword).folded == "do"]
    assert len({hit.headword for hit in under_do}) == HEADWORDS_UNDER_DO
    assert every.results[: len(under_do)] == tuple(under_do)
    shown = ask(full_client, "do", "vi-en")
    assert shown.results == every.results[:10]
    assert shown.more == len(every.results) + every.more - 10


@pytest.mark.parametrize(
    ("misprint", "meant"),
    [("đản ủy", "đảng ủy"), ("cư sở", "cơ sở"), ("mục tích", "mục đích"), ("xã định", "xác định")],
)
def test_misprints_of_the_portal_page(full_client: FlaskClient, misprint: str, meant: str) -> None:
    wanted = profile_of("vi").keys_of(meant).toned
    found = [profile_of("vi").keys_of(hit.headword).toned for hit in ask(full_client, misprint, "vi-en").results[:3]]
    assert wanted in found


def test_several_dictionaries_at_once_keep_their_priority(full_client: FlaskClient) -> None:
    found = ask(full_client, "nghị quyết", "vi-fr,vi-en")
    assert [hit.dictionary for hit in found.results[:2]] == ["vi-fr", "vi-en"]
    assert [d.id for d in found.dictionaries] == ["vi-fr", "vi-en"]


def test_a_page_for_every_kind_of_entry(full_client: FlaskClient) -> None:
    for word in ("run", "nghị quyết", "faire", "đi"):
        page = full_client.get(f"/?q={quote(word)}")
        assert page.status_code == 200
        assert word in page.text


@pytest.mark.parametrize(
    ("sentence", "headwords"),
    [
        ("thực hiện nghị quyết của đảng", "thực hiện|nghị quyết|của|đảng"),
        ("ban co the di an com", "bạn|có thể|đi|ăn cơm"),
        ("tinh hinh kinh te xa hoi", "tình hình|kinh tế|xã hội"),
        ("the cat sat on the mat", "the|cat|sat|on|the|mat"),
        ("file excel bị lỗi", "file|excel|bị|lỗi"),
    ],
)
def test_a_sentence_is_read_in_its_language_and_explained_in_its_order(
    full_client: FlaskClient, sentence: str, headwords: str
) -> None:
    answer = full_client.get("/lookup", query_string={"q": sentence, "limit": 50}).json
    assert answer
    assert [part["headword"] for part in answer["parts"]] == headwords.split("|")
    if sentence.startswith("the "):
        assert not any(hit["dictionary"].startswith("vi-") for hit in answer["results"])
    explained = list(dict.fromkeys(hit["headword"] for hit in answer["results"] if hit["match"]["kind"] == "part"))
    assert explained == list(dict.fromkeys(headwords.split("|")))
