"""The door: what every request passes once on its way in and once on its way out.

In: a name for the request, the rate limit, the answers kept. Out: the headers that every answer has, the
metrics, the line in the log. Between them stands Flask.

It is WSGI and not a set of Flask's hooks because each of those costs every request several microseconds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from dictsvc.errors import DictsvcError, UnavailableError
from dictsvc.messages import DEFAULT_LANGUAGE
from dictsvc.web.caching import AnswerCache, AnswerKey, KeptAnswer, matches
from dictsvc.web.headers import Headers, ResponseHeaders
from dictsvc.web.logs import Journal, RequestIds, RequestLine, network_of, now
from dictsvc.web.problems import PROBLEM_JSON, REFUSED, REQUEST_ID, problem_body
from dictsvc.web.routes import EXEMPT_ROUTES, RouteNames
from dictsvc.web.service import OUTCOME, Outcome, Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)


class Reply(Struct):
    """What goes back to the client."""

    status: str
    headers: Headers
    body: bytes
    outcome: Outcome | None = None
    cached: bool = False


class Door:
    """Wraps the WSGI application of a service."""

    def __init__(self, inside: WSGIApplication, service: Service, routes: RouteNames, journal: Journal | None) -> None:
        config = service.config
        self._inside = inside
        self._service = service
        self._routes = routes
        self._journal = journal
        self._headers = ResponseHeaders(config)
        self._cache = AnswerCache(config.cache_size)
        self._ids = RequestIds(trusted=config.proxy_hops > 0)
        self._log_queries = config.log_queries

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        begun = time.perf_counter()
        identifier = environ[REQUEST_ID] = self._ids.name(environ.get("HTTP_X_REQUEST_ID"))
        route = self._routes.name(environ["PATH_INFO"])
        self._refuse_greed(environ, route)
        reply = self._reply(environ)
        start_response(reply.status, self._headers.complete(environ, reply.headers, identifier))
        self._account(environ, route, reply, time.perf_counter() - begun)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reply.body]

    def _refuse_greed(self, environ: WSGIEnvironment, route: str) -> None:
        limiter = self._service.limiter
        if limiter and route not in EXEMPT_ROUTES:
            wait = limiter.wait(environ.get("REMOTE_ADDR", ""))
            if wait is not None:
                environ[REFUSED] = wait

    def _reply(self, environ: WSGIEnvironment) -> Reply:
        if environ["REQUEST_METHOD"] != "GET" or REFUSED in environ:
            return self._asked(environ)
        try:
            generation = self._service.generation()
        except UnavailableError:
            return self._asked(environ)
        key = _key(environ)
        kept = self._cache.get(key, generation)
        if kept is None:
            return self._asked_and_kept(environ, key, generation)
        if matches(environ.get("HTTP_IF_NONE_MATCH", ""), kept.tag):
            headers = [header for header in kept.headers if header[0] != "Content-Type"]
            return Reply("304 NOT MODIFIED", headers, b"", kept.outcome, cached=True)
        return Reply(kept.status, kept.headers, kept.body, kept.outcome, cached=True)

    def _asked_and_kept(self, environ: WSGIEnvironment, key: AnswerKey, generation: str) -> Reply:
        reply = self._asked(environ)
        if reply.status == "200 OK" and self._service.is_present(generation):
            tag = next((value for name, value in reply.headers if name == "ETag"), None)
            if tag:
                answer = KeptAnswer(generation, reply.status, reply.headers, reply.body, tag, reply.outcome)
                self._cache.keep(key, answer)
        return reply

    def _asked(self, environ: WSGIEnvironment) -> Reply:
        begun: list[Any] = []

        def begin(status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
            begun[:] = status, headers
            return begun.append

        try:
            body = self._inside(environ, begin)
            try:
                whole = b"".join(body)
            finally:
                if hasattr(body, "close"):
                    body.close()
        except Exception:
            # what happens before and after Flask's own error handling, such as a Host header that is none
            _log.exception("Unforeseen error", extra={"id": environ[REQUEST_ID]})
            return Reply("500 INTERNAL SERVER ERROR", [("Content-Type", PROBLEM_JSON)], _INTERNAL)
        return Reply(begun[0], begun[1], whole, environ.get(OUTCOME))

    def _account(self, environ: WSGIEnvironment, route: str, reply: Reply, seconds: float) -> None:
        status = int(reply.status[:3])
        outcome = reply.outcome
        self._service.metrics.answered(route, status, seconds)
        if outcome:
            self._service.metrics.looked_up(outcome.kind)
            if outcome.missed and self._service.misses:
                self._service.misses.note(outcome.missed)
        if self._journal:
            address = environ.get("REMOTE_ADDR", "")
            self._journal.write(
                RequestLine(
                    time=now(),
                    level="info",
                    id=environ[REQUEST_ID],
                    method=environ["REQUEST_METHOD"],
                    route=route,
                    status=status,
                    ms=round(seconds * 1000, 3),
                    bytes=len(reply.body),
                    client=address if self._log_queries else network_of(address),
                    kind=outcome.kind if outcome else "",
                    cached=reply.cached,
                    query=environ["QUERY_STRING"] if self._log_queries else "",
                )
            )


_INTERNAL = problem_body(DictsvcError("internal"), DEFAULT_LANGUAGE)


def _key(environ: WSGIEnvironment) -> AnswerKey:
    """What an answer depends on beside the generation: HTML holds absolute links."""
    return (
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ["wsgi.url_scheme"],
    )
