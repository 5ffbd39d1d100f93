"""Errors as clients see them: RFC 9457 problem documents. No exception's own text is ever sent."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from msgspec import Struct
from werkzeug.exceptions import HTTPException

from dictsvc import messages
from dictsvc.errors import DictsvcError
from dictsvc.messages import Language
from dictsvc.web.reply import Content, HeaderList, Reply, uncached
from dictsvc.web.request import Request

PROBLEM_JSON = "application/problem+json"
_TYPE_PREFIX = "urn:dictsvc:problem:"
_CODES = {404: "not-found", 405: "method-not-allowed", 408: "too-slow", 413: "too-large", 415: "unsupported-media-type",
          429: "too-many-requests", 503: "unavailable", 500: "internal"}  # fmt: skip
RETRY_SECONDS = 5
"""Seconds that Retry-After names while no dictionary can be read."""


class ProblemDocument(Struct, frozen=True):
    """An error as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


class ErrorFormat(Struct, frozen=True):
    """The way in which a route reports errors."""

    content_type: str
    schema: type | None
    """The struct of the body; None where it is not JSON."""
    reply: Callable[[Request, DictsvcError], Reply]


def problem_document(error: DictsvcError, language: Language) -> ProblemDocument:
    """The problem document of an error, in one language."""
    code = error.code if error.code in messages.ERRORS else "internal"
    title, detail = messages.error(code, language, error.values)
    return ProblemDocument(_TYPE_PREFIX + code, title, error.status, detail)


def problem_reply(request: Request, error: DictsvcError) -> Reply:
    """The reply of a JSON route to an error."""
    return error_reply(error, PROBLEM_JSON, msgspec.json.encode(problem_document(error, request.language())))


PROBLEM_DOCUMENTS = ErrorFormat(PROBLEM_JSON, ProblemDocument, problem_reply)


def error_reply(error: DictsvcError, content_type: str, body: bytes) -> Reply:
    """The reply to an error, with Retry-After where trying again later makes sense; no cache may keep it."""
    status = HTTPStatus(error.status)
    more: HeaderList = []
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        more.append(("Retry-After", str(error.values.get("retry_seconds", RETRY_SECONDS))))
    if "allow" in error.values:
        more.append(("Allow", str(error.values["allow"])))
    return uncached(content_type, Content(body), status=f"{status.value} {status.phrase.upper()}", more=more)


def as_dictsvc_error(error: HTTPException) -> DictsvcError:
    """What Werkzeug raised, in this project's terms."""
    status = error.code or 500
    headers = dict(error.get_headers())
    known = DictsvcError(HTTPStatus(status).phrase, **({"allow": headers["Allow"]} if "Allow" in headers else {}))
    known.status = status
    known.code = _CODES.get(status, "bad-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "internal")
    return known
