"""Slow clients, floods, killed workers: what is done to the service from outside."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from dictsvc.serving import TARGET
from tests.bench.queries import lookup_paths
from tests.bench.report import Figure
from tests.servers import Server, running
from tests.soak.clients import RequestStatistics, dawdle, dawdlers, load

_CONNECTIONS = 64
_OK, _BUSY = 200, 429


def slow_clients(database: Path, words: Sequence[str]) -> list[Figure]:
    """300 clients that send one byte a second, a third of them in a body, while others ask as usual."""
    head = b"GET /lookup?q=" + b"a" * 60 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    post = b"POST /lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n"

    async def run(server: Server) -> RequestStatistics:
        slow = asyncio.create_task(dawdlers(server.port, [head] * 200, seconds=25))
        bodies = [asyncio.create_task(dawdle(server.port, b" " * 20, seconds=25, head=post)) for _ in range(100)]
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


def flood(database: Path) -> list[Figure]:
    """Queries of 200 characters, all slips and wildcards: who asks too much is told so, and others are served."""
    awkward = ["ab" * 100, "h?c*" * 50, ("nghi quyet hoi dong " * 10)[:200], "*a" * 100, "tra " * 49 + "trax"]
    paths = lookup_paths([query[: 200 - n] for query in awkward for n in range(40)])

    async def run(server: Server) -> tuple[RequestStatistics, RequestStatistics]:
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

    async def run(server: Server) -> tuple[RequestStatistics, float, float]:
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

    async def run(server: Server) -> tuple[RequestStatistics, float]:
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
