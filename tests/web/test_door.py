"""What every answer has: headers, a request id, CORS; and the answers that are kept."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from dictsvc.loading import LoadRequest, load
from dictsvc.web.middleware.response_cache import MOST_KEPT_BYTES, Answer, ResponseCache
from dictsvc.web.reply import Reply
from tests.conftest import FIXTURES, load_mini, make_app
from tests.web.asserting import json_of

EVERY_KIND = ["/lookup?q=go", "/lookup", "/nowhere", "/", "/fragment", "/docs", "/metrics", "/static/dictsvc.css",
              "/readyz", "/opensearch.xml", "/entry/zz"]  # fmt: skip


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_has_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Permissions-Policy"]
    assert headers.getlist("Access-Control-Allow-Origin") == ["*"]
    assert headers["X-Request-Id"]
    assert "Set-Cookie" not in headers


def test_frame_ancestors_are_configurable(mini_database: Path) -> None:
    client = make_app(mini_database, frame_ancestors="https://tinh.gov.vn 'self'").test_client()
    assert client.get("/").headers["Content-Security-Policy"].endswith("frame-ancestors https://tinh.gov.vn 'self'")


@pytest.mark.parametrize("path", ["/lookup?q=go", "/lookup", "/nowhere"])
def test_cors_for_some_origins(mini_database: Path, path: str) -> None:
    client = make_app(mini_database, cors_origins="https://a.vn, https://b.vn").test_client()
    known = client.get(path, headers={"Origin": "https://b.vn"})
    other = client.get(path, headers={"Origin": "https://c.vn"})
    assert known.headers.getlist("Access-Control-Allow-Origin") == ["https://b.vn"]
    assert "Access-Control-Allow-Origin" not in other.headers
    assert known.headers["Vary"] == other.headers["Vary"] == "Origin"


def test_request_ids_differ_and_the_proxys_is_kept_where_it_is_trusted(mini_database: Path) -> None:
    for hops, kept in ((0, False), (1, True)):
        client = make_app(mini_database, proxy_hops=hops).test_client()
        given = client.get("/healthz", headers={"X-Request-Id": "abc-1"}).headers["X-Request-Id"]
        assert (given == "abc-1") is kept
        odd = client.get("/healthz", headers={"X-Request-Id": 'a"b'}).headers["X-Request-Id"]
        assert odd not in (given, 'a"b')


def test_forwarded_headers_count_only_behind_proxies(mini_database: Path) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/x", "X-Forwarded-Proto": "https"}
    direct = make_app(mini_database).test_client().get("/fragment?q=go", headers=headers).text
    behind = make_app(mini_database, proxy_hops=1).test_client().get("/fragment?q=go", headers=headers).text
    assert "evil.example" not in direct
    assert "https://evil.example/x/entry/" in behind


@pytest.mark.parametrize("host", ["a b", "a/b", "\xff", "[::1", "x" * 300, "a:b:c", "<script>"])
def test_a_host_that_is_none(client: FlaskClient, host: str) -> None:
    response = client.get("/fragment?q=go", headers={"Host": host})
    assert response.status_code in (200, 400)
    assert "<script>" not in response.text
    assert "Traceback" not in response.text


def test_what_breaks_outside_flask_is_a_problem_too(
    mini_database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    app = make_app(mini_database)
    monkeypatch.setattr(app.wsgi_app, "_inside", broken)
    response = app.test_client().get("/healthz")
    document = msgspec.json.decode(response.data)
    assert (response.status_code, document["type"]) == (500, "urn:dictsvc:problem:internal")
    assert "secret" not in response.text
    assert "a secret of the inside" in caplog.text


def test_unforeseen_errors_are_problems_without_their_text(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Specified argument was out of the range of valid values.")

    monkeypatch.setattr("dictsvc.web.service.lookup", broken)
    for path in ("/lookup?q=unforeseen", "/fragment?q=unforeseen", "/?q=unforeseen"):
        response = app.test_client().get(path)
        assert response.status_code == 500
        assert "Specified argument" not in response.text


def answer(body: bytes = b"x") -> Answer:
    return Answer(Reply("200 OK", [("ETag", '"x"')], body, '"x"'))


def incompressible(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def cache_of(size: int) -> ResponseCache:
    """An empty cache, of generation 1."""
    cache = ResponseCache(size)
    cache.get("", "1")
    return cache


def test_the_cache_gives_back_what_it_was_given() -> None:
    cache = cache_of(2)
    given = answer(incompressible(100) + b"x" * 100)
    cache.keep("a", "1", given, 1.0)
    assert cache.get("a", "1") == given


def test_the_cache_keeps_the_latest_of_the_present_generation() -> None:
    cache = cache_of(2)
    for name in "ab":
        cache.keep(name, "1", answer(), 1.0)
    assert cache.get("a", "1")
    cache.keep("c", "1", answer(), 1.0)
    assert [cache.get(name, "1") is not None for name in "abc"] == [True, False, True]
    assert cache.get("a", "2") is None
    cache.keep("a", "1", answer(), 1.0)  # made before the change
    assert (cache.get("a", "2"), len(cache)) == (None, 0)


def test_the_cache_refuses_large_answers_and_a_size_of_none() -> None:
    cache = cache_of(2)
    cache.keep("a", "1", answer(incompressible(MOST_KEPT_BYTES + 1)), 1.0)
    assert len(cache) == 0
    cache.keep("a", "1", answer(b"x" * (MOST_KEPT_BYTES + 1)), 1.0)
    assert len(cache) == 1
    none = cache_of(0)
    assert [(none.get("a", "1"), none.wants(answer(), none.count("a"), 1.0)) for _ in range(3)] == [(None, False)] * 3


@pytest.fixture
def own_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many places to count in that no two addresses share one."""
    monkeypatch.setattr("dictsvc.web.middleware.response_cache._COUNTED", 1 << 16)


