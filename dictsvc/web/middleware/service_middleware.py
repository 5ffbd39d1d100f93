"""The door: what every request passes once on its way in and once on its way out.

In: a name for the request, the rate limit, the answers kept. Out: the headers that every answer has, the
metrics, the line in the log. Between them stands Flask, whose way in and out takes as long as an exact lookup:
the views asked for most are asked without it, and by it only where they refuse.

It is WSGI and not a set of Flask's hooks because each of those costs every request several microseconds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException

from dictsvc.errors import DictsvcError, UnavailableError
from dictsvc.messages import DEFAULT_LANGUAGE
from dictsvc.web.middleware.access_log import AccessLog, RequestIds, RequestLine, network_of, now
from dictsvc.web.middleware.headers import ResponseHeaders
from dictsvc.web.middleware.response_cache import Answer, ResponseCache
from dictsvc.web.problems import PROBLEM_JSON, REFUSED, REQUEST_ID, problem_body
from dictsvc.web.reply import HeaderList, Reply, is_known
from dictsvc.web.routes.route_names import EXEMPT_ROUTES, RouteNames
from dictsvc.web.service import OUTCOME, Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)


View = Callable[["WSGIEnvironment"], Reply]
"""Answers a request by itself, or raises what it is refused with."""


class ServiceMiddleware:
    """Wraps the WSGI application of a service; `direct` are the views, by path, that are asked for most."""

    def __init__(
        self,
        inside: WSGIApplication,
        service: Service,
        routes: RouteNames,
        access_log: AccessLog | None,
        direct: Mapping[str, View],
    ) -> None:
        config = service.config
        self._inside = inside
        self._service = service
        self._routes = routes
        self._access_log = access_log
        self._direct = direct
        self._headers = ResponseHeaders(config)
        self._cache = ResponseCache(config.cache_size)
        self._ids = RequestIds(trusted=config.proxy_hops > 0)
        self._log_queries = config.log_queries

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        begun = time.perf_counter()
        identifier = environ[REQUEST_ID] = self._ids.name(environ.get("HTTP_X_REQUEST_ID"))
        route = self._routes.name(environ["PATH_INFO"])
        self._refuse_greed(environ, route)
        answer, cached = self._answer(environ)
        reply = answer.reply
        start_response(reply.status, self._headers.complete(environ, reply.headers, identifier))
        self._account(environ, route, answer, time.perf_counter() - begun, cached=cached)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reply.body]

    def _refuse_greed(self, environ: WSGIEnvironment, route: str) -> None:
        limiter = self._service.limiter
        if limiter and route not in EXEMPT_ROUTES:
            wait = limiter.wait(environ.get("REMOTE_ADDR", ""))
            if wait is not None:
                environ[REFUSED] = wait

    def _answer(self, environ: WSGIEnvironment) -> tuple[Answer, bool]:
        """What goes back, and whether it was kept from another time."""
        if environ["REQUEST_METHOD"] != "GET" or REFUSED in environ:
            return self._asked(environ, self._through_flask), False
        try:
            generation = self._service.generation()
        except UnavailableError:
            return self._asked(environ, self._through_flask), False
        address = _address(environ)
        count = self._cache.count(address)
        kept = self._cache.get(address, generation)
        if kept is None:
            begun = time.thread_time()
            answer = self._asked(environ, self._directly)
            seconds = time.thread_time() - begun
            if self._cache.wants(answer, count, seconds) and self._service.is_present(generation):
                self._cache.keep(address, generation, answer, seconds)
            return answer, False
        tag = kept.reply.tag
        if is_known(environ, tag):
            headers = [header for header in kept.reply.headers if header[0] not in _OF_BODY]
            return Answer(Reply("304 NOT MODIFIED", headers, b"", tag), kept.outcome), True
        return kept, True

    def _asked(self, environ: WSGIEnvironment, view: View) -> Answer:
        try:
            reply = view(environ)
        except Exception:
            # also what happens before and after Flask's own error handling, such as a Host header that is none
            _log.exception("Unforeseen error", extra={"id": environ[REQUEST_ID]})
            reply = _INTERNAL
        return Answer(reply, environ.get(OUTCOME))

    def _directly(self, environ: WSGIEnvironment) -> Reply:
        view = self._direct.get(environ["PATH_INFO"])
        if view:
            try:
                return view(environ)
            except (DictsvcError, HTTPException):
                pass  # Flask says it, in the words of the route
        return self._through_flask(environ)

    def _through_flask(self, environ: WSGIEnvironment) -> Reply:
        begun: list[Any] = []

        def begin(status: str, headers: HeaderList, exc_info: object = None) -> Callable[[bytes], object]:
            begun[:] = status, headers
            return begun.append

        body = self._inside(environ, begin)
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        status, headers = begun
        return Reply(status, headers, whole, next((value for name, value in headers if name == "ETag"), ""))

    def _account(self, environ: WSGIEnvironment, route: str, answer: Answer, seconds: float, *, cached: bool) -> None:
        status = int(answer.reply.status[:3])
        outcome = answer.outcome
        self._service.metrics.answered(route, status, seconds)
        if outcome:
            self._service.metrics.looked_up(outcome.kind)
            if outcome.missed and self._service.misses:
                self._service.misses.note(outcome.missed)
        if self._access_log:
            address = environ.get("REMOTE_ADDR", "")
            self._access_log.write(
                RequestLine(
                    time=now(),
                    level="info",
                    id=environ[REQUEST_ID],
                    method=environ["REQUEST_METHOD"],
                    route=route,
                    status=status,
                    ms=round(seconds * 1000, 3),
                    bytes=len(answer.reply.body),
                    client=address if self._log_queries else network_of(address),
                    kind=outcome.kind if outcome else "",
                    cached=cached,
                    query=environ["QUERY_STRING"] if self._log_queries else "",
                )
            )


_OF_BODY = frozenset({"Content-Type", "Content-Length"})
_INTERNAL = Reply(
    "500 INTERNAL SERVER ERROR",
    [("Content-Type", PROBLEM_JSON), ("Cache-Control", "no-store")],
    problem_body(DictsvcError("internal"), DEFAULT_LANGUAGE),
)


def _address(environ: WSGIEnvironment) -> str:
    """What an answer depends on beside the generation: HTML holds absolute links.

    The path stands last, because it is the only one that may hold a line's end.
    """
    where = environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", "")
    return "\n".join((*where, environ["QUERY_STRING"], environ["PATH_INFO"]))
