"""POST /lookup and GET /dictionaries; HEAD, OPTIONS and the methods that are none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient

from dictsvc.model import LookupResult
from dictsvc.web.problems import ProblemDocument
from dictsvc.web.request_bodies import MAX_BODY_BYTES
from tests.web.asserting import assert_problem, json_of


def post(client: FlaskClient, body: object, **more: Any) -> Any:
    return client.post("/lookup", data=msgspec.json.encode(body), content_type="application/json", **more)


def test_a_batch_is_answered_in_order_with_problems_in_their_place(client: FlaskClient) -> None:
    queries = ["nghi quyet", {"q": "go", "dict": "en-vi", "limit": 1}, "", {"q": "do", "dict": "zz"}]
    response = post(client, {"queries": queries, "lang": "en"})
    assert response.status_code == 200
    first, second, third, fourth = msgspec.json.decode(response.data)["answers"]
    assert msgspec.convert(first, LookupResult).results[0].headword == "nghị quyết"
    assert [hit["dictionary"] for hit in second["results"]] == ["en-vi"]
    assert msgspec.convert(third, ProblemDocument).type.endswith(":blank-query")
    assert (fourth["status"], "zz" in fourth["detail"]) == (404, True)


def test_a_batch_agrees_with_single_lookups(client: FlaskClient) -> None:
    words = ["do", "nghi quyet", "resolutoin", "zzzz"]
    answers = msgspec.json.decode(post(client, {"queries": words, "limit": 3}).data)["answers"]
    assert answers == [client.get("/lookup", query_string={"q": word, "limit": 3}).json for word in words]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"q": "a", "limit": 99}, "bad-parameter"),
        ({"q": "a", "limit": 0}, "bad-parameter"),
        ({"q": "a", "mode": "magic"}, "bad-parameter"),
        ({"q": "x" * 201}, "query-too-long"),
        ({"q": "a\x00b"}, "control-characters"),
        ("a\x1b", "control-characters"),
    ],
)
def test_one_bad_query_is_a_problem_in_its_place(client: FlaskClient, query: object, problem: str) -> None:
    good, bad = msgspec.json.decode(post(client, {"queries": ["go", query]}).data)["answers"]
    assert good["found"]
    assert bad["type"].endswith(":" + problem)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"queries": []},
        {"queries": ["a"] * 101},
        {"queries": [5]},
        {"queries": ["a"], "lang": "xx"},
        {"queries": ["a"], "more": 1},
        {"queries": [{"q": "a", "more": 1}]},
        {"queries": "go"},
    ],
)
def test_a_body_of_another_shape(client: FlaskClient, body: object) -> None:
    assert_problem(post(client, body), 400, "bad-body")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"queries": ["\\ud800"]}', b"[" * 10_000])
def test_a_body_that_is_no_json(client: FlaskClient, data: bytes) -> None:
    assert_problem(client.post("/lookup", data=data, content_type="application/json"), 400, "bad-body")


def test_a_hundred_queries_are_the_most(client: FlaskClient) -> None:
    assert len(msgspec.json.decode(post(client, {"queries": ["go"] * 100}).data)["answers"]) == 100


def test_other_content_types(client: FlaskClient) -> None:
    assert_problem(client.post("/lookup", data={"q": "go"}), 415, "unsupported-media-type")
    assert_problem(client.post("/lookup", data=b"{}"), 415, "unsupported-media-type")


def test_a_large_body(client: FlaskClient) -> None:
    assert_problem(post(client, {"queries": ["x" * MAX_BODY_BYTES]}), 413, "too-large")


def test_dictionaries(client: FlaskClient) -> None:
    listed = client.get("/dictionaries")
    assert [d["id"] for d in json_of(listed)["dictionaries"]] == ["vi-en", "en-vi"]
    assert json_of(listed)["generation"] == json_of(client.get("/lookup?q=go"))["generation"]
    known = client.get("/dictionaries", headers={"If-None-Match": listed.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


@pytest.mark.parametrize("path", ["/lookup?q=go", "/", "/fragment?q=go", "/dictionaries", "/healthz", "/docs"])
def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers.get("ETag") == got.headers.get("ETag")
    assert head.content_type == got.content_type


@pytest.mark.parametrize(("path", "methods"), [("/lookup", "GET HEAD OPTIONS POST"), ("/docs", "GET HEAD OPTIONS")])
def test_options_say_what_is_allowed(client: FlaskClient, path: str, methods: str) -> None:
    response = client.options(path, headers={"Origin": "https://tinh.gov.vn"})
    assert response.status_code == 200
    assert sorted(response.headers["Allow"].split(", ")) == methods.split()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "POST"])
@pytest.mark.parametrize("path", ["/dictionaries", "/healthz", "/openapi.json"])
def test_no_other_method_on_any_route(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)
    assert_problem(response, 405, "method-not-allowed")
    assert "GET" in response.headers["Allow"]
