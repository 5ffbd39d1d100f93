"""The log: one line a request, and one for each event; JSON for machines, short lines on a terminal.

A line holds nothing of the query and only the network of the client, unless the configuration asks for more.
A thread of its own writes them: a reader of the log that stands still, or a full disk, costs lines and never
a reply. `logging.handlers.QueueListener` would drop the newest lines instead of the oldest, write them one by one,
and have to be stopped at exit, which worker processes pass over before Python 3.13.
"""

import ipaddress
import logging
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
from wsgiref.types import WSGIEnvironment

import msgspec
from msgspec import Struct

from dictsvc.config import Config
from dictsvc.web.middleware.periodic_thread import PeriodicThread
from dictsvc.web.reply import Reply
from dictsvc.web.route import REQUEST_ID

_log = logging.getLogger(__name__)
_WRITE_SECONDS = 0.1
"""Seconds between two writes."""
_MAX_WAITING = 20_000
"""Lines, about 5 MB of them, kept for a reader that stands still."""
_LOG_PREFIX = {4: 24, 6: 48}
"""Bits of an address that the log holds, by IP version: enough for a network, too few for a person."""
_to_json = msgspec.json.Encoder().encode


class RequestLine(Struct, frozen=True, omit_defaults=True):
    """A line on a request."""

    time: str
    level: str
    id: str
    method: str
    route: str
    """The label of the route; the whole path would tell what was looked up."""
    status: int
    ms: float
    bytes: int
    client: str
    kind: str = ""
    """The kind of match of the best hit, where one query was looked up."""
    cached: bool = False
    query: str = ""
    """The query string; only where the configuration asks for it."""


class EventLine(Struct, frozen=True, omit_defaults=True):
    """A line on an event, such as an error."""

    time: str
    level: str
    logger: str
    message: str
    id: str = ""
    trace: str = ""


class AccessLog:
    """The log of one process."""

    def __init__(self, stream: BinaryIO, *, readable: bool, with_queries: bool = False) -> None:
        self._stream = stream
        self._with_queries = with_queries
        self._text = _as_text if readable else _to_json
        self._waiting: deque[bytes] = deque(maxlen=_MAX_WAITING)
        self._writer = PeriodicThread("log", _WRITE_SECONDS, self.flush)
        self.start = self._writer.start
        self.close = self._writer.close

    def write_request(self, environ: WSGIEnvironment, route: str, reply: Reply, seconds: float) -> None:
        """Log a request to the route with this label, and what it was answered."""
        address = environ.get("REMOTE_ADDR", "")
        self.write(
            RequestLine(
                time=now(),
                level="info",
                id=environ[REQUEST_ID],
                method=environ["REQUEST_METHOD"],
                route=route,
                status=int(reply.status[:3]),
                ms=round(seconds * 1000, 3),
                bytes=len(reply.body),
                client=address if self._with_queries else network_of(address),
                kind=reply.outcomes[0].kind if len(reply.outcomes) == 1 else "",
                cached=reply.is_cached,
                query=environ["QUERY_STRING"] if self._with_queries else "",
            )
        )

    def write(self, line: RequestLine | EventLine) -> None:
        """Log a line: it is written within a tenth of a second."""
        self._waiting.append(self._text(line) + b"\n")

    def flush(self) -> None:
        """Write the lines that wait; where that fails they are lost, because there is nobody to report it to."""
        lines = (self._waiting.popleft() for _ in range(len(self._waiting)))
        with suppress(OSError, ValueError):
            for block in _blocks(lines):
                self._stream.write(block)
                self._stream.flush()


def _blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks of whole lines that the system writes in one piece, because several workers write to one stream."""
    block = b""
    for line in lines:
        if block and len(block) + len(line) > select.PIPE_BUF:
            yield block
            block = b""
        block += line
    if block:
        yield block


class AccessLogHandler(logging.Handler):
    """Writes the records of Python's loggers to an access log."""

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
    """The log of a configuration, on standard output unless `stream` is given; Python's loggers write to it too."""
    stream = stream or sys.stdout.buffer
    readable = config.log_format == "text" or (config.log_format == "auto" and stream.isatty())
    access_log = AccessLog(stream, readable=readable, with_queries=config.log_queries)
    root = logging.getLogger()
    root.handlers = [AccessLogHandler(access_log)]
    root.setLevel(logging.INFO)
    return access_log


def log_thread_failure(failure: threading.ExceptHookArgs) -> None:
    """Log the exception that ended a thread; to be `threading.excepthook`."""
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
