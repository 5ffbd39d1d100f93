"""What the views share: the configuration, the shelf of dictionaries, and those who count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from werkzeug.wsgi import get_current_url

from dictsvc.config import Config
from dictsvc.errors import UnavailableError
from dictsvc.model import LookupResult
from dictsvc.search.lexicon import Lexicon, prepare
from dictsvc.search.lookup import lookup
from dictsvc.search.query import Query
from dictsvc.storage.misses import MissFile
from dictsvc.storage.shelf import Shelf
from dictsvc.web.limiting import make_limiter
from dictsvc.web.metrics import NOTHING_FOUND, Metrics
from dictsvc.web.missing import Misses

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

    def __init__(self, config: Config, shelf: Shelf[Lexicon], metrics: Metrics | None = None) -> None:
        self.config = config
        self.shelf = shelf
        self.metrics = metrics or Metrics()
        self.limiter = make_limiter(config, self.metrics.limiter_failed)
        self.misses = Misses(MissFile.beside(config.database)) if config.misses else None

    def base_url(self, environ: WSGIEnvironment) -> str:
        """Where browsers reach the service, without a slash at the end.

        Raises Werkzeug's `SecurityError` where the request's host is none.
        """
        return (self.config.public_url or get_current_url(environ, root_only=True)).rstrip("/")

    def generation(self) -> str:
        """The present generation. Raises `UnavailableError` while there is none."""
        return self.shelf.present().snapshot.generation

    def is_present(self, generation: str) -> bool:
        """Whether a generation is still the present one."""
        try:
            return self.generation() == generation
        except UnavailableError:
            return False


def counted_lookup(environ: WSGIEnvironment, lexicon: Lexicon, query: Query) -> LookupResult:
    """`search.lookup`, its outcome left for those who count once the request is answered."""
    result = lookup(lexicon, query)
    environ[OUTCOME] = outcome_of(result)
    return result


def outcome_of(result: LookupResult) -> Outcome:
    """What a lookup came to."""
    kind = result.results[0].match.kind if result.results else NOTHING_FOUND
    return Outcome(kind, "" if result.found else result.query)


def open_service(config: Config) -> Service:
    """A service whose shelf watches the configured database."""
    metrics = Metrics()
    openings = iter(range(1))

    def changed(_: Lexicon) -> None:
        if next(openings, None) is None:  # the first file is no change
            metrics.reloaded()

    shelf = Shelf(config.database, prepare, on_change=changed)
    shelf.watch()
    return Service(config, shelf, metrics)
