"""The file of dictionaries under the service: replaced again and again, deleted, damaged."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from subprocess import DEVNULL

from dictsvc.serving import TARGET
from dictsvc.storage.snapshot import Snapshot
from tests.bench.queries import lookup_paths
from tests.bench.report import Figure
from tests.conftest import ROOT, make_app
from tests.servers import Server, running, status_of
from tests.soak.clients import RequestStatistics, load

_CONNECTIONS = 64
_OK, _UNAVAILABLE = 200, 503


def reloads(first: Path, second: Path, words: Sequence[str], folder: Path) -> list[Figure]:
    """60 s at 64 connections while a new file comes every 5 s: every answer is one file's or the other's."""
    paths = lookup_paths(words)
    right = [_answers(database, paths) for database in (first, second)]

    def is_right(path: str, status: int, body: bytes) -> bool:
        return status == _OK and any(body == answers[path] for answers in right)

    database = folder / "reloads.sqlite3"
    shutil.copy(first, database)

    async def run(server: Server) -> RequestStatistics:
        async def swap() -> None:
            for turn in range(11):
                await asyncio.sleep(5)
                _replace(database, (second, first)[turn % 2])

        tally, _ = await asyncio.gather(
            load(server.port, paths, seconds=60, connections=_CONNECTIONS, is_right=is_right), swap()
        )
        return tally

    with running(TARGET, "/readyz", database=database, workers=2, cache_bytes=0) as server:
        tally = asyncio.run(run(server))
    good = tally.wrong == 0 and set(tally.statuses) == {_OK} and tally.lost == 0
    asked = sum(tally.statuses.values())
    return [
        Figure(
            "reloads every 5 s",
            f"{asked:,} requests, {tally.wrong} wrong, {tally.lost} lost, statuses {dict(tally.statuses)}, "
            f"p99 {tally.quantile(0.99):.0f} ms",
            "no wrong answer, no 5xx",
            good,
        )
    ]


class _Watched:
    """What a reader saw while dictionaries were switched."""

    def __init__(self) -> None:
        self.answers: list[tuple[float, str]] = []
        """When, and of which generation."""
        self._glosses: dict[str, set[str]] = {}

    def is_right(self, path: str, status: int, body: bytes) -> bool:
        """Whether an answer is well, and its content always the same in its generation."""
        answer = json.loads(body)
        generation = answer["generation"]
        self.answers.append((time.monotonic(), generation))
        if path.endswith(_SWITCHED):
            gloss = answer["results"][0]["senses"][0]["gloss"].split()[0]
            self._glosses.setdefault(generation, set()).add(gloss)
        return status == _OK and len(self._glosses.get(generation, "x")) == 1

    def lateness(self, published: Sequence[tuple[float, str]]) -> list[float]:
        """For each publication the seconds after which the last answer of another generation came."""
        late = []
        for (moment, generation), (following, _) in pairwise([*published, (float("inf"), "")]):
            others = (t - moment for t, seen in self.answers if moment < t < following and seen != generation)
            late.append(max(others, default=0.0))
        return late


_SWITCHED = "dict=switched"


def switches(first: Path, words: Sequence[str], folder: Path, connections: int) -> list[Figure]:
    """Ten loads by the command line under load: how long the last worker goes on with the file before.

    Two connections that ask without a pause are 2,000 requests a second; sixteen are all that two cores can do.
    """
    database = folder / "switches.sqlite3"
    shutil.copy(first, database)
    files = [_words(folder / f"{word}.tab", word) for word in ("one", "two")]
    paths = [*lookup_paths(words), *(f"/lookup?q=tu+{number}&{_SWITCHED}" for number in range(200))]
    watched = _Watched()

    async def publish() -> list[tuple[float, str]]:
        published = []
        for turn in range(10):
            await asyncio.sleep(3)
            await _load(database, files[(turn + 1) % 2])
            swapped = time.monotonic() - (time.time() - database.stat().st_ctime)
            published.append((swapped, Snapshot(database).generation))
        return published

    async def run(server: Server) -> tuple[RequestStatistics, list[tuple[float, str]]]:
        asking = load(server.port, paths, seconds=50, connections=connections, is_right=watched.is_right)
        return await asyncio.gather(asking, publish())

    asyncio.run(_load(database, files[0]))
    with running(TARGET, "/readyz", database=database, workers=2, cache_bytes=0) as server:
        tally, published = asyncio.run(run(server))
        held = sum("switches.sqlite3 (deleted)" in link for pid in server.workers() for link in _open_files(pid))
    late = watched.lateness(published)
    unharmed = tally.wrong == tally.lost == held == 0 and set(tally.statuses) == {_OK}
    measured = (
        f"last old answer {max(late):.2f} s after publishing (median {statistics.median(late):.2f}), "
        f"{len(watched.answers):,} requests, {tally.wrong} wrong, {tally.lost} lost, {held} old files still open"
    )
    return [
        Figure(f"10 loads at {connections} connections", measured, "within 1 s, none mixed", max(late) < 1 and unharmed)
    ]


def _open_files(pid: int) -> list[str]:
    links = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # it was closed meanwhile
            links.append(str(link.readlink()))
    return links


def _words(path: Path, word: str) -> Path:
    path.write_text("".join(f"từ {number}\t- {word} {number}\n" for number in range(2000)), "utf-8")
    return path


async def _load(database: Path, file: Path) -> None:
    command = [sys.executable, "-m", "dictsvc", "--database", str(database), "load", str(file), "--id", "switched"]
    languages = ["--source", "vi", "--target", "en"]
    process = await asyncio.create_subprocess_exec(*command, *languages, stdout=DEVNULL, stderr=DEVNULL, cwd=ROOT)
    assert await process.wait() == 0


def damaged_database(first: Path, words: Sequence[str], folder: Path) -> list[Figure]:
    """The file deleted, truncated, overwritten while serving: old answers or 503, and recovery by itself."""
    database = folder / "damaged.sqlite3"
    paths = lookup_paths(words)
    harm: dict[str, Callable[[], object]] = {
        "deleted": database.unlink,
        "truncated": lambda: os.truncate(database, 8192),
        "emptied": lambda: os.truncate(database, 0),
        "garbage": lambda: database.write_bytes(os.urandom(1 << 20)),
        "garbage, swapped in": lambda: _replace_with(database, os.urandom(1 << 20)),
    }
    figures = []
    shutil.copy(first, database)
    with running(TARGET, "/readyz", database=database, workers=2, cache_bytes=0) as server:
        for name, damage in harm.items():
            damage()
            seen = set(_statuses(server.port, paths))
            _replace(database, first)
            begun = time.monotonic()
            while time.monotonic() < begun + 10 and {status_of(server.port, path) for path in paths[:20]} != {_OK}:
                time.sleep(0.05)
            taken = time.monotonic() - begun
            good = seen <= {_OK, _UNAVAILABLE} and taken < 3 and server.process.poll() is None
            figures.append(Figure(f"database {name}", f"statuses {seen}, well after {taken:.1f} s", "200 or 503", good))
    return figures


def _answers(database: Path, paths: Sequence[str]) -> dict[str, bytes]:
    client = make_app(database).test_client()
    return {path: client.get(path).data for path in paths}


def _replace(database: Path, content: Path) -> None:
    fresh = database.with_suffix(".fresh")
    shutil.copy(content, fresh)
    fresh.replace(database)


def _replace_with(database: Path, content: bytes) -> None:
    fresh = database.with_suffix(".fresh")
    fresh.write_bytes(content)
    fresh.replace(database)


def _statuses(port: int, paths: Sequence[str]) -> Counter[int]:
    """The statuses of many requests at once, for three seconds: more than SQLite's own cache can answer."""
    tally = asyncio.run(load(port, paths, seconds=3, connections=8))
    return tally.statuses
