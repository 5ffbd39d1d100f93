"""What the views share: the configuration, the live_snapshot of dictionaries, and those who count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from werkzeug.wsgi import get_current_url

from dictsvc.config import Config
from dictsvc.errors import UnavailableError
from dictsvc.model import LookupResult
from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.live_snapshot import LiveSnapshot
from dictsvc.storage.not_found_file import NotFoundFile
from dictsvc.web.middleware.metrics import NOTHING_FOUND, Metrics
from dictsvc.web.middleware.not_found_log import NotFoundLog
from dictsvc.web.middleware.rate_limit import make_limiter

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

OUTCOME = "dictsvc.outcome"
"""Where in a request's environment its lookup's outcome stands."""


class Outcome(Struct, frozen=True):
    """What a lookup came to, for those who count."""

    kind: str
    """The best hit's kind of match; `none` where nothing was found."""
    missed: str = ""
    """The text that was not found, where it was not."""


class Service:
    """One per process."""

    def __init__(
        self, config: Config, live_snapshot: LiveSnapshot[SearchIndex], metrics: Metrics | None = None
    ) -> None:
        self.config = config
        self.live_snapshot = live_snapshot
        self.metrics = metrics or Metrics()
        self.limiter = make_limiter(config, self.metrics.limiter_failed)
        self.misses = NotFoundLog(NotFoundFile.beside(config.database)) if config.misses else None

    def base_url(self, environ: WSGIEnvironment) -> str:
        """Where browsers reach the service, without a slash at the end.

        Raises Werkzeug's `SecurityError` where the request's host is none.
        """
        return (self.config.public_url or get_current_url(environ, root_only=True)).rstrip("/")

    def generation(self) -> str:
        """The present generation. Raises `UnavailableError` while there is none."""
        return self.live_snapshot.present().snapshot.generation

    def is_present(self, generation: str) -> bool:
        """Whether a generation is still the present one."""
        try:
            return self.generation() == generation
        except UnavailableError:
            return False


def counted_lookup(environ: WSGIEnvironment, search_index: SearchIndex, query: Query) -> LookupResult:
    """`search.lookup`, its outcome left for those who count once the request is answered."""
    result = lookup(search_index, query)
    environ[OUTCOME] = outcome_of(result)
    return result


def outcome_of(result: LookupResult) -> Outcome:
    """What a lookup came to."""
    kind = result.results[0].match.kind if result.results else NOTHING_FOUND
    return Outcome(kind, "" if result.found else result.query)


def open_service(config: Config) -> Service:
    """A service whose live_snapshot watches the configured database."""
    metrics = Metrics()
    openings = iter(range(1))

    def changed(_: SearchIndex) -> None:
        if next(openings, None) is None:  # the first file is no change
            metrics.reloaded()

    live_snapshot = LiveSnapshot(config.database, prepare, on_change=changed)
    live_snapshot.watch()
    return Service(config, live_snapshot, metrics)