def asked(cache: ResponseCache, names: str, made: Answer | None = None, seconds: float = 1.0) -> list[bool]:
    """Whether each answer was kept when its name was asked for, as the door does it."""
    made = made or answer()
    kept = []
    for name in names:
        count = cache.count(name)
        kept.append(cache.get(name, "1") is not None)
        if not kept[-1] and cache.wants(made, count, seconds):
            cache.keep(name, "1", made, seconds)
    return kept


@pytest.mark.usefixtures("own_places")
def test_the_cache_wants_what_is_asked_for_again_and_at_once_what_took_long() -> None:
    assert asked(cache_of(2), "aaabb", seconds=0.0001) == [False, False, True, False, False]
    assert asked(cache_of(2), "aa", seconds=0.001) == [False, True]


@pytest.mark.usefixtures("own_places")
def test_what_is_asked_for_less_pushes_nothing_out() -> None:
    cache = cache_of(2)
    asked(cache, "ababab")
    asked(cache, "cdefghcdefgh")
    assert asked(cache, "ab") == [True, True]


@pytest.mark.usefixtures("own_places")
def test_what_is_asked_for_more_often_takes_the_place() -> None:
    cache = cache_of(2)
    asked(cache, "aabb")
    asked(cache, "ccccdddd")
    assert asked(cache, "cdab") == [True, True, False, False]


@pytest.mark.usefixtures("own_places")
def test_what_takes_long_is_worth_more() -> None:
    cache = cache_of(2)
    asked(cache, "aabb", seconds=0.01)
    asked(cache, "ccccdddd", seconds=0.001)
    assert asked(cache, "abcd") == [True, True, False, False]


@pytest.mark.usefixtures("own_places")
def test_what_is_short_is_worth_more() -> None:
    cache = cache_of(2)
    asked(cache, "aabb", answer(b"x" * 100))
    asked(cache, "ccccdddd", answer(b"x" * 5000))
    assert asked(cache, "abcd") == [True, True, False, False]


@pytest.mark.usefixtures("own_places")
def test_what_was_asked_for_long_ago_counts_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dictsvc.web.middleware.response_cache._LATELY", 4)  # after eight requests counts are halved
    cache = cache_of(2)
    assert [cache.count("a") for _ in range(3)] == [1, 2, 3]
    for _ in range(5):
        cache.count("b")
    assert cache.count("a") == 2


