"""Replies of views: strong ETags, Cache-Control, 304.

A reply that caches may keep depends on nothing but the URL and the generation.
"""

import hashlib
from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

from msgspec import Struct
from msgspec.structs import replace
from werkzeug.http import parse_etags

from dictsvc import __version__
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.outcome import Outcome
from dictsvc.web.request import Request

JSON, HTML = "application/json", "text/html; charset=utf-8"
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
"""A minute: after a new dictionary is loaded nobody sees the old one for much longer."""
_CACHED = ("Cache-Control", CACHE_CONTROL)
_NOT_CACHED = ("Cache-Control", "no-store")
HeaderList = list[tuple[str, str]]


class Content(Struct, frozen=True):
    """A body, and what the lookups in it came to."""

    body: bytes
    outcomes: tuple[Outcome, ...] = ()


class Reply(Struct, frozen=True):
    """A whole reply, without the headers that every reply has."""

    status: str
    headers: HeaderList
    body: bytes
    etag: str = ""
    """The ETag, which stands among the headers too; empty where no cache may keep the reply."""
    outcomes: tuple[Outcome, ...] = ()
    is_cached: bool = False
    """Whether it was made for an earlier request."""


def from_snapshot(
    request: Request, content_type: str, make: Callable[[SearchIndex], Content], *, base_url: str = ""
) -> Reply:
    """A cacheable reply made from the present dictionaries; `base_url` where the content holds absolute links.

    Raises `UnavailableError` while no dictionary can be read, and what `make` raises.
    """

    def read(search_index: SearchIndex) -> Reply:
        etag = _etag_of_request(request.environ, search_index.snapshot.generation, base_url)
        return _cacheable(request.environ, etag, content_type, lambda: make(search_index))

    return request.service.live_snapshot.read(read)


def from_file(request: Request, content_type: str, body: bytes) -> Reply:
    """A cacheable reply whose content depends on no dictionary."""
    return _cacheable(request.environ, _etag_of(body), content_type, lambda: Content(body))


def uncached(content_type: str, content: Content, *, status: str = "200 OK", more: HeaderList | None = None) -> Reply:
    """A reply that no cache may keep, with `more` headers."""
    headers = [*_describe(content_type, content.body), _NOT_CACHED, *(more or ())]
    return Reply(status, headers, content.body, outcomes=content.outcomes)


def is_known(environ: WSGIEnvironment, etag: str) -> bool:
    """Whether the client has the reply with this ETag; compared weakly, because proxies that compress weaken it."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    return known is not None and parse_etags(known).contains_weak(etag.strip('"'))


def not_modified(reply: Reply) -> Reply:
    """The 304 for a client that has this reply."""
    headers = [header for header in reply.headers if not header[0].startswith("Content-")]
    return replace(reply, status="304 NOT MODIFIED", headers=headers, body=b"")


def _cacheable(environ: WSGIEnvironment, etag: str, content_type: str, make: Callable[[], Content]) -> Reply:
    if is_known(environ, etag):
        return Reply("304 NOT MODIFIED", [("ETag", etag), _CACHED], b"", etag)
    content = make()
    headers = [*_describe(content_type, content.body), ("ETag", etag), _CACHED]
    return Reply("200 OK", headers, content.body, etag, content.outcomes)


def _describe(content_type: str, body: bytes) -> HeaderList:
    # the server cannot know the length where only the headers are sent
    return [("Content-Type", content_type), ("Content-Length", str(len(body)))]


def _etag_of_request(environ: WSGIEnvironment, generation: str, base_url: str) -> str:
    """The strong ETag of the reply to a request, quotes included.

    It depends on the query string as sent, because the kind of match depends on case and composition.
    """
    name = f"{generation}\0{__version__}\0{environ['PATH_INFO']}\0{base_url}\0{environ['QUERY_STRING']}"
    return _etag_of(name.encode())


def _etag_of(content: bytes) -> str:
    return f'"{hashlib.blake2b(content, digest_size=9).hexdigest()}"'
