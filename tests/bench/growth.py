"""What ten times the headwords cost: a synthetic database of 2.3 million, kept below build/ once it is made."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from pathlib import Path

from dictsvc.loading import LoadRequest, load
from tests.bench import queries
from tests.bench.report import Figure
from tests.servers import latencies, running

_TIMES = 10
_SEED = 10
_ASKED = 1000
_ROUNDS = 5
_SERVICE = "tests.bench.apps:service_with_empty_route"


def figures(database: Path, requests: Sequence[LoadRequest], words: Sequence[str], folder: Path) -> list[Figure]:
    """The cost of exact and typo requests on ten times the headwords, over the cost on the real ones."""
    large = _large_database(requests, folder)
    exact = queries.lookup_paths(queries.exact(words, _ASKED))
    typos = queries.lookup_paths(queries.typos(words, _ASKED))
    with (
        running(_SERVICE, "/readyz", database=database, workers=1, cache_bytes=0) as small,
        running(_SERVICE, "/readyz", database=large, workers=1, cache_bytes=0) as grown,
    ):
        ratios: dict[str, list[float]] = {"exact": [], "typo": []}
        for server in (small, grown):
            latencies(server.port, exact + typos)
        for _ in range(_ROUNDS):
            for kind, paths in (("exact", exact), ("typo", typos)):
                here = statistics.median(latencies(small.port, paths))
                there = statistics.median(latencies(grown.port, paths))
                ratios[kind].append(there / here)
    found = {kind: statistics.median(several) for kind, several in ratios.items()}
    return [
        Figure("exact, ten times the headwords", f"{found['exact']:.2f}", "at most 1.3", found["exact"] <= 1.3),
        Figure("typo, ten times the headwords", f"{found['typo']:.2f}", "at most 5", found["typo"] <= 5),
    ]


def _large_database(requests: Sequence[LoadRequest], folder: Path) -> Path:
    large = folder / "large.sqlite3"
    if large.exists():
        return large
    grown = [_grown(request, folder) for request in requests]
    building = folder / "large.building.sqlite3"
    building.unlink(missing_ok=True)
    load(building, grown)
    for request in grown:
        request.path.unlink()
    return building.replace(large)


def _grown(request: LoadRequest, folder: Path) -> LoadRequest:
    """A dictionary with ten times the headwords: its own, and their words put together anew."""
    rng = random.Random(_SEED)
    real = [word for word in queries.headwords([request]) if "\t" not in word]
    every = dict.fromkeys(real)
    while len(every) < _TIMES * len(real):
        first, second = rng.choice(real).split(), rng.choice(real).split()
        every.setdefault(" ".join((first[:2] + second[-2:])[: rng.randint(1, 4)]) + rng.choice(("", "a", "n", "s")))
    path = folder / f"large-{request.id}.tsv"
    path.write_text("".join(f"{word}\t{word} là một từ\n" for word in every), "utf-8")
    return LoadRequest(
        path=path,
        id=request.id,
        source_language=request.source_language,
        target_language=request.target_language,
        format="tab",
    )
