"""What every request passes: headers, a request id, CORS, the response cache; errors outside of views."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from dictsvc.loading import LoadRequest, load
from dictsvc.web.route import Route
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
    monkeypatch.setattr(app.wsgi_app, "_flask", broken)
    response = app.test_client().get("/entry/zz")
    document = msgspec.json.decode(response.data)
    assert (response.status_code, document["type"]) == (500, "urn:dictsvc:problem:internal")
    assert "secret" not in response.text
    assert "a secret of the inside" in caplog.text


def test_unforeseen_errors_are_problems_without_their_text(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Specified argument was out of the range of valid values.")

    for route, path in (("lookup", "/lookup"), ("pages", "/fragment"), ("pages", "/"), ("pages", "/widget")):
        monkeypatch.setattr(f"dictsvc.web.routes.{route}.lookup", broken)
        response = app.test_client().get(f"{path}?q=unforeseen")
        assert response.status_code == 500
        assert "Specified argument" not in response.text
        assert (response.mimetype == "text/html") == (path != "/lookup"), "said in the way of the route"


def test_kept_answers_are_the_same_and_know_what_the_client_has(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = client.get("/lookup?q=kept"), client.get("/lookup?q=kept")  # kept at the second time at the latest
    monkeypatch.delattr("dictsvc.web.routes.lookup.lookup")  # from now on nothing can be looked up
    third = client.get("/lookup?q=kept")
    assert first.data == second.data == third.data
    assert first.headers["ETag"] == second.headers["ETag"] == third.headers["ETag"]
    assert len({answer.headers["X-Request-Id"] for answer in (first, second, third)}) == 3
    for known in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"x", {first.headers["ETag"]}', "*"):
        again = client.get("/lookup?q=kept", headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


DIRECT = ["/lookup?q=go", "/lookup?q=nghi+quyet&limit=2&mode=strict", "/suggest?q=ng", "/suggest?q=g&dict=en-vi",
          "/?q=go", "/fragment?q=do", "/browse", "/dictionaries", "/docs", "/openapi.json", "/widget.js",
          "/opensearch.xml", "/healthz"]  # fmt: skip
REFUSED_DIRECTLY = ["/lookup", "/lookup?q=%ff", "/lookup?q=go&dict=none&lang=en", "/lookup?q=go&limit=0",
                    "/suggest?q=g&dict=none", "/suggest?q=%00a", "/fragment?q=go&mode=no", "/browse?dict=none",
                    "/?q=%ff"]  # fmt: skip


@pytest.mark.parametrize("path", [*DIRECT, *REFUSED_DIRECTLY])
def test_what_is_answered_without_flask_is_answered_as_by_flask(
    mini_database: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    app = make_app(mini_database, cache_bytes=0)
    client = app.test_client()
    direct, known = client.get(path), {"If-None-Match": client.get(path).headers.get("ETag", "none")}
    head, unchanged = client.head(path), client.get(path, headers=known)
    monkeypatch.setattr(Route, "has_fixed_path", False)
    through_flask, unchanged_by_flask = client.get(path), client.get(path, headers=known)
    assert (direct.status, direct.data) == (through_flask.status, through_flask.data)
    assert (unchanged.status, unchanged.data) == (unchanged_by_flask.status, unchanged_by_flask.data)
    for one, other in ((direct, through_flask), (head, through_flask), (unchanged, unchanged_by_flask)):
        assert _without_id(one.headers) == _without_id(other.headers)


@pytest.mark.parametrize("path", ["/static/none", "/static/a%0Ab", "/entry/zz", "/entry/a/b"])
def test_what_flask_does_not_route_is_reported_in_the_way_of_the_route(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.mimetype) == (404, "text/html")


@pytest.mark.parametrize("path", REFUSED_DIRECTLY)
def test_what_is_refused_is_asked_once(mini_database: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    app = make_app(mini_database)
    monkeypatch.delattr(app.wsgi_app, "_flask")
    assert app.test_client().get(path).status_code in (400, 404)


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
