"""GET /lookup: what it finds, how it says so, and what it says of bad input.

On real dictionaries the numbered properties of the service are proved in test_full.py.
"""

from __future__ import annotations

import msgspec
import pytest
from flask.testing import FlaskClient

from dictsvc.model import LookupResult
from tests.web.asserting import assert_problem


def ask(client: FlaskClient, **parameters: str) -> LookupResult:
    response = client.get("/lookup", query_string=parameters)
    assert response.status_code == 200, response.text
    return msgspec.json.decode(response.data, type=LookupResult)


@pytest.mark.parametrize(
    ("query", "headword", "kind"),
    [
        ("nghị quyết", "nghị quyết", "exact"),
        ("nghi quyet", "nghị quyết", "unaccented"),
        ("  nghị   quyết ", "nghị quyết", "exact"),
        ("NGHỊ QUYẾT", "nghị quyết", "spelling"),
        ("hoà bình", "hòa bình", "spelling"),
        ("hòa bình", "hòa bình", "exact"),
        ("kĩ thuật", "kỹ thuật", "spelling"),
        ("hà-nội", "Hà Nội", "spelling"),
        ("alo", "a-lô", "joined"),
        ("hocsinh", "học sinh", "joined"),
        ("sử lí", "xử lý", "regional"),
        ("went", "go", "form"),
        ("children", "child", "form"),
        ("the resolution", "resolution", "form"),
        ("To run", "run", "form"),
        ("the children", "child", "form"),
        ("a cafe", "café", "form"),
        ("“nghị quyết”,", "nghị quyết", "spelling"),
        ("go on", "go", "idiom"),
        ("high resolution", "resolution", "collocation"),
        ("Go-on", "go", "idiom"),
        ("to go off", "go", "idiom"),
        ("go off", "go", "idiom"),
        ("ra nghi quyet", "nghị quyết", "idiom"),
        ("resolutoin", "resolution", "typo"),
        ("cafe", "café", "unaccented"),
        ("xã định", "xác định", "typo"),
    ],
)
def test_finds_what_was_meant(client: FlaskClient, query: str, headword: str, kind: str) -> None:
    best = ask(client, q=query).results[0]
    assert (best.headword, best.match.kind) == (headword, kind)


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("má", "má", "mà"),
        ("thủy thủ", "thủy thủ", "thuỷ thủ"),
        ("run", "run", "running"),
        ("run out", "run out", "run"),
    ],
)
def test_a_before_b(client: FlaskClient, query: str, first: str, second: str) -> None:
    found = [hit.headword for hit in ask(client, q=query, limit="50").results]
    assert first in found
    if second in found:
        assert found.index(first) < found.index(second)


def test_structure_of_a_hit(client: FlaskClient) -> None:
    hit = ask(client, q="nghị quyết").results[0]
    assert hit.senses[0].part_of_speech == "noun"
    assert hit.senses[0].labels == ("chính trị",)
    assert hit.senses[0].examples[0].target == "adopt a resolution"
    assert hit.idioms[0].phrase == "ra nghị quyết"
    assert hit.idioms[0].senses[0].gloss == "pass a resolution"


def test_homographs_all_stay_and_more_counts(client: FlaskClient) -> None:
    result = ask(client, q="do", dict="vi-en", limit="3")
    assert len(result.results) == 3
    assert result.more == 4
    assert [hit.headword for hit in ask(client, q="do", dict="vi-en").results].count("do") == 2


def test_translation_finds_the_other_direction(client: FlaskClient) -> None:
    result = ask(client, q="sailor", dict="vi-en")
    assert not result.found
    assert result.results[0].headword == "thủy thủ"
    assert result.results[0].match.matched == "sailor"


@pytest.mark.parametrize(
    ("parameters", "status", "problem"),
    [
        ({}, 400, "missing-query"),
        ({"q": ""}, 400, "blank-query"),
        ({"q": "  \u3000"}, 400, "blank-query"),
        ({"q": "x" * 201}, 400, "query-too-long"),
        ({"q": "a\x00b"}, 400, "control-characters"),
        ({"q": "a\x1bb"}, 400, "control-characters"),
        ({"q": "a", "dict": "vi-en,zz"}, 404, "unknown-dictionary"),
        ({"q": "a", "limit": "0"}, 400, "bad-parameter"),
        ({"q": "a", "limit": "51"}, 400, "bad-parameter"),
        ({"q": "a", "limit": "abc"}, 400, "bad-parameter"),
        ({"q": "a", "limit": "٣"}, 400, "bad-parameter"),
        ({"q": "a", "mode": "magic"}, 400, "bad-parameter"),
        ({"q": "a", "lang": "xx"}, 400, "bad-parameter"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_bad_input(client: FlaskClient, parameters: dict[str, str], status: int, problem: str, language: str) -> None:
    response = client.get("/lookup", query_string={"lang": language} | parameters)
    assert_problem(response, status, problem)


def test_bad_utf8(client: FlaskClient) -> None:
    assert_problem(client.get("/lookup?q=%ff%fe"), 400, "bad-encoding")


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "😀",
        "a" + "\u0301" * 199,
        "\u200fnghị quyết\u202e",
        '"',
        "*",
        "%",
    ],
)
def test_odd_input_is_answered(client: FlaskClient, query: str) -> None:
    assert ask(client, q=query).query == query
    page = client.get("/", query_string={"q": query})
    assert page.status_code == 200
    assert "<script>" not in page.text


def test_right_to_left_marks_are_ignored(client: FlaskClient) -> None:
    assert ask(client, q="\u200fnghị quyết\u202c").results[0].headword == "nghị quyết"


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/entry/zz", 404), ("/entry/00000000000000", 404)])
def test_nothing_there(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert "Traceback" not in response.text


def test_same_query_same_answer(client: FlaskClient) -> None:
    assert len({client.get("/lookup?q=do").data for _ in range(5)}) == 1


def test_not_modified(client: FlaskClient) -> None:
    tag = client.get("/lookup?q=do").headers["ETag"]
    again = client.get("/lookup?q=do", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/lookup?q=Do", headers={"If-None-Match": tag}).status_code == 200
