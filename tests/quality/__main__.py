"""Measure how often the service finds the word that was meant, on real queries.

Prints for each set recall at 1, 5 and 10, the mean reciprocal rank, and how long a lookup took; the exit status
is 1 where a set falls short of its goal by more than one standard error. Without `--url` the dictionaries are
loaded and asked in this process; with it a running service is asked that has them under the ids en-vi, vi-en
and fr-vi.
"""

from __future__ import annotations

import argparse
import http
import http.client
import math
import statistics
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import msgspec

from dictsvc.errors import BadQueryError
from dictsvc.model import LookupResult
from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import prepare
from dictsvc.storage.snapshot import Snapshot
from tests.quality.sets import SHARED, QuerySet, full_database, goals, query_sets, rank

LIMIT = 10
MOST_PAIRS = 1000
Ask = Callable[[str, str], list[str]]
"""From a query and a dictionary to the headwords found, best first."""


def main() -> int:
    """Print the table; status 1 where a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--url", help="a running service to ask, instead of asking in this process")
    parser.add_argument("sets", nargs="*", default=["*"], metavar="SET", help="patterns of names: vi-en.telex*")
    arguments = parser.parse_args()
    sets = [found for pattern in arguments.sets for found in query_sets(pattern)]
    if not sets:
        sys.exit(f"no such sets of queries in {SHARED}; set DICTSVC_SHARED")
    ask = asking_service(arguments.url) if arguments.url else asking_here()
    print(f"{'set':32} {'n':>5} {'r@1':>6} {'r@5':>6} {'r@10':>6} {'mrr':>6} {'p50ms':>7} {'p99ms':>7}  short of goal")
    short = sum([not print_measured(queries, ask, goals().get(queries.name, {})) for queries in sets])
    print(f"{short} of {len(sets)} sets short of their goal")
    return 1 if short else 0


def asking_here() -> Ask:
    """Asks in this process, of dictionaries loaded for it."""
    search_index = prepare(Snapshot(full_database()))

    def ask(query: str, dictionary: str) -> list[str]:
        try:
            result = lookup(search_index, Query(text=query, dictionaries=(dictionary,), limit=LIMIT))
        except BadQueryError:
            return []
        return [hit.headword for hit in result.results]

    return ask


def asking_service(url: str) -> Ask:
    """Asks a running service over one connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=30)

    def ask(query: str, dictionary: str) -> list[str]:
        parameters = urlencode({"q": query, "dict": dictionary, "limit": LIMIT})
        connection.request("GET", f"{parts.path.rstrip('/')}/lookup?{parameters}")
        response = connection.getresponse()
        body = response.read()
        if response.status == http.HTTPStatus.BAD_REQUEST:
            return []
        if response.status != http.HTTPStatus.OK:
            sys.exit(f"{query!r}: status {response.status}")
        return [hit.headword for hit in msgspec.json.decode(body, type=LookupResult).results]

    return ask


def print_measured(queries: QuerySet, ask: Ask, wanted: dict[str, float]) -> bool:
    """Print a line of the table; returns whether the set reaches its goals."""
    ranks, seconds = [], []
    for pair in queries.pairs[:MOST_PAIRS]:
        start = time.perf_counter()
        found = ask(pair.query, queries.dictionary)
        seconds.append(time.perf_counter() - start)
        ranks.append(rank(found, pair))
    size = len(ranks)
    got = {f"r{most}": sum(0 < r <= most for r in ranks) / size for most in (1, 5, 10)}
    short = [
        f"{metric} {got[metric]:.3f} < {goal:.3f}"
        for metric, goal in wanted.items()
        if got[metric] + math.sqrt(got[metric] * (1 - got[metric]) / size) < goal
    ]
    reciprocal = sum(1 / r for r in ranks if r) / size
    median, slow = statistics.median(seconds) * 1e3, sorted(seconds)[int(0.99 * size)] * 1e3
    shares = " ".join(f"{share:6.3f}" for share in (*got.values(), reciprocal))
    print(f"{queries.name:32} {size:5} {shares} {median:7.2f} {slow:7.2f}  {'; '.join(short)}", flush=True)
    return not short


if __name__ == "__main__":
    sys.exit(main())
