"""One line a request, and what goes wrong: JSON for machines, short lines on a terminal.

A line says nothing of what was looked up and only the network of who asked, unless the configuration asks
for more. Writing happens in a thread of its own: a reader of the log that stands still, or a full disk, costs
lines and never an answer.
"""

from __future__ import annotations

import ipaddress
import itertools
import logging
import re
import secrets
import select
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO

import msgspec
from msgspec import Struct

from dictsvc.config import Config
from dictsvc.web.middleware.background import Repeated

_log = logging.getLogger(__name__)
_WRITE_SECONDS = 0.1
_MOST_WAITING = 20_000
"""Lines kept for a reader that stands still: about 5 MB."""
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LOG_PREFIX = {4: 24, 6: 48}
"""How much of an address the log holds: enough for a network, too little for a person."""
_to_json = msgspec.json.Encoder().encode


class RequestLine(Struct, frozen=True, omit_defaults=True):
    """What the log says of a request."""

    time: str
    level: str
    id: str
    method: str
    route: str
    """The route, not the address: that would tell what was looked up."""
    status: int
    ms: float
    bytes: int
    client: str
    kind: str = ""
    """The best hit's kind of match."""
    cached: bool = False
    query: str = ""
    """The query string; only where the configuration asks for it."""


class EventLine(Struct, frozen=True, omit_defaults=True):
    """What the log says of anything else."""

    time: str
    level: str
    logger: str
    message: str
    id: str = ""
    trace: str = ""


class AccessLog:
    """The log of one process."""

    def __init__(self, stream: BinaryIO, *, readable: bool) -> None:
        self._stream = stream
        self._text = _as_text if readable else _to_json
        self._waiting: deque[bytes] = deque(maxlen=_MOST_WAITING)
        self._writer = Repeated("log", _WRITE_SECONDS, self.flush)
        self.start = self._writer.start
        self.close = self._writer.close

    def write(self, line: RequestLine | EventLine) -> None:
        """Have a line written soon."""
        self._waiting.append(self._text(line) + b"\n")

    def flush(self) -> None:
        """Write what is waiting now; where that fails the lines are lost, because there is nobody to tell."""
        lines = (self._waiting.popleft() for _ in range(len(self._waiting)))
        with suppress(OSError, ValueError):
            for block in _blocks(lines):
                self._stream.write(block)
                self._stream.flush()


def _blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Whole lines together, as many as the system writes in one piece: several workers write to one stream."""
    block = b""
    for line in lines:
        if block and len(block) + len(line) > select.PIPE_BUF:
            yield block
            block = b""
        block += line
    if block:
        yield block


class JournalHandler(logging.Handler):
    """Hands what the standard library's loggers say to the access_log."""

    def __init__(self, access_log: AccessLog) -> None:
        super().__init__()
        self._access_log = access_log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; an exception's traceback is a field of it."""
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        line = EventLine(
            now(), record.levelname.lower(), record.name, record.getMessage(), getattr(record, "id", ""), trace
        )
        self._access_log.write(line)


def open_access_log(config: Config, stream: BinaryIO | None = None) -> AccessLog:
    """The access_log that a configuration asks for, on standard output; what Python's loggers say goes there too."""
    stream = stream or sys.stdout.buffer
    readable = config.log_format == "text" or (config.log_format == "auto" and stream.isatty())
    access_log = AccessLog(stream, readable=readable)
    root = logging.getLogger()
    root.handlers = [JournalHandler(access_log)]
    root.setLevel(logging.INFO)
    return access_log


def log_thread_failure(failure: threading.ExceptHookArgs) -> None:
    """Log what ended a thread, as `threading.excepthook`: a line like any other instead of bare text."""
    thread = failure.thread.name if failure.thread else "?"
    exception = failure.exc_value or failure.exc_type()
    _log.error("The thread %s ended", thread, exc_info=exception)


def now() -> str:
    """The time as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds")


def _as_text(line: RequestLine | EventLine) -> bytes:
    clock = datetime.fromisoformat(line.time).astimezone().strftime("%H:%M:%S")
    if isinstance(line, EventLine):
        return f"{clock} {line.level}: {line.message}\n{line.trace}".rstrip().encode()
    more = " ".join(filter(None, (line.kind, "cached" if line.cached else "", line.query)))
    return f"{clock} {line.method} {line.route} {line.status} {line.ms:.1f} ms {line.bytes} B {more}".rstrip().encode()


class RequestIds:
    """A name for each request: the proxy's where it gives one and is trusted, else one of our own."""

    def __init__(self, *, trusted: bool) -> None:
        self._trusted = trusted
        self._prefix = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def name(self, given: str | None) -> str:
        """The id of a request that came with this X-Request-Id."""
        if given and self._trusted and _GIVEN_ID.fullmatch(given):
            return given
        return f"{self._prefix}-{next(self._numbers):x}"


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """The network of an address, as the log holds it; empty where it is none.

    >>> network_of("203.0.113.77"), network_of("2001:db8:1:2::3")
    ('203.0.113.0/24', '2001:db8:1::/48')
    """
    try:
        prefix = _LOG_PREFIX[ipaddress.ip_address(address).version]
        return str(ipaddress.ip_network((address, prefix), strict=False))
    except ValueError:
        return ""
