"""What is done to the service, and what it has to stand."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from dictsvc.serving import TARGET
from tests.bench.queries import lookup_paths
from tests.bench.report import Figure
from tests.conftest import make_app
from tests.servers import Server, running, status_of
from tests.soak.clients import Tally, dawdlers, load

_CONNECTIONS = 64
_OK, _BUSY, _UNAVAILABLE = 200, 429, 503


def reloads(first: Path, second: Path, words: Sequence[str], folder: Path) -> list[Figure]:
    """60 s at 64 connections while a new file comes every 5 s: every answer is one file's or the other's."""
    paths = lookup_paths(words)
    right = [_answers(database, paths) for database in (first, second)]

    def is_right(path: str, status: int, body: bytes) -> bool:
        return status == _OK and any(body == answers[path] for answers in right)

    database = folder / "reloads.sqlite3"
    shutil.copy(first, database)

    async def run(server: Server) -> Tally:
        async def swap() -> None:
            for turn in range(11):
                await asyncio.sleep(5)
                _replace(database, (second, first)[turn % 2])

        tally, _ = await asyncio.gather(
            load(server.port, paths, seconds=60, connections=_CONNECTIONS, is_right=is_right), swap()
        )
        return tally

    with running(TARGET, "/readyz", database=database, workers=2, cache_size=0) as server:
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


def slow_clients(database: Path, words: Sequence[str]) -> list[Figure]:
    """300 clients that send one byte a second, a third of them in a body, while others ask as usual."""
    head = b"GET /lookup?q=" + b"a" * 60 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    post = b"POST /lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n"

    async def run(server: Server) -> Tally:
        slow = asyncio.create_task(dawdlers(server.port, [head] * 200, seconds=25))
        bodies = [asyncio.create_task(_slow_body(server.port, post, seconds=25)) for _ in range(100)]
        await asyncio.sleep(3)
        tally = await load(server.port, lookup_paths(words), seconds=20, connections=8)
        await asyncio.gather(slow, *bodies)
        return tally

    with running(TARGET, "/readyz", database=database, workers=2) as server:
        tally = asyncio.run(run(server))
    p99 = tally.quantile(0.99)
    good = p99 < 250 and not tally.lost and set(tally.statuses) == {_OK}
    measured = f"p99 {p99:.1f} ms of {len(tally.seconds):,}, {tally.lost} lost"
    return [Figure("beside 300 slow clients", measured, "p99 under 250 ms", good)]


async def _slow_body(port: int, head: bytes, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head)
            for _ in range(20):
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(1)
                if time.monotonic() > until:
                    break
            writer.close()
        except OSError:
            await asyncio.sleep(0.2)


def flood(database: Path) -> list[Figure]:
    """Queries of 200 characters, all slips and wildcards: who asks too much is told so, and others are served."""
    awkward = ["ab" * 100, "h?c*" * 50, ("nghi quyet hoi dong " * 10)[:200], "*a" * 100, "tra " * 49 + "trax"]
    paths = lookup_paths([query[: 200 - n] for query in awkward for n in range(40)])

    async def run(server: Server) -> tuple[Tally, Tally]:
        return await asyncio.gather(
            load(server.port, paths, seconds=20, connections=_CONNECTIONS),
            load(server.port, ["/healthz"], seconds=20, connections=1),
        )

    with running(TARGET, "/readyz", database=database, workers=2, rate_limit="1200/minute") as server:
        tally, health = asyncio.run(run(server))
    good = set(tally.statuses) <= {_OK, _BUSY} and tally.statuses[_BUSY] > 0 and tally.lost + tally.refused == 0
    return [
        Figure(
            "flood of the worst queries",
            f"statuses {dict(tally.statuses)}, {tally.lost + tally.refused} without an answer; "
            f"health p99 {health.quantile(0.99):.0f} ms",
            "429, never silence",
            good and set(health.statuses) == {_OK},
        )
    ]


def killed_workers(database: Path, words: Sequence[str]) -> list[Figure]:
    """A worker is killed every 8 s, each in turn: the service stays up."""

    async def run(server: Server) -> tuple[Tally, float, float]:
        async def kill() -> None:
            for turn in range(4):
                await asyncio.sleep(8)
                os.kill(server.workers()[turn % 2], signal.SIGKILL)

        begun = time.monotonic()
        tally, _ = await asyncio.gather(
            load(server.port, lookup_paths(words), seconds=40, connections=_CONNECTIONS), kill()
        )
        return tally, begun, time.monotonic()

    with running(TARGET, "/readyz", database=database, workers=2) as server:
        tally, begun, ended = asyncio.run(run(server))
        alive = server.process.poll() is None and len(server.workers()) == 2
    gap = tally.longest_gap(begun, ended)
    good = alive and gap < 1 and set(tally.statuses) == {_OK}
    measured = (
        f"{len(tally.seconds):,} answered, {tally.lost} lost with their worker, {tally.refused} refused, "
        f"longest silence {gap:.2f} s"
    )
    return [Figure("a worker killed every 8 s", measured, "stays up", good)]


def crash_loop(database: Path) -> list[Figure]:
    """Workers that die at once, again and again: the process ends with status 1, and can be started anew."""
    with running(TARGET, "/readyz", database=database, workers=2) as server:
        begun = time.monotonic()
        while server.process.poll() is None and time.monotonic() < begun + 60:
            for worker in server.workers():
                os.kill(worker, signal.SIGKILL)
            time.sleep(0.2)
        status = server.process.poll()
        ended = time.monotonic()
    with running(TARGET, "/readyz", database=database, workers=2) as again:
        gap = again.ready_seconds
    measured = f"status {status} after {ended - begun:.1f} s; ready again {gap:.1f} s after a new start"
    return [Figure("crash loop", measured, "status 1", status == 1)]


def stopped_under_load(database: Path, words: Sequence[str]) -> list[Figure]:
    """SIGTERM at 64 busy connections: every request that was sent is answered."""

    async def run(server: Server) -> tuple[Tally, float]:
        async def stop() -> float:
            await asyncio.sleep(5)
            begun = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            while server.process.poll() is None:
                await asyncio.sleep(0.01)
            return time.monotonic() - begun

        tally, taken = await asyncio.gather(
            load(server.port, lookup_paths(words), seconds=7, connections=_CONNECTIONS), stop()
        )
        return tally, taken

    with running(TARGET, "/readyz", database=database, workers=2) as server:
        tally, taken = asyncio.run(run(server))
        status = server.process.poll()
    measured = f"{len(tally.seconds):,} answered, {tally.lost} lost, stopped in {taken:.2f} s with status {status}"
    return [Figure("SIGTERM under load", measured, "none lost", tally.lost == 0 and status == 0)]


def no_more_files(database: Path, words: Sequence[str]) -> list[Figure]:
    """More connections than file descriptors: nobody else's fault for long."""
    with running(TARGET, "/readyz", database=database, workers=1, files=96) as server:
        crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(300)]
        time.sleep(2)
        for connection in crowd:
            connection.close()
        begun = time.monotonic()
        status = _first_answer(server.port, lookup_paths(words)[0])
        taken = time.monotonic() - begun
        alive = server.process.poll() is None
    good = alive and status == _OK and taken < 5
    return [Figure("300 connections, 96 files", f"status {status} {taken:.2f} s after they left", "recovers", good)]


