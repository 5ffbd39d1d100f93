"""A disk that is full while the service runs: it costs lines of the log and counts, never an answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from dictsvc import serving
from dictsvc.config import Config
from dictsvc.serving import TARGET
from tests.conftest import ROOT, load_mini
from tests.servers import Server, running, status_of
from tests.waits import PROCESS_SECONDS, STOP_SECONDS

_MOST_BYTES = 100_000
"""What any file may grow to: more than the counters of a worker take, less than what is written here."""
_REQUESTS = 1500


@pytest.mark.parametrize(("free", "there"), [(10**9, True), (10**6, False)])
def test_metrics_stand_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, there: bool
) -> None:
    monkeypatch.setattr(serving, "_SHARED_MEMORY", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setattr(os, "environ", {})
    with serving._worker_environment(Config(database=tmp_path / "d.sqlite3")):
        folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        assert (folder.parent == tmp_path) == there
        assert folder.is_dir()
    assert not folder.exists()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return load_mini(tmp_path / "dictsvc.sqlite3")


def _asked(server: Server, count: int) -> set[int]:
    """The statuses of so many lookups of words that are nowhere."""
    return {status_of(server.port, f"/lookup?q=zzqx{number:05}vvw".replace("0", "k")) for number in range(count)}


def test_log_and_counts_beyond_what_fits(database: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(
        TARGET, "/readyz", database=database, workers=1, misses=1, log=log, log_format="json", most_bytes=_MOST_BYTES
    ) as server:
        assert _asked(server, _REQUESTS) == {200}
        time.sleep(0.3)
        assert log.stat().st_size == _MOST_BYTES, "the log was to be full"
        assert _asked(server, 20) == {200}
        for path in ("/healthz", "/readyz", "/metrics"):
            assert status_of(server.port, path) == 200
        begun = time.monotonic()
        server.process.terminate()
        assert server.process.wait(STOP_SECONDS) == 0
        assert time.monotonic() - begun < server.allowed(10)
    lines = log.read_bytes().splitlines()
    assert all(json.loads(line) for line in lines[:-1]), "what was written is whole"
    command = [sys.executable, "-m", "dictsvc", "--database", str(database), "misses"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PROCESS_SECONDS, check=False)
    assert listed.returncode == 0, listed.stderr
