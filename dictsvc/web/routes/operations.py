"""For those who watch the service: whether it is alive, which dictionaries it can read or why none, its counters."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dictsvc import __version__
from dictsvc.errors import DictsvcError, UnavailableError
from dictsvc.model import Dictionary
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.middleware.metrics import CONTENT_TYPE
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


def _metrics(request: Request) -> Reply:
    service = request.service

    def dictionaries() -> Iterable[Dictionary]:
        try:
            return service.live_snapshot.present().snapshot.dictionaries.values()
        except UnavailableError:
            return ()

    return uncached(CONTENT_TYPE, Content(service.metrics.exposition(dictionaries)))


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
READINESS = replace(
    HEALTH,
    path="/readyz",
    name="getReadiness",
    view=_probe,
    answer=Readiness,
    example=_readiness,
    statuses=(503,),
    errors=ErrorFormat(PROBLEM_JSON, Unreadiness, _report),
)
METRICS = Route(
    path="/metrics",
    name="getMetrics",
    tag="operations",
    view=_metrics,
    content_type=CONTENT_TYPE,
    statuses=(),
    is_cached=False,
    is_limited=False,
)