def full_disk(database: Path, words: Sequence[str]) -> list[Figure]:
    """A log that cannot be written: answers all the same."""
    with running(TARGET, "/readyz", database=database, workers=1, log=Path("/dev/full")) as server:
        statuses = {status_of(server.port, path) for path in lookup_paths(words)[:200]}
        time.sleep(1)
        statuses.add(status_of(server.port, "/metrics"))
        alive = server.process.poll() is None
    return [Figure("log on a full disk", f"statuses {statuses}", "answers", alive and statuses == {_OK})]


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
    with running(TARGET, "/readyz", database=database, workers=2, cache_size=0) as server:
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


def bounded_memory(database: Path, paths: Sequence[str]) -> list[Figure]:
    """100,000 varied requests: memory stays where it was after the first fifth."""

    def ask(share: Sequence[str]) -> None:
        asyncio.run(_each_once(server.port, share))

    with running(TARGET, "/readyz", database=database, workers=1) as server:
        fifth = len(paths) // 5
        ask(paths[:fifth])
        before = _resident(server)
        ask(paths[fifth:])
        after = _resident(server)
    growth = after - before
    measured = f"{before:.0f} MB after {fifth:,}, {after:.0f} MB after {len(paths):,}"
    return [Figure("memory", measured, "no growth above 15 MB", growth <= 15)]


async def _each_once(port: int, paths: Sequence[str]) -> None:
    async def share(mine: Sequence[str]) -> None:
        from tests.soak.clients import get  # noqa: PLC0415

        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in mine:
            status, _, _ = await get(reader, writer, path)
            assert status == _OK, (status, path)
        writer.close()

    await asyncio.gather(*(share(paths[n::16]) for n in range(16)))


def _resident(server: Server) -> float:
    pages = int(Path(f"/proc/{server.workers()[-1]}/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1024 / 1024


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


def _first_answer(port: int, path: str) -> int:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            return status_of(port, path)
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    return 0
