"""/healthz, /readyz and /metrics, also while there is no dictionary; what is counted."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from dictsvc import __version__
from dictsvc.match_kinds import MatchKind
from dictsvc.model import Dictionary
from dictsvc.web.middleware.metrics import Metrics
from dictsvc.web.route import OTHER
from dictsvc.web.route_table import all_routes
from tests.conftest import make_app
from tests.web.asserting import assert_problem, json_of


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Every sample by its name and labels."""
    response = client.get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_health(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.json == {"status": "ok", "version": __version__}
    assert response.headers["Cache-Control"] == "no-store"


def test_readiness_names_each_dictionary(client: FlaskClient) -> None:
    answer = json_of(client.get("/readyz"))
    assert answer["status"] == "ready"
    first = answer["dictionaries"][0]
    assert (first["id"], first["entry_count"] > 20, first["licence"]) == ("vi-en", True, "CC0-1.0")
    assert len(first["digest"]) >= 16


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "missing"), (b"no database" * 100, "damaged"), (b"", "foreign")]
)
def test_without_dictionaries(tmp_path: Path, content: bytes | None, reason: str) -> None:
    database = tmp_path / "dictsvc.sqlite3"
    if content is not None:
        database.write_bytes(content)
    client = make_app(database).test_client()
    assert client.get("/healthz").status_code == 200
    document = assert_problem(client.get("/readyz"), 503, "unavailable", "reason")
    assert document["reason"] == reason
    assert str(tmp_path) not in client.get("/readyz").text
    refused = client.get("/lookup?q=go")
    assert_problem(refused, 503, "unavailable")
    assert int(refused.headers["Retry-After"]) > 0
    assert "Hiện chưa đọc được từ điển" in client.get("/?q=go").text
    assert figures(client)["dictsvc_requests_total", "/lookup", "503"] == 1


def test_requests_and_lookups_are_counted(mini_database: Path) -> None:
    client = make_app(mini_database).test_client()
    for path in (
        "/lookup?q=go",
        "/lookup?q=go",
        "/lookup?q=zzzzzzzz",
        "/lookup",
        "/entry/zz",
        "/none",
        "/fragment?q=go",
    ):
        client.get(path)
    counted = figures(client)
    assert counted["dictsvc_requests_total", "/lookup", "200"] == 3
    assert counted["dictsvc_requests_total", "/lookup", "400"] == 1
    assert counted["dictsvc_requests_total", "/entry", "404"] == 1
    assert counted["dictsvc_requests_total", "other", "404"] == 1
    assert counted["dictsvc_request_seconds_count", "/lookup"] == 4
    assert counted["dictsvc_lookups_total", "exact"] == 3, "kept answers count too"
    assert counted["dictsvc_lookups_total", "none"] == 1
    assert counted["dictsvc_entries", "vi-en"] > 20


def test_no_label_holds_what_a_client_sent(mini_database: Path) -> None:
    client = make_app(mini_database).test_client()
    for path in (
        "/lookup?q=secretword",
        "/secretword",
        "/entry/secretword",
        "/static/secretword",
        "/lookup/secretword",
    ):
        client.get(path, headers={"Host": "secretword", "User-Agent": "secretword"})
    client.open("/lookup", method="SECRETWORD")
    assert "secretword" not in client.get("/metrics").text.lower()


def test_every_status_is_counted_as_what_it_is(mini_database: Path) -> None:
    client = make_app(mini_database, demo=True).test_client()
    sent = {
        ("other", "308"): client.get("/demo"),
        ("other", "206"): client.get("/static/dictsvc.css", headers={"Range": "bytes=0-9"}),
        ("/segment", "405"): client.get("/segment"),
        ("/segment", "415"): client.post("/segment", data={"text": "a"}),
    }
    counted = figures(client)
    for (route, status), response in sent.items():
        assert response.status_code == int(status)
        assert counted["dictsvc_requests_total", route, status] == 1
    assert not [labels for labels in counted if labels[-1] == "500"]
    metrics = Metrics()
    metrics.answered("/lookup", HTTPStatus.REQUEST_TIMEOUT, 5.0)
    assert b'route="/lookup",status="408"' in metrics.exposition(lambda: ())


def test_the_lookups_of_a_batch_are_counted(mini_database: Path) -> None:
    client = make_app(mini_database).test_client()
    client.post("/lookup", json={"queries": ["go", "go", "zzzzzzzz", ""]})
    counted = figures(client)
    assert counted["dictsvc_lookups_total", "exact"] == 2
    assert counted["dictsvc_lookups_total", "none"] == 1


def test_never_more_than_300_series() -> None:
    metrics = Metrics()
    for route in all_routes():
        label = route.label if route.is_counted else OTHER
        for status in (200, 405, 500, *((304,) if route.is_cached else ()), *route.statuses):
            metrics.answered(label, status, 0.001)
    for status in (206, 308, 404, 405, 416, 429):
        metrics.answered(OTHER, status, 0.001)
    for kind in MatchKind:
        metrics.looked_up(kind)
    many = [Dictionary(id=f"d{n}", title="", source_language="vi", target_language="en") for n in range(100)]
    lines = metrics.exposition(lambda: many).decode().splitlines()
    series = [line for line in lines if line and not line.startswith("#") and "_created" not in line]
    assert 100 < len(series) <= 300
