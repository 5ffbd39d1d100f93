"""The whole service under load: throughput beside an empty route, latency, memory, start."""

from __future__ import annotations

import http.client
import os
import shutil
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench import queries
from tests.bench.apps import BYTES_VARIABLE
from tests.bench.report import Figure
from tests.servers import Server, latencies, running, throughput

_ROUNDS = 5
_SECONDS = 3
_DIFFERENT = 20_000
_TIMES_OVER = 3
"""How many times the different queries are asked in a round at most, each time under an address of its own."""
_WARM_SECONDS = 60
_WARM_MIX, _MIX_OF_ROUND = 1_200_000, 100_000
"""Requests of the mix, more than are answered: in the minute before it is measured, and in each round."""
_SERVICE = "tests.bench.apps:service_with_empty_route"
_BARE = "tests.bench.apps:bare_flask"


def throughput_figures(database: Path, words: Sequence[str]) -> list[Figure]:
    """Throughput of each kind of lookup, and of a mix of all, against the empty routes: medians of ratios."""
    rounds = _single_kinds(database, {name: queries.lookup_paths(kind) for name, kind in _kinds(words).items()})
    mixed = _mix(database, words)
    figures = [
        _ratio(rounds, "exact", "same app", 0.80),
        _ratio(rounds, "exact", "bare Flask", 0.50),
        _ratio(rounds, "unaccented", "same app", 0.80),
        _ratio(rounds, "unaccented", "bare Flask", 0.50),
        _ratio(rounds, "typo", "same app", 0.35),
        _ratio(mixed, "mix", "same app", 0.80),
    ]
    of_each = {name: [r[name] for r in rounds] for name in rounds[0]} | {"mix": [r["mix"] for r in mixed]}
    per_second = ", ".join(f"{name} {statistics.median(several):,.0f}" for name, several in of_each.items())
    return [*figures, Figure("requests a second", per_second, "", None)]


def _kinds(words: Sequence[str]) -> dict[str, list[str]]:
    return {
        "exact": queries.exact(words, _DIFFERENT),
        "unaccented": queries.unaccented(words, _DIFFERENT),
        "typo": queries.typos(words, _DIFFERENT),
    }


def _mixed_paths(words: Sequence[str], count: int) -> list[str]:
    return queries.lookup_paths(queries.zipf_mix(list(_kinds(words).values()), count))


def _single_kinds(database: Path, paths: dict[str, list[str]]) -> list[dict[str, float]]:
    """Requests a second in each round; no answer comes from the cache, though it is on: no address comes twice."""
    with running(_SERVICE, "/readyz", database=database, workers=2) as service:
        os.environ[BYTES_VARIABLE] = str(_mean_bytes(service.port, paths["exact"][:500]))
        with running(_BARE, "/empty", workers=2) as bare:
            for kind in paths.values():
                throughput(service.port, kind, seconds=1)
            rounds = []
            for number in range(_ROUNDS):
                asked = {name: _anew(kind, number) for name, kind in paths.items()}
                rounds.append(
                    {"same app": _empty(service), "bare Flask": _empty(bare)}
                    | {name: throughput(service.port, kind, seconds=_SECONDS) for name, kind in asked.items()}
                )
            return rounds


def _mix(database: Path, words: Sequence[str]) -> list[dict[str, float]]:
    """Requests a second in each round, a minute after the start: by then workers have kept what is asked for often."""
    every = _mixed_paths(words, _WARM_MIX + _ROUNDS * _MIX_OF_ROUND)
    with running(_SERVICE, "/readyz", database=database, workers=2) as service:
        throughput(service.port, every[:_WARM_MIX], seconds=_WARM_SECONDS)
        rounds = []
        for start in range(_WARM_MIX, len(every), _MIX_OF_ROUND):
            asked = every[start : start + _MIX_OF_ROUND]
            rounds.append({"same app": _empty(service), "mix": throughput(service.port, asked, seconds=_SECONDS)})
        return rounds


def _empty(server: Server) -> float:
    return throughput(server.port, ["/empty"], seconds=_SECONDS)


def _anew(paths: Sequence[str], number: int) -> list[str]:
    """The same queries under addresses that no other round has; the field that tells them apart is ignored."""
    return [f"{path}&round={number}.{time_over}" for time_over in range(_TIMES_OVER) for path in paths]


