"""`GET /healthz`: whether the process is alive; `GET /readyz`: which dictionaries can be read, or why none can."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from dictsvc import __version__
from dictsvc.errors import DictsvcError
from dictsvc.model import Dictionary
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.problems import PROBLEM_JSON, ErrorFormat, ProblemDocument, error_reply, problem_document
from dictsvc.web.reply import JSON, Content, Reply, uncached
from dictsvc.web.request import Request
from dictsvc.web.route import Route


class Health(Struct, frozen=True):
    """The answer of `/healthz`."""

    status: str
    version: str


class Readiness(Struct, frozen=True):
    """The answer of `/readyz` while dictionaries can be read."""

    status: str
    generation: str
    dictionaries: tuple[Dictionary, ...]


class Unreadiness(ProblemDocument, frozen=True):
    """The answer of `/readyz` while they cannot."""

    reason: str
    """`missing`, `damaged` or `foreign`: what is wrong with the database."""


_HEALTH = Health("ok", __version__)


def _health(_: Request) -> Reply:
    return uncached(JSON, Content(msgspec.json.encode(_HEALTH)))


def _readiness(search_index: SearchIndex) -> Readiness:
    snapshot = search_index.snapshot
    return Readiness("ready", snapshot.generation, tuple(snapshot.dictionaries.values()))


def _probe(request: Request) -> Reply:
    def make(search_index: SearchIndex) -> Readiness:
        search_index.snapshot.probe()
        return _readiness(search_index)

    return uncached(JSON, Content(msgspec.json.encode(request.service.live_snapshot.read(make))))


def _report(request: Request, error: DictsvcError) -> Reply:
    problem = problem_document(error, request.language())
    reason = str(error.values.get("reason", "damaged"))
    document = Unreadiness(**msgspec.structs.asdict(problem), reason=reason)
    return error_reply(error, PROBLEM_JSON, msgspec.json.encode(document))


HEALTH = Route(
    path="/healthz",
    name="getHealth",
    tag="operations",
    view=_health,
    answer=Health,
    example=lambda _: _HEALTH,
    statuses=(),
    is_cached=False,
    is_limited=False,
)
READINESS = Route(
    path="/readyz",
    name="getReadiness",
    tag="operations",
    view=_probe,
    answer=Readiness,
    example=_readiness,
    statuses=(503,),
    errors=ErrorFormat(PROBLEM_JSON, Unreadiness, _report),
    is_cached=False,
    is_limited=False,
)
