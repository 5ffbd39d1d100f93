"""Reading JSON bodies, within bounds of size and time.

A body is read in a blocking thread, of which a worker has few. So only half of them may read at once, and a
slow client is cut off.
"""

import threading
import time
from typing import TypeVar
from wsgiref.types import InputStream, WSGIEnvironment

import msgspec
from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout, ServiceUnavailable, UnsupportedMediaType
from werkzeug.http import parse_options_header
from werkzeug.wsgi import get_content_length

from dictsvc.errors import BadQueryError

MAX_BODY_BYTES = 256 * 1024
_READ_SECONDS = 5.0
"""Seconds that a client may take to send a body."""
_READERS = 2
"""Bodies read at once: half of a worker's threads, as `dictsvc.serving` sets them."""
_reading = threading.BoundedSemaphore(_READERS)
Body = TypeVar("Body")


def read_json(environ: WSGIEnvironment, kind: type[Body]) -> Body:
    """The JSON body of a request as a `kind`.

    Raises `BadQueryError` for what is not JSON of that shape, and Werkzeug's errors for 408, 413, 415 and 503.
    """
    if parse_options_header(environ.get("CONTENT_TYPE"))[0].lower() != "application/json":
        raise UnsupportedMediaType
    length = get_content_length(environ)
    if (length or 0) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    if not _reading.acquire(blocking=False):
        raise ServiceUnavailable
    try:
        body = _read(environ["wsgi.input"], length)
    finally:
        _reading.release()
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadQueryError("bad-body", "The body is not JSON of the expected shape.") from error


def _read(stream: InputStream, length: int | None) -> bytes:
    """The whole body, read in pieces of doubling size, so that a slow client is noticed at a small one."""
    deadline = time.monotonic() + _READ_SECONDS
    limit = MAX_BODY_BYTES + 1 if length is None else length
    body = bytearray()
    size = 1
    while len(body) < limit:
        piece = stream.read(min(size, limit - len(body)))
        if not piece:
            break
        body += piece
        size *= 2
        if time.monotonic() > deadline:
            raise RequestTimeout
    if len(body) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    return bytes(body)
