"""Clients that keep many connections busy, or keep a server waiting."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct, field

_TIMEOUT = 20.0
HOST = "127.0.0.1"


class RequestStatistics(Struct):
    """What many requests came to."""

    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    """Requests that were sent and got no whole answer."""
    refused: int = 0
    """Connections that could not be made."""
    wrong: int = 0
    """Answers that were not what they had to be."""
    seconds: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    """When each whole answer had arrived, as `time.monotonic` has it."""

    def quantile(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    def longest_gap(self, begun: float, ended: float) -> float:
        """The longest time, in seconds, in which nothing was answered."""
        moments = [begun, *sorted(self.finished), ended]
        return max(later - earlier for earlier, later in pairwise(moments))


async def get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, bytes, bool]:
    """The status and the body of an answer, and whether the connection stays open."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].split(b"\r\n", 1)[0] or b"0")
    body = await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), body, b"connection: close" not in head


async def _connection(
    port: int,
    paths: Sequence[str],
    until: float,
    tally: RequestStatistics,
    is_right: Callable[[str, int, bytes], bool],
    seed: int,
) -> None:
    rng = random.Random(seed)
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            tally.refused += 1
            await asyncio.sleep(0.05)
            continue
        open_still, fresh = True, True
        while open_still and time.monotonic() < until:
            path = rng.choice(paths)
            begun = time.monotonic()
            try:
                status, body, open_still = await asyncio.wait_for(get(reader, writer, path), _TIMEOUT)
            except (TimeoutError, OSError, EOFError) as error:
                # a kept connection that was closed before the request came is no lost request: clients ask again
                idle_closed = not fresh and isinstance(error, asyncio.IncompleteReadError) and not error.partial
                tally.lost += not idle_closed
                break
            fresh = False
            tally.statuses[status] += 1
            tally.seconds.append(time.monotonic() - begun)
            tally.finished.append(time.monotonic())
            tally.wrong += not is_right(path, status, body)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def load(
    port: int,
    paths: Sequence[str],
    *,
    seconds: float,
    connections: int,
    is_right: Callable[[str, int, bytes], bool] = lambda _path, _status, _body: True,
) -> RequestStatistics:
    """Ask random paths on many connections for a while."""
    tally = RequestStatistics()
    until = time.monotonic() + seconds
    await asyncio.gather(*(_connection(port, paths, until, tally, is_right, seed) for seed in range(connections)))
    return tally


async def dawdle(port: int, request: bytes, *, seconds: float, head: bytes = b"") -> None:
    """Send a request at one byte a second, `head` at once; and begin again where the server has had enough."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
            writer.write(head)
            for byte in request:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
                if time.monotonic() > until:
                    break
            writer.close()
        except OSError:
            await asyncio.sleep(0.2)


async def dawdlers(port: int, requests: Iterable[bytes], *, seconds: float) -> None:
    """Many such clients at once."""
    await asyncio.gather(*(dawdle(port, request, seconds=seconds) for request in requests))
