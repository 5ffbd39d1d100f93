"""An answer as a view makes it: strong ETags, Cache-Control, and the way to Flask's response.

An answer that caches may keep depends on nothing but the address and the generation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Response
from msgspec import Struct
from werkzeug.datastructures import Headers

from dictsvc import __version__

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
"""A minute: after a new dictionary is loaded nobody sees the old one for much longer."""
_CACHED = ("Cache-Control", CACHE_CONTROL)
HeaderList = list[tuple[str, str]]


class Reply(Struct, frozen=True):
    """A whole answer, without the headers that every answer has."""

    status: str
    headers: HeaderList
    body: bytes
    tag: str = ""
    """Its ETag, which stands among the headers too; empty where no cache may keep it."""


class _Answer(Response):
    """A reply as Flask wants it: it is sent as it stands, without Werkzeug's passes over its headers."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send it; the door leaves the body off where only the headers were asked for."""
        start_response(self.status, self.headers.to_wsgi_list())
        return self.response  # type: ignore[return-value]  # one bytes object: it is made of nothing else


def as_response(reply: Reply) -> Response:
    """The reply as a view of Flask returns it."""
    response = _Answer(reply.body, reply.status)
    response.headers = Headers(reply.headers)
    return response


def etag(environ: WSGIEnvironment, generation: str, base_url: str = "") -> str:
    """The strong ETag of the answer to a request, quotes included.

    From the generation, the software's version, the route, and the query string as sent (the kind of match
    depends on case and composition, so a normalized query would not do); for HTML, whose links are absolute,
    also from the base URL.
    """
    name = f"{generation}\0{__version__}\0{environ['PATH_INFO']}\0{base_url}\0{environ['QUERY_STRING']}"
    return content_etag(name.encode())


def content_etag(content: bytes) -> str:
    """The strong ETag of what depends on this content and nothing else."""
    return f'"{hashlib.blake2b(content, digest_size=9).hexdigest()}"'


def is_known(environ: WSGIEnvironment, tag: str) -> bool:
    """Whether the client has the answer with this ETag, weakly compared: a proxy that compresses weakens it."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    return known is not None and any(part.strip().removeprefix("W/") in (tag, "*") for part in known.split(","))


def cacheable(environ: WSGIEnvironment, tag: str, content_type: str, body: Callable[[], bytes | str]) -> Reply:
    """The answer with this ETag, which caches may keep; its body is made only for a client that has it not yet."""
    if is_known(environ, tag):
        return Reply("304 NOT MODIFIED", [("ETag", tag), _CACHED], b"", tag)
    made = body()
    whole = made.encode() if isinstance(made, str) else made
    length = str(len(whole))  # which the server cannot know where only the headers are sent
    headers = [("Content-Type", content_type), ("Content-Length", length), ("ETag", tag), _CACHED]
    return Reply("200 OK", headers, whole, tag)
