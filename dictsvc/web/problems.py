"""Errors as people and programs see them: RFC 9457 problem documents, or one friendly sentence in HTML.

No exception's own text is ever shown.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

import msgspec
from flask import Flask, Response, request
from msgspec import Struct
from werkzeug.exceptions import HTTPException

from dictsvc import messages
from dictsvc.errors import BadQueryError, DictsvcError
from dictsvc.messages import DEFAULT_LANGUAGE, Language
from dictsvc.web.parameters import language_of, read_fields

_log = logging.getLogger(__name__)
PROBLEM_JSON = "application/problem+json"
_TYPE_PREFIX = "urn:dictsvc:problem:"
_CODES = {404: "not-found", 405: "method-not-allowed", 408: "too-slow", 413: "too-large", 415: "unsupported-media-type",
          429: "too-many-requests", 503: "unavailable", 500: "internal"}  # fmt: skip
RETRY_SECONDS = 5
"""What Retry-After says while no dictionary can be read."""
REQUEST_ID = "dictsvc.id"
REFUSED = "dictsvc.refused"
"""Where the door leaves the seconds after which a client that asked too much may ask again."""


class ProblemDocument(Struct, frozen=True):
    """An error as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


def problem_document(error: DictsvcError, language: Language) -> ProblemDocument:
    """The problem document of an error, in one language."""
    code = error.code if error.code in messages.ERRORS else "internal"
    title, detail = messages.error(code, language, error.values)
    return ProblemDocument(_TYPE_PREFIX + code, title, error.status, detail)


def problem_body(error: DictsvcError, language: Language) -> bytes:
    """The problem document of an error as it is sent."""
    return msgspec.json.encode(problem_document(error, language))


def problem_response(document: ProblemDocument) -> Response:
    """The answer of a JSON route to an error."""
    return with_retry(Response(msgspec.json.encode(document), document.status, content_type=PROBLEM_JSON))


def with_retry(response: Response) -> Response:
    """The response, with Retry-After where trying again later makes sense; no cache may keep an error."""
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    elif response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(request.environ.get(REFUSED, RETRY_SECONDS))
    response.headers["Cache-Control"] = "no-store"
    return response


def requested_language() -> Language:
    """The language the present request asks for, as far as it can be read."""
    try:
        return language_of(read_fields(request.query_string))
    except BadQueryError:
        return DEFAULT_LANGUAGE


def as_dictsvc_error(error: HTTPException) -> DictsvcError:
    """What Werkzeug raised, in this project's terms."""
    status = error.code or 500
    known = DictsvcError(HTTPStatus(status).phrase)
    known.status = status
    known.code = _CODES.get(status, "bad-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "internal")
    return known


def register(app: Flask) -> None:
    """Make every error of every route a problem document, unless the route's blueprint says otherwise."""

    @app.errorhandler(DictsvcError)
    def dictsvc_error(error: DictsvcError) -> Response:
        return problem_response(problem_document(error, requested_language()))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = problem_response(problem_document(as_dictsvc_error(error), requested_language()))
        if "Allow" in (headers := dict(error.get_headers())):
            response.headers["Allow"] = headers["Allow"]
        return response

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        _log.exception("Unforeseen error", exc_info=error, extra={"id": request.environ.get(REQUEST_ID, "")})
        return problem_response(problem_document(DictsvcError("internal"), requested_language()))
