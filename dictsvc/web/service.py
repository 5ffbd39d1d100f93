"""What views and middleware share: the configuration, the present dictionaries, and what counts requests."""

from dictsvc.config import Config
from dictsvc.errors import UnavailableError
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.live_snapshot import LiveSnapshot
from dictsvc.storage.not_found_file import NotFoundFile
from dictsvc.web.middleware.metrics import Metrics
from dictsvc.web.middleware.not_found_log import NotFoundLog
from dictsvc.web.middleware.rate_limit import make_limiter


class Service:
    """The state of one process."""

    def __init__(
        self, config: Config, live_snapshot: LiveSnapshot[SearchIndex], metrics: Metrics | None = None
    ) -> None:
        self.config = config
        self.live_snapshot = live_snapshot
        self.metrics = metrics or Metrics()
        self.limiter = make_limiter(config, self.metrics.limiter_failed)
        self.not_found_log = NotFoundLog(NotFoundFile.beside(config.database)) if config.misses else None

    def generation(self) -> str | None:
        """The present generation; None while no dictionary can be read."""
        try:
            return self.live_snapshot.present().snapshot.generation
        except UnavailableError:
            return None


def open_service(config: Config) -> Service:
    """A service whose snapshot follows the configured database."""
    metrics = Metrics()
    openings = iter(range(1))

    def count_reload(_: SearchIndex) -> None:
        if next(openings, None) is None:  # the first file is no reload
            metrics.reloaded()

    live_snapshot = LiveSnapshot(config.database, prepare, on_change=count_reload)
    live_snapshot.watch()
    return Service(config, live_snapshot, metrics)
