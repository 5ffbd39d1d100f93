"""Measure how often the service finds what was meant, and says so where nothing is.

Prints for each set of queries the figures that `quality/README.md` of the shared folder explains: of words recall
at 1, 5 and 10, mean reciprocal rank, `found` and `whole`; of phrases `lead`, `all` and `honest`; of absent words
`honest`. Then how far scores agree with what is right, and what thresholds of the score would make of `found`.
The exit status is 1 where a set falls short of its goal by more than one standard error, or scores do.
Without `--url` the dictionaries are loaded and asked in this process. With it a running service is asked, which has
them under the same ids; sets of the small dictionaries only where they are named (`small/*`).
"""

from __future__ import annotations

import argparse
import http
import http.client
import sys
from functools import cache
from urllib.parse import urlencode, urlsplit

import msgspec

from dictsvc.errors import BadQueryError
from dictsvc.language.vietnamese.segmentation import warm_up
from dictsvc.model import LookupResult
from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.snapshot import Snapshot
from tests.quality.calibration import operating_curve, reliability
from tests.quality.measures import METRICS, MOST_RESULTS, Ask, Measured, measure
from tests.quality.sets import SHARED, QuerySet, full_database, goals, query_sets, small_database


def main() -> int:
    """Print the figures; status 1 where a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--url", help="a running service to ask, instead of asking in this process")
    parser.add_argument("sets", nargs="*", metavar="SET", help="patterns of names: vi-en.telex*, small/*")
    arguments = parser.parse_args()
    patterns = arguments.sets or (["*"] if arguments.url else ["*", "small/*"])
    sets = [queries for pattern in patterns for queries in query_sets(pattern)]
    if not sets:
        sys.exit(f"no such sets of queries in {SHARED}; set DICTSVC_SHARED")
    short = 0
    for small in (False, True):
        if chosen := [queries for queries in sets if queries.small == small]:
            ask = asking_service(arguments.url) if arguments.url else asking_here(_search_index(small=small))
            short += print_family("small" if small else "full", chosen, ask)
    print(f"{short} short of their goal")
    return 1 if short else 0


@cache
def _search_index(*, small: bool) -> SearchIndex:
    return prepare(Snapshot(small_database() if small else full_database()))


def asking_here(search_index: SearchIndex) -> Ask:
    """Asks in this process, as a worker that has loaded its segmenter."""
    warm_up()

    def ask(query: str, dictionaries: tuple[str, ...]) -> LookupResult | None:
        try:
            return lookup(search_index, Query(text=query, dictionaries=dictionaries, limit=MOST_RESULTS))
        except BadQueryError:
            return None

    return ask


def asking_service(url: str) -> Ask:
    """Asks a running service over one connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=30)

    def ask(query: str, dictionaries: tuple[str, ...]) -> LookupResult | None:
        parameters = urlencode({"q": query, "dict": ",".join(dictionaries), "limit": MOST_RESULTS})
        connection.request("GET", f"{parts.path.rstrip('/')}/lookup?{parameters}")
        response = connection.getresponse()
        body = response.read()
        if response.status == http.HTTPStatus.BAD_REQUEST:
            return None
        if response.status != http.HTTPStatus.OK:
            sys.exit(f"{query!r}: status {response.status}")
        return msgspec.json.decode(body, type=LookupResult)

    return ask


def print_family(title: str, sets: list[QuerySet], ask: Ask) -> int:
    """Print the figures of sets that are asked of the same dictionaries; returns how many of them fall short,
    their calibration counted as one."""
    wanted = goals()
    print(f"\n{f'sets of the {title} dictionaries':44} {'n':>5}", *(f"{m:>6}" for m in METRICS), "  p50ms   p99ms")
    measured, short = [], 0
    for queries in sets:
        measured.append(measure(queries, ask))
        shortfalls = measured[-1].shortfalls(wanted.get(queries.name.removeprefix("small/"), {}))
        short += bool(shortfalls)
        print_measured(measured[-1], shortfalls)
    error = print_reliability(measured)
    print_operating_curve(measured)
    return short + (error > wanted.get("calibration", {}).get("ece", 1.0))


def print_measured(measured: Measured, shortfalls: list[str]) -> None:
    """Print a set's line of the table."""
    metrics = measured.metrics
    cells = [f"{metrics[name]:6.3f}" if name in metrics else f"{'-':>6}" for name in METRICS]
    median, slow = measured.milliseconds()
    line = f"{measured.queries.name:44} {len(measured.judged):5} {' '.join(cells)} {median:7.2f} {slow:7.2f}"
    print(f"{line}  {'; '.join(shortfalls)}".rstrip(), flush=True)


def print_reliability(measured: list[Measured]) -> float:
    """Print how far scores agree with what is right; returns the expected calibration error."""
    found = reliability(measured)
    print(f"\n{'score':>11} {'share of first results':>23} {'mean score':>11} {'right':>7}")
    for b in found.bins:
        print(f"{b.low:5.1f}-{b.high:.1f} {b.weight:23.3f} {b.score:11.3f} {b.right:7.3f}")
    brier = f"Brier score {found.brier:.3f} (a constant: {found.constant_brier:.3f})"
    print(f"expected calibration error {found.expected_error:.3f}, {brier}")
    return found.expected_error


def print_operating_curve(measured: list[Measured]) -> None:
    """Print what `found` makes of true typos and of absent words, and what thresholds of the score would."""
    print(f"\n{'found where':>22} {'of true typos':>14} {'of absent words':>16}")
    for point in operating_curve(measured):
        rule = "the service says so" if point.threshold is None else f"score >= {point.threshold:.2f}"
        print(f"{rule:>22} {point.typos:14.3f} {point.absent:16.3f}")


if __name__ == "__main__":
    sys.exit(main())
