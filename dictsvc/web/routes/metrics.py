"""`GET /metrics`: counters for Prometheus, of all workers together."""

from __future__ import annotations

from collections.abc import Iterable

from dictsvc.errors import UnavailableError
from dictsvc.model import Dictionary
from dictsvc.web.middleware.metrics import CONTENT_TYPE
from dictsvc.web.reply import Content, Reply, uncached
from dictsvc.web.request import Request
from dictsvc.web.route import Route


def _view(request: Request) -> Reply:
    service = request.service

    def dictionaries() -> Iterable[Dictionary]:
        try:
            return service.live_snapshot.present().snapshot.dictionaries.values()
        except UnavailableError:
            return ()

    return uncached(CONTENT_TYPE, Content(service.metrics.exposition(dictionaries)))


METRICS = Route(
    path="/metrics",
    name="getMetrics",
    tag="operations",
    view=_view,
    content_type=CONTENT_TYPE,
    statuses=(),
    is_cached=False,
    is_limited=False,
)
