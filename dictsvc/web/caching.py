"""Strong ETags, Cache-Control, and the answers a worker keeps.

An answer depends on nothing but the address and the generation, so it can be kept by anybody, this process
included. Compression is left to the proxy in front: gzip takes 9 µs for an answer of 800 bytes and 27 µs for a
page of 5 KB, and Python would do it under its lock.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Request, Response
from msgspec import Struct
from werkzeug.datastructures import Headers

from dictsvc import __version__
from dictsvc.web.service import Outcome

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
"""A minute: after a new dictionary is loaded nobody sees the old one for much longer."""
MOST_KEPT_BYTES = 8192
"""Longer answers are not kept: a few of them would push out many others."""
CACHE_BYTES = 8 * 1024 * 1024
"""How much the answers that a worker keeps may take, however many they are."""
_BYTES_BESIDE_BODY = 1200
"""What an answer takes beside its body: its address, its headers, its place."""

AnswerKey = tuple[str, ...]


def etag(request: Request, generation: str, base_url: str = "") -> str:
    """The strong ETag of the answer to a request, quotes included.

    From the generation, the software's version, the route, and the query string as sent (the kind of match
    depends on case and composition, so a normalized query would not do); for HTML, whose links are absolute,
    also from the base URL.
    """
    environ = request.environ
    name = f"{generation}\0{__version__}\0{environ['PATH_INFO']}\0{base_url}\0{environ['QUERY_STRING']}"
    return f'"{hashlib.blake2b(name.encode(), digest_size=9).hexdigest()}"'


def content_etag(body: bytes) -> str:
    """The strong ETag of what does not depend on the dictionaries."""
    return f'"{hashlib.blake2b(body, digest_size=9).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client already has the answer with this ETag."""
    known = request.environ.get("HTTP_IF_NONE_MATCH")
    return known is not None and matches(known, tag)


def matches(if_none_match: str, tag: str) -> bool:
    """Whether an If-None-Match header names an ETag, weakly compared: a proxy that compresses weakens it."""
    return any(part.strip().removeprefix("W/") in (tag, "*") for part in if_none_match.split(","))


class Answer(Response):
    """An answer that is complete: it is sent as it stands, without Werkzeug's passes over its headers."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send it; the door leaves the body off where only the headers were asked for."""
        start_response(self.status, self.headers.to_wsgi_list())
        return self.response  # type: ignore[return-value]  # one bytes object: it is made of nothing else


def cacheable(body: bytes | str, content_type: str, tag: str) -> Response:
    """A successful answer that caches may keep."""
    headers = Headers([("Content-Type", content_type), ("ETag", tag), ("Cache-Control", CACHE_CONTROL)])
    return Answer(body, headers=headers)


def not_modified(tag: str) -> Response:
    """The answer to a client that already has it."""
    return Response(status=304, headers=[("ETag", tag), ("Cache-Control", CACHE_CONTROL)])


class KeptAnswer(Struct, frozen=True):
    """A whole answer as it was sent."""

    generation: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    tag: str
    outcome: Outcome | None


class AnswerCache:
    """The answers that were asked for last, of the present generation only: at most `size` of them in 8 MB."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._bytes = 0
        self._answers: OrderedDict[AnswerKey, KeptAnswer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: AnswerKey, generation: str) -> KeptAnswer | None:
        """The answer kept under a key, if it is of this generation."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                return None
            if answer.generation != generation:
                self._forget(key)
                return None
            self._answers.move_to_end(key)
            return answer

    def keep(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep an answer; those that were not asked for the longest time make room."""
        if not self._size or len(answer.body) > MOST_KEPT_BYTES:
            return
        with self._lock:
            if key in self._answers:
                self._forget(key)
            self._answers[key] = answer
            self._bytes += len(answer.body) + _BYTES_BESIDE_BODY
            while len(self._answers) > self._size or self._bytes > CACHE_BYTES:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: AnswerKey) -> None:
        self._bytes -= len(self._answers.pop(key).body) + _BYTES_BESIDE_BODY
