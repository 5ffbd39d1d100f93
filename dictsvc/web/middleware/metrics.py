"""Counters for Prometheus. No label ever holds what a client sent.

Series: the statuses of each route, ten values of a histogram a route, the kinds of match and the dictionaries:
fewer than 300.

Across workers prometheus-client adds up files in the folder that `PROMETHEUS_MULTIPROC_DIR` named when it was
imported; `dictsvc.serving` sets that for the workers, and nothing else does.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dictsvc.match_kinds import MatchKind
from dictsvc.model import Dictionary
from dictsvc.web.outcome import NOTHING_FOUND

CONTENT_TYPE = CONTENT_TYPE_LATEST
MULTIPROCESS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0)
_MAX_DICTIONARIES = 15
"""Dictionaries with a series of their own; those beyond are counted together."""
_OTHER_DICTIONARIES = "other"


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        own: dict[str, Any] = {"registry": self._registry}
        requests = Counter("dictsvc_requests", "Requests by route and status.", ["route", "status"], **own)
        seconds = Histogram("dictsvc_request_seconds", "Seconds by route.", ["route"], buckets=_BUCKETS_SECONDS, **own)
        lookups = Counter("dictsvc_lookups", "Lookups by the best hit's kind of match.", ["kind"], **own)
        self.reloaded = Counter("dictsvc_reloads", "New files taken up, by any worker.", **own).inc
        """Counts a new file of dictionaries."""
        self.limiter_failed = Counter("dictsvc_rate_limit_failures", "Times the shared counter was away.", **own).inc
        """Counts a failure of the store that the rate limit is counted in."""
        self._requests = _Children(lambda route, status: requests.labels(route, str(status)).inc)
        self._seconds = _Children(lambda route: seconds.labels(route).observe)
        self._lookups = {kind: lookups.labels(kind).inc for kind in (*MatchKind, NOTHING_FOUND)}

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count a request to the route with this label."""
        self._requests[route, status]()
        self._seconds[(route,)](seconds)

    def looked_up(self, kind: str) -> None:
        """Count a lookup by the kind of its best hit; `none` where nothing was found."""
        self._lookups[kind]()

    def exposition(self, dictionaries: Callable[[], Iterable[Dictionary]]) -> bytes:
        """Everything in Prometheus' text format, of all workers together."""
        registry, entries = self._registry, CollectorRegistry()
        if os.environ.get(MULTIPROCESS_VARIABLE):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        entries.register(_Entries(dictionaries))
        return generate_latest(registry) + generate_latest(entries)


class _Children(dict[tuple[Any, ...], Callable[..., None]]):
    """Functions that count, by labels; made at first use, because prometheus-client's `labels` takes a lock."""

    def __init__(self, make: Callable[..., Callable[..., None]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, labels: tuple[Any, ...]) -> Callable[..., None]:
        made = self[labels] = self._make(*labels)
        return made


class _Entries(Collector):
    """Entries by dictionary, as the answering worker has them loaded."""

    def __init__(self, dictionaries: Callable[[], Iterable[Dictionary]]) -> None:
        self._dictionaries = dictionaries

    def collect(self) -> Iterable[Metric]:
        """The gauge, with the dictionaries beyond the first few under one label."""
        gauge = GaugeMetricFamily("dictsvc_entries", "Entries by dictionary.", labels=["dictionary"])
        counts = [(d.id, d.entry_count) for d in self._dictionaries()]
        for identifier, count in counts[:_MAX_DICTIONARIES]:
            gauge.add_metric([identifier], count)
        if rest := counts[_MAX_DICTIONARIES:]:
            gauge.add_metric([_OTHER_DICTIONARIES], sum(count for _, count in rest))
        yield gauge
