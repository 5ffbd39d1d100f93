"""Strong ETags and Cache-Control: an answer depends on nothing but the address and the generation."""

from __future__ import annotations

import hashlib

from flask import Request, Response

from dictsvc import __version__

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
"""A minute: after a new dictionary is loaded nobody sees the old one for much longer."""


def etag(request: Request, generation: str, base_url: str = "") -> str:
    """The strong ETag of the answer to a request, quotes included.

    From the generation, the software's version, the route, and the query string as sent (the kind of match
    depends on case and composition, so a normalized query would not do); for HTML, whose links are absolute,
    also from the base URL.
    """
    name = f"{generation}\0{__version__}\0{request.path}\0{base_url}\0".encode() + request.query_string
    return f'"{hashlib.blake2b(name, digest_size=9).hexdigest()}"'


def content_etag(body: bytes) -> str:
    """The strong ETag of what does not depend on the dictionaries."""
    return f'"{hashlib.blake2b(body, digest_size=9).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client already has the answer with this ETag."""
    known = request.environ.get("HTTP_IF_NONE_MATCH")
    return known is not None and any(part.strip().removeprefix("W/") in (tag, "*") for part in known.split(","))


def cacheable(body: bytes | str, content_type: str, tag: str) -> Response:
    """A successful answer that caches may keep."""
    response = Response(body, content_type=content_type)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def not_modified(tag: str) -> Response:
    """The answer to a client that already has it."""
    response = Response(status=304)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
