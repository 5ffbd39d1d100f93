"""A route: its view, its contract, its labels in log and metrics, its cache policy and its error format."""

import logging
from collections.abc import Callable, Mapping
from typing import Literal, get_args

from msgspec import Struct
from werkzeug.exceptions import HTTPException

from dictsvc.config import Config
from dictsvc.errors import DictsvcError
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.parameters import Parameter
from dictsvc.web.problems import PROBLEM_DOCUMENTS, ErrorFormat, as_dictsvc_error
from dictsvc.web.reply import JSON, Reply
from dictsvc.web.request import Request

_log = logging.getLogger(__name__)
REQUEST_ID = "dictsvc.request_id"
"""Key of the request's id in its WSGI environment."""
OTHER = "other"
"""Label of requests that are not counted by their route."""
_READING_STATUSES = (400, 404, 429, 503)
"""Error statuses of a route that reads parameters and dictionaries."""
SENDING_STATUSES = (400, 404, 408, 413, 415, 429, 503)
"""Error statuses of a route that reads a body."""
Tag = Literal["lookup", "pages", "embedding", "documentation", "operations"]
TAGS: tuple[Tag, ...] = get_args(Tag)
"""Groups of routes, in the order in which the documentation shows them."""


class OpenApiLink(Struct, frozen=True):
    """A link of OpenAPI: how an answer leads on to another operation."""

    operation: str
    parameters: Mapping[str, str]
    text: str
    """The key of its description in the table of messages."""


class Route(Struct, frozen=True, kw_only=True):
    """One method of one path."""

    path: str
    """As OpenAPI writes it: `/entry/{id}`."""
    name: str
    """The operation's id in OpenAPI, and the key of its sentence in the table of messages."""
    tag: Tag
    view: Callable[[Request], Reply]
    """Answers a request. May raise `DictsvcError` and Werkzeug's `HTTPException`, which are reported in `errors`."""
    method: Literal["get", "post"] = "get"
    parameters: tuple[Parameter, ...] = ()
    body: type | None = None
    """The struct that the request's body is; None where there is none."""
    body_example: Struct | None = None
    answer: type | None = None
    """The struct that the reply's body is; None where it is not JSON of a struct."""
    example: Callable[[SearchIndex], Struct] | None = None
    """A real answer of this service."""
    content_type: str = JSON
    statuses: tuple[int, ...] = _READING_STATUSES
    """The error statuses that the route itself answers with."""
    errors: ErrorFormat = PROBLEM_DOCUMENTS
    links: tuple[OpenApiLink, ...] = ()
    is_cached: bool = True
    """Whether caches may keep replies: they have an ETag, and depend on the URL and the generation only."""
    is_limited: bool = True
    """Whether requests count for the rate limit; those who watch the service must always get an answer."""
    is_counted: bool = True
    """Whether metrics have the route by its own label, else with others under `other`."""
    is_offered: Callable[[Config], bool] = lambda _: True
    """Whether a service of this configuration has the route."""

    @property
    def label(self) -> str:
        """The name of the route in the log and in metrics: its path up to the variable part."""
        return self.path.partition("{")[0].rstrip("/") or "/"

    @property
    def has_fixed_path(self) -> bool:
        """Whether the path has no variable part."""
        return "{" not in self.path


def respond(route: Route, request: Request) -> Reply:
    """The reply of a route to a request; whatever is raised is reported in the way of the route."""
    try:
        return route.view(request)
    except DictsvcError as error:
        reported = error
    except HTTPException as error:
        reported = as_dictsvc_error(error)
    except Exception:
        _log.exception("Unforeseen error", extra={"id": request.environ[REQUEST_ID]})
        reported = DictsvcError("internal")
    return route.errors.reply(request, reported)
