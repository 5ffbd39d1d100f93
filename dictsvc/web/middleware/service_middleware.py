"""What every request passes, step by step.

It is WSGI and not a set of Flask's hooks, because each of those takes several microseconds of every request. For
the same reason routes whose path has no variable part are answered without Flask, whose way in and out takes as
long as an exact lookup.
"""

import itertools
import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from dictsvc.errors import DictsvcError, TooManyRequestsError
from dictsvc.web.middleware.access_log import AccessLog
from dictsvc.web.middleware.headers import ResponseHeaders
from dictsvc.web.middleware.response_cache import ResponseCache
from dictsvc.web.problems import problem_reply
from dictsvc.web.reply import HeaderList, Reply
from dictsvc.web.request import Request
from dictsvc.web.route import REQUEST_ID, respond
from dictsvc.web.route_table import Endpoint, RouteTable
from dictsvc.web.service import Service

_log = logging.getLogger(__name__)
REPLY = "dictsvc.reply"
"""Key of the reply of a view that Flask calls, in its WSGI environment."""

_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """Gives each request an id: the proxy's where it sends one and is trusted, else a new one."""

    def __init__(self, *, trust_proxy: bool) -> None:
        self._trust_proxy = trust_proxy
        self._prefix = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def choose(self, received: str | None) -> str:
        """The id of a request that came with this X-Request-Id."""
        if received and self._trust_proxy and _ACCEPTED_ID.fullmatch(received):
            return received
        return f"{self._prefix}-{next(self._numbers):x}"


class ServiceMiddleware:
    """Wraps Flask's WSGI application."""

    def __init__(
        self, flask: WSGIApplication, service: Service, routes: RouteTable, access_log: AccessLog | None
    ) -> None:
        config = service.config
        self._flask = flask
        self._service = service
        self._routes = routes
        self._access_log = access_log
        self._headers = ResponseHeaders(config)
        self._cache = ResponseCache(config.cache_bytes, service.generation)
        self._request_ids = RequestIds(trust_proxy=config.proxy_hops > 0)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        started = time.perf_counter()
        request_id = environ[REQUEST_ID] = self._request_ids.choose(environ.get("HTTP_X_REQUEST_ID"))
        endpoint = self._routes.find(environ["PATH_INFO"])
        request = Request(environ, self._service)
        reply = self._reply(request, endpoint)
        start_response(reply.status, self._headers.complete(environ, reply.headers, request_id))
        self._count(environ, endpoint, reply, time.perf_counter() - started)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reply.body]

    def _reply(self, request: Request, endpoint: Endpoint) -> Reply:
        try:
            return self._refuse(request, endpoint) or self._answer(request, endpoint)
        except Exception:
            # what Flask and the rendering of an error raise; `respond` reports the rest
            _log.exception("Unforeseen error", extra={"id": request.environ[REQUEST_ID]})
            return problem_reply(request, DictsvcError("internal"))

    def _refuse(self, request: Request, endpoint: Endpoint) -> Reply | None:
        """The reply to a client that sends too many requests; None for others."""
        limiter = self._service.limiter
        if not limiter or not endpoint.is_limited:
            return None
        seconds = limiter.count(request.environ.get("REMOTE_ADDR", ""))
        if seconds is None:
            return None
        errors = endpoint.errors(request.environ["REQUEST_METHOD"])
        return errors.reply(request, TooManyRequestsError("Too many requests.", retry_seconds=seconds))

    def _answer(self, request: Request, endpoint: Endpoint) -> Reply:
        """The reply to a request, from the cache where it is kept."""
        environ = request.environ
        method = environ["REQUEST_METHOD"]
        route = endpoint.routes.get(method)
        make = partial(respond, route, request) if route and route.has_fixed_path else partial(self._ask_flask, environ)
        if route and route.is_cached and method == "GET":
            return self._cache.reply_to(environ, make)
        return make()

    def _ask_flask(self, environ: WSGIEnvironment) -> Reply:
        started: list[Any] = []

        def start_response(status: str, headers: HeaderList, exc_info: object = None) -> Callable[[bytes], object]:
            started[:] = status, headers
            return started.append

        body = self._flask(environ, start_response)
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        status, headers = started
        reply: Reply | None = environ.get(REPLY)
        return reply or Reply(status, headers, whole)

    def _count(self, environ: WSGIEnvironment, endpoint: Endpoint, reply: Reply, seconds: float) -> None:
        service = self._service
        service.metrics.answered(endpoint.metric_label, int(reply.status[:3]), seconds)
        for outcome in reply.outcomes:
            service.metrics.looked_up(outcome.kind)
            if outcome.not_found and service.not_found_log:
                service.not_found_log.note(outcome.not_found)
        if self._access_log:
            self._access_log.write_request(environ, endpoint.label, reply, seconds)
