"""How answers are judged: by the same rules as `quality/evaluate.py` of the shared folder, with the same figures."""

from __future__ import annotations

import math
import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence

from msgspec import Struct

from dictsvc.language.vietnamese.keys import TONE_MARKS
from dictsvc.model import LookupResult
from tests.quality.sets import Pair, QuerySet, SetKind

MOST_RESULTS = 10
_NO_ANSWER = ("", "prefix", "part", "translation")
"""Kinds of first results that do not claim to be what was meant."""

Ask = Callable[[str, tuple[str, ...]], LookupResult | None]
"""From a query and ids of dictionaries to the answer; None where the query is refused."""


class Judged(Struct, frozen=True):
    """One answer, judged."""

    rank: int
    """Position of the first right headword among the different ones, from 1; 0 where there is none."""
    complete: bool
    """Whether every part of the phrase is among the results."""
    found: bool
    kind: str
    """Kind of the first result; empty where there is none."""
    score: float
    """Score of the first result."""
    seconds: float

    @property
    def answers(self) -> bool:
        """Whether the first result claims to be what was meant."""
        return self.kind not in _NO_ANSWER


class Measured(Struct, frozen=True):
    """One set, measured."""

    queries: QuerySet
    judged: tuple[Judged, ...]
    metrics: dict[str, float]
    """Shares by name (`r1`, `found`, …), as goals name them."""

    def right(self, judged: Judged) -> bool:
        """Whether the first result is what was meant, which nothing is where only words of a phrase are."""
        return self.queries.kind is SetKind.WORDS and judged.rank == 1

    def shortfalls(self, goals: dict[str, float]) -> list[str]:
        """The goals missed by more than one standard error, each as `r1 0.534 < 0.960`.

        Raises `KeyError` where a goal names a metric that this kind of set does not have.
        """
        size = max(len(self.judged), 1)
        return [
            f"{metric} {share:.3f} < {goal:.3f}"
            for metric, goal in goals.items()
            if (share := self.metrics[metric]) + math.sqrt(max(share * (1 - share), 0.0) / size) < goal
        ]

    def milliseconds(self) -> tuple[float, float]:
        """Median and 99th percentile of the time of a lookup."""
        times = sorted(judged.seconds for judged in self.judged)
        return 1e3 * statistics.median(times), 1e3 * times[int(0.99 * len(times))]


def measure(queries: QuerySet, ask: Ask) -> Measured:
    """Ask every query of a set and judge the answers."""
    judged = tuple(_judge(pair, queries.dictionaries, ask) for pair in queries.pairs)
    return Measured(queries, judged, _METRICS[queries.kind](judged))


def comparable(headword: str) -> str:
    """A headword as answers are compared: composed, without case, each syllable's tone mark at its end.

    >>> comparable("Hòa bình") == comparable("hoà bình")
    True
    """
    syllables = []
    for syllable in unicodedata.normalize("NFC", headword).casefold().split():
        letters = unicodedata.normalize("NFD", syllable)
        bare = "".join(c for c in letters if c not in TONE_MARKS)
        syllables.append(unicodedata.normalize("NFC", bare) + "".join(c for c in letters if c in TONE_MARKS))
    return " ".join(syllables)


def rank(headwords: Sequence[str], pair: Pair) -> int:
    """The position of the first right one among the different headwords, from 1; 0 where there is none."""
    right = set(map(comparable, pair.answers))
    different = dict.fromkeys(map(comparable, headwords))
    return next((position for position, headword in enumerate(different, 1) if headword in right), 0)


def _judge(pair: Pair, dictionaries: tuple[str, ...], ask: Ask) -> Judged:
    begun = time.perf_counter()
    answer = ask(pair.query, dictionaries)
    seconds = time.perf_counter() - begun
    results = answer.results[:MOST_RESULTS] if answer else ()
    headwords = [hit.headword for hit in results]
    complete = set(map(comparable, pair.parts)) <= set(map(comparable, headwords))
    kind, score = (str(results[0].match.kind), results[0].match.score) if results else ("", 0.0)
    return Judged(rank(headwords, pair), complete, bool(answer and answer.found), kind, score, seconds)


def _share(flags: list[bool]) -> float:
    return sum(flags) / max(len(flags), 1)


def _measure_words(judged: tuple[Judged, ...]) -> dict[str, float]:
    recall = {f"r{most}": _share([0 < j.rank <= most for j in judged]) for most in (1, 5, MOST_RESULTS)}
    return recall | {
        "mrr": sum(1 / j.rank for j in judged if j.rank) / max(len(judged), 1),
        "found": _share([j.found for j in judged]),
        "whole": _share([j.rank == 1 and j.kind != "part" for j in judged]),
    }


def _measure_parts(judged: tuple[Judged, ...]) -> dict[str, float]:
    lead, complete = _share([j.rank == 1 for j in judged]), _share([j.complete for j in judged])
    return {"lead": lead, "all": complete} | _measure_absent(judged)


def _measure_absent(judged: tuple[Judged, ...]) -> dict[str, float]:
    return {"honest": _share([not j.found for j in judged])}


_METRICS = {SetKind.WORDS: _measure_words, SetKind.PARTS: _measure_parts, SetKind.ABSENT: _measure_absent}
METRICS = ("r1", "r5", "r10", "mrr", "found", "whole", "lead", "all", "honest")