def test_the_cache_wants_nothing_that_caches_must_not_keep() -> None:
    cache = cache_of(2)
    assert cache.wants(answer(), 9, 1.0)
    assert not cache.wants(Answer(Reply("200 OK", [], b"x")), 9, 1.0)
    assert not cache.wants(Answer(Reply("304 NOT MODIFIED", [("ETag", '"x"')], b"", '"x"')), 9, 1.0)


def test_the_cache_is_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dictsvc.web.middleware.response_cache.CACHE_BYTES", 10_000)
    cache = cache_of(1000)
    for number in range(50):
        cache.keep(str(number), "1", answer(incompressible(1000)), 1.0)
        cache.keep(str(number), "1", answer(incompressible(1500)), 1.0)
    assert len(cache) == 5
    assert cache.get("49", "1")
    assert not cache.get("44", "1")


def test_kept_answers_are_the_same_and_know_what_the_client_has(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = client.get("/lookup?q=kept"), client.get("/lookup?q=kept")
    monkeypatch.delattr("dictsvc.web.service.lookup")  # from now on nothing can be looked up
    third = client.get("/lookup?q=kept")
    assert first.data == second.data == third.data
    assert first.headers["ETag"] == second.headers["ETag"] == third.headers["ETag"]
    assert len({answer.headers["X-Request-Id"] for answer in (first, second, third)}) == 3
    for known in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"x", {first.headers["ETag"]}', "*"):
        again = client.get("/lookup?q=kept", headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


DIRECT = ["/lookup?q=go", "/lookup?q=nghi+quyet&limit=2&mode=strict", "/suggest?q=ng", "/suggest?q=g&dict=en-vi"]
REFUSED_DIRECTLY = ["/lookup", "/lookup?q=%ff", "/lookup?q=go&dict=none&lang=en", "/lookup?q=go&limit=0",
                    "/suggest?q=g&dict=none", "/suggest?q=%00a"]  # fmt: skip


@pytest.mark.parametrize("path", [*DIRECT, *REFUSED_DIRECTLY])
def test_what_is_answered_without_flask_is_answered_as_by_flask(
    mini_database: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    app = make_app(mini_database)
    client = app.test_client()
    direct, known = client.get(path), {"If-None-Match": client.get(path).headers.get("ETag", "none")}
    head, unchanged = client.head(path), client.get(path, headers=known)
    monkeypatch.setattr(app.wsgi_app, "_direct", {})
    monkeypatch.setattr(app.wsgi_app, "_cache", ResponseCache(0))
    through_flask, unchanged_by_flask = client.get(path), client.get(path, headers=known)
    assert (direct.status, direct.data) == (through_flask.status, through_flask.data)
    assert (unchanged.status, unchanged.data) == (unchanged_by_flask.status, unchanged_by_flask.data)
    for one, other in ((direct, through_flask), (head, through_flask), (unchanged, unchanged_by_flask)):
        assert _without_id(one.headers) == _without_id(other.headers)


def _without_id(headers: Headers) -> set[tuple[str, str]]:
    return {header for header in headers if header[0] != "X-Request-Id"}


def test_kept_html_depends_on_the_host(client: FlaskClient) -> None:
    one = client.get("/fragment?q=go", headers={"Host": "one.vn"})
    two = client.get("/fragment?q=go", headers={"Host": "two.vn"})
    assert "http://one.vn/" in one.text
    assert "http://two.vn/" in two.text
    assert one.headers["ETag"] != two.headers["ETag"]


def test_a_new_file_is_answered_from_at_once(tmp_path: Path) -> None:
    database = load_mini(tmp_path / "dictsvc.sqlite3")
    app = make_app(database)
    client = app.test_client()
    before = client.get("/lookup?q=brandnew")
    assert json_of(before)["results"] == []
    source = tmp_path / "en-vi.tsv"
    shutil.copy(FIXTURES / "en-vi.tsv", source)
    with source.open("a", encoding="utf-8") as file:
        file.write("brandnew\t\tnoun\tmới tinh\n")
    load(database, [LoadRequest(path=source, id="en-vi")])
    app.extensions["dictsvc"].live_snapshot.refresh()
    after = client.get("/lookup?q=brandnew", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert json_of(after)["results"][0]["headword"] == "brandnew"
    assert json_of(after)["generation"] != json_of(before)["generation"]
