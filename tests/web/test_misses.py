"""Words that were not found: counted without a trace of who asked, shown from five times on, never a failure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dictsvc.errors import StorageError
from dictsvc.storage.not_found_file import KEPT_DAYS, NotFoundFile
from dictsvc.web.middleware.not_found_log import NotFoundLog
from tests.conftest import load_mini, make_app

TODAY = datetime.now(UTC).date()


def test_shown_from_five_times_on(tmp_path: Path) -> None:
    database = load_mini(tmp_path / "dictsvc.sqlite3")
    app = make_app(database, misses=True)
    client = app.test_client()
    for word, times in (("kỳ lân ảo", 5), ("Kỳ  LÂN ảo", 1), ("chỉ một người", 4), ("0912345678", 9), ("a@b.vn", 9)):
        for _ in range(times):
            assert client.get("/lookup", query_string={"q": word, "mode": "exact"}).status_code == 200
    for _ in range(9):
        client.get("/lookup?q=go")
    app.extensions["dictsvc"].not_found_log.flush()
    shown = NotFoundFile.beside(database).most_wanted(10)
    assert [(miss.word, miss.count) for miss in shown] == [("kỳ lân ảo", 6)]
    assert shown[0].first_day == shown[0].last_day == TODAY.isoformat()


def test_queries_of_a_batch_count_too(tmp_path: Path) -> None:
    database = load_mini(tmp_path / "dictsvc.sqlite3")
    app = make_app(database, misses=True)
    for _ in range(3):
        sent = {"queries": ["kỳ lân ảo", "go", {"q": "kỳ lân ảo", "dict": "vi-en"}], "mode": "exact"}
        assert app.test_client().post("/lookup", json=sent).status_code == 200
    app.extensions["dictsvc"].not_found_log.flush()
    assert [(miss.word, miss.count) for miss in NotFoundFile.beside(database).most_wanted(10)] == [("kỳ lân ảo", 6)]


def test_off_by_default(tmp_path: Path) -> None:
    database = load_mini(tmp_path / "dictsvc.sqlite3")
    app = make_app(database)
    app.test_client().get("/lookup?q=zzzz")
    assert app.extensions["dictsvc"].not_found_log is None
    assert not list(tmp_path.glob("*misses*"))


def test_counts_add_up_over_workers_and_days_and_are_forgotten(tmp_path: Path) -> None:
    one, other = NotFoundFile(tmp_path / "m.sqlite3"), NotFoundFile(tmp_path / "m.sqlite3")
    one.add({"old": 9}, TODAY - timedelta(days=KEPT_DAYS + 1))
    one.add({"word": 3, "rare": 1}, TODAY - timedelta(days=2))
    other.add({"word": 2})
    assert [(miss.word, miss.count) for miss in one.most_wanted(10)] == [("word", 5)]
    assert one.most_wanted(10)[0].first_day == (TODAY - timedelta(days=2)).isoformat()


@pytest.mark.parametrize("content", [b"no database at all" * 100, None])
def test_a_file_that_cannot_be_used_is_said_once(
    tmp_path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "m.sqlite3"
    if content:
        path.write_bytes(content)
    else:
        path.mkdir()
    log = NotFoundLog(NotFoundFile(path))
    for _ in range(3):
        log.note("word")
        log.flush()
    assert len(caplog.records) == 1
    with pytest.raises(StorageError):
        NotFoundFile(path).add({"word": 1})


def test_nothing_counted_yet(tmp_path: Path) -> None:
    assert NotFoundFile(tmp_path / "m.sqlite3").most_wanted(10) == []