def _ratio(rounds: Sequence[dict[str, float]], kind: str, against: str, goal: float) -> Figure:
    ratios = sorted(r[kind] / r[against] for r in rounds)
    spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
    return Figure(f"{kind} / {against}", spread, f"at least {goal:.2f}", statistics.median(ratios) >= goal)


def _mean_bytes(port: int, paths: Sequence[str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    sizes = []
    for path in paths:
        connection.request("GET", path)
        sizes.append(len(connection.getresponse().read()))
    connection.close()
    return round(statistics.mean(sizes))


_WORST = {
    "200 letters": "abcdefghij" * 20,
    "words": ("nghi quyet hoi dong " * 10).strip(),
    "accented words": ("nghị quyết hội đồng " * 10).strip(),
    "two letters": "ab" * 100,
    "syllables": ("tra " * 50).strip(),
    "stars": "*a" * 100,
    "question marks": "?" * 199 + "a",
    "wildcards": "h?c*" * 50,
    "ideographs": "北京大学" * 50,
    "combining marks": "a" + "\u0301" * 199,
    "Telex": ("nghij quyeets " * 14).strip(),
    "emoji": "😀" * 200,
}


def latency_figures(database: Path, words: Sequence[str]) -> list[Figure]:
    """p99 of typos from one client, and the slowest of the queries of 200 characters."""
    typos = queries.typos(words, _DIFFERENT)
    with running(_SERVICE, "/readyz", database=database, workers=2, cache_bytes=0) as service:
        latencies(service.port, queries.lookup_paths(typos[:500]))
        runs = [latencies(service.port, queries.lookup_paths(typos[n * 2000 : (n + 1) * 2000])) for n in range(1, 6)]
        best = min(statistics.quantiles(run, n=100)[98] for run in runs)
        worst: dict[str, float] = {}
        for name, query in _WORST.items():
            path = queries.lookup_paths([query[:200]])
            worst[name] = min(latencies(service.port, path)[0] for _ in range(5))
    slowest = max(worst, key=lambda name: worst[name])
    return [
        Figure("p99 of a typo, one client", f"{best:.2f} ms", "at most 5 ms", best <= 5),
        Figure(
            "200 characters, the slowest kind",
            f"{worst[slowest]:.1f} ms ({slowest})",
            "at most 50 ms",
            worst[slowest] <= 50,
        ),
    ]


def resource_figures(database: Path, words: Sequence[str]) -> list[Figure]:
    """How soon a worker answers, and its memory when warm and while it takes up a new file."""
    own = database.with_name("switching.sqlite3")
    shutil.copy(database, own)
    mix = _mixed_paths(words, _WARM_MIX)
    ready = []
    for _ in range(3):
        with running(_SERVICE, "/readyz", database=own, workers=1) as service:
            ready.append(service.ready_seconds)
    with running(_SERVICE, "/readyz", database=own, workers=1) as service:
        throughput(service.port, mix, seconds=_WARM_SECONDS)
        worker = service.workers()[-1]
        resident, private, shared = _memory(worker)
        after = own.with_name("switching.new.sqlite3")
        shutil.copy(database, after)
        after.replace(own)
        highest = 0.0
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline:
            highest = max(highest, _memory(worker)[0])
            time.sleep(0.02)
    own.unlink()
    quickest = min(ready)
    return [
        Figure("worker ready after start", f"{quickest:.2f} s", "at most 1.5 s", quickest <= 1.5),
        Figure(
            "memory of a warm worker",
            f"{resident:.0f} MB ({private:.0f} private, {shared:.0f} shared)",
            "at most 200 MB",
            resident <= 200,
        ),
        Figure("while taking up a new file", f"{highest:.0f} MB", "at most 260 MB", highest <= 260),
    ]


def _memory(pid: int) -> tuple[float, float, float]:
    """Resident, private and shared megabytes of a process."""
    fields = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]:
        name, _, rest = line.partition(":")
        fields[name] = int(rest.split()[0]) / 1024
    private = fields["Private_Clean"] + fields["Private_Dirty"]
    return fields["Rss"], private, fields["Shared_Clean"] + fields["Shared_Dirty"]
