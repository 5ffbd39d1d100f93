"""What a machine runs out of: file descriptors, disk, memory."""

from __future__ import annotations

import asyncio
import http.client
import socket
import time
from collections.abc import Sequence
from pathlib import Path

from dictsvc.serving import TARGET
from tests.bench.queries import lookup_paths
from tests.bench.report import Figure
from tests.servers import Server, running, status_of
from tests.soak.clients import get

_OK = 200


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
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in mine:
            status, _, _ = await get(reader, writer, path)
            assert status == _OK, (status, path)
        writer.close()

    await asyncio.gather(*(share(paths[n::16]) for n in range(16)))


def _resident(server: Server) -> float:
    pages = int(Path(f"/proc/{server.workers()[-1]}/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1024 / 1024


def _first_answer(port: int, path: str) -> int:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            return status_of(port, path)
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    return 0
