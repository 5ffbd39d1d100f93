"""Reading what a client sends: JSON of a known shape, within bounds of size and time.

A body is read in a blocking thread, of which a worker has few. So only half of them may read at once, and a
client that sends slower than it could be expected to is cut off.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

import msgspec
from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout, ServiceUnavailable, UnsupportedMediaType

from dictsvc.errors import BadQueryError

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream

MOST_BODY_BYTES = 256 * 1024
_READ_SECONDS = 5.0
_READERS = 2
"""Half of a worker's threads, as `dictsvc.serving` sets them."""
_reading = threading.BoundedSemaphore(_READERS)
Body = TypeVar("Body")


def read_json(request: Request, kind: type[Body]) -> Body:
    """The JSON body of a request as a `kind`.

    Raises `BadQueryError` for what is no JSON of that shape, and Werkzeug's errors for 408, 413, 415 and 503.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    if (request.content_length or 0) > MOST_BODY_BYTES:
        raise RequestEntityTooLarge
    try:
        return msgspec.json.decode(_bytes(request), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadQueryError("bad-body", "The body is not JSON of the expected shape.") from error


def _bytes(request: Request) -> bytes:
    if not _reading.acquire(blocking=False):
        raise ServiceUnavailable
    try:
        return _read(request.environ["wsgi.input"], request.content_length)
    finally:
        _reading.release()


def _read(stream: InputStream, length: int | None) -> bytes:
    """The whole body. Each piece is twice the last one, so that a slow client shows before it holds much time."""
    deadline = time.monotonic() + _READ_SECONDS
    most = MOST_BODY_BYTES + 1 if length is None else length
    body = bytearray()
    size = 1
    while len(body) < most:
        piece = stream.read(min(size, most - len(body)))
        if not piece:
            break
        body += piece
        size *= 2
        if time.monotonic() > deadline:
            raise RequestTimeout
    if len(body) > MOST_BODY_BYTES:
        raise RequestEntityTooLarge
    return bytes(body)
