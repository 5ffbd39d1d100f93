"""One line a request, without what was looked up or who asked unless that is wanted; never a reason to fail."""

from __future__ import annotations

import io
import json
import logging
import select
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dictsvc.config import Config
from dictsvc.search.search_index import prepare
from dictsvc.storage.live_snapshot import LiveSnapshot
from dictsvc.web.app import create_app
from dictsvc.web.middleware.access_log import (
    _MAX_WAITING,
    AccessLog,
    EventLine,
    log_thread_failure,
    now,
    open_access_log,
)
from dictsvc.web.service import Service


@pytest.fixture(autouse=True)
def loggers_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level


def logged(database: Path, path: str, **settings: Any) -> str:
    config = Config(database=database, **settings)
    live_snapshot = LiveSnapshot(database, prepare)
    live_snapshot.refresh()
    stream = io.BytesIO()
    access_log = open_access_log(config, stream)
    client = create_app(config, Service(config, live_snapshot), access_log).test_client()
    client.get(path, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    access_log.close()
    return stream.getvalue().decode()


def test_one_line_a_request(mini_database: Path) -> None:
    lines = logged(mini_database, "/lookup?q=quyet").splitlines()
    assert len(lines) == 1
    line = msgspec.json.decode(lines[0])
    assert (line["method"], line["route"], line["status"]) == ("GET", "/lookup", 200)
    assert line["client"] == "203.0.113.0/24"
    assert line["bytes"] > 100
    assert 0 < line["ms"] < 10_000
    assert line["kind"]
    assert line["id"]


@pytest.mark.parametrize(
    "path", ["/lookup?q=secret", "/fragment?q=secret", "/entry/secret", "/secret", "/static/secret"]
)
def test_nothing_of_what_was_asked(mini_database: Path, path: str) -> None:
    text = logged(mini_database, path)
    assert "GET" in text
    assert "secret" not in text
    assert "203.0.113.77" not in text


def test_everything_where_it_is_wanted(mini_database: Path) -> None:
    line = msgspec.json.decode(logged(mini_database, "/lookup?q=secret", log_queries=True))
    assert (line["query"], line["client"]) == ("q=secret", "203.0.113.77")


def test_readable_on_a_terminal(mini_database: Path) -> None:
    text = logged(mini_database, "/lookup?q=go", log_format="text")
    assert text.split()[1:4] == ["GET", "/lookup", "200"]
    assert "{" not in text


def test_unforeseen_errors_keep_their_traceback_and_the_requests_id(
    mini_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("what went wrong")

    monkeypatch.setattr("dictsvc.web.routes.lookup.lookup", broken)
    event, request = (msgspec.json.decode(line) for line in logged(mini_database, "/lookup?q=go").splitlines())
    assert "what went wrong" in event["trace"]
    assert event["id"] == request["id"]
    assert request["status"] == 500


class Broken(io.BytesIO):
    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_costs_lines_and_nothing_else() -> None:
    access_log = AccessLog(Broken(), readable=False)
    access_log.write(EventLine("2026-01-01T00:00:00.000+00:00", "info", "x", "y"))
    access_log.flush()


def test_a_reader_that_stands_still_costs_no_memory_without_bound() -> None:
    stream = io.BytesIO()
    access_log = AccessLog(stream, readable=False)
    for number in range(_MAX_WAITING + 10):
        access_log.write(EventLine("2026-01-01T00:00:00.000+00:00", "info", "x", str(number)))
    access_log.flush()
    lines = stream.getvalue().splitlines()
    assert len(lines) == _MAX_WAITING
    assert msgspec.json.decode(lines[-1])["message"] == str(_MAX_WAITING + 9)


def test_what_ends_a_thread_is_a_line_too(monkeypatch: pytest.MonkeyPatch, mini_database: Path) -> None:
    def broken() -> None:
        raise RuntimeError("what went wrong")

    stream = io.BytesIO()
    access_log = open_access_log(Config(database=mini_database), stream)
    monkeypatch.setattr(threading, "excepthook", log_thread_failure)
    thread = threading.Thread(target=broken, name="worker")
    thread.start()
    thread.join()
    access_log.close()
    line = msgspec.json.decode(stream.getvalue())
    assert (line["level"], line["message"]) == ("error", "The thread worker ended")
    assert "what went wrong" in line["trace"]


class Pieces(io.BytesIO):
    """A stream that remembers what was written in one piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def write(self, data: object, /) -> int:
        self.pieces.append(bytes(data))  # type: ignore[call-overload]
        return len(self.pieces[-1])


def test_lines_are_written_whole_in_pieces_that_workers_cannot_mix() -> None:
    stream = Pieces()
    access_log = AccessLog(stream, readable=False)
    for number in range(200):
        access_log.write(EventLine(now(), "info", "test", f"{number} " + "x" * (number * 30), "", ""))
    access_log.flush()
    assert all(piece.endswith(b"\n") for piece in stream.pieces)
    assert all(len(piece) <= select.PIPE_BUF or piece.count(b"\n") == 1 for piece in stream.pieces)
    lines = [json.loads(line) for line in b"".join(stream.pieces).splitlines()]
    assert [int(line["message"].split()[0]) for line in lines] == list(range(200))
    assert len(stream.pieces) < 200
