"""Whether `score` is a probability, and what a threshold on it would make of `found`; every set weighs the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tests.quality.measures import Judged, Measured
from tests.quality.sets import SetKind

_BINS = 10
_THRESHOLDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_TYPO = "typo"


class Bin(Struct, frozen=True):
    """First results of similar score."""

    low: float
    high: float
    weight: float
    """Share of all first results."""
    score: float
    """Mean score."""
    right: float
    """Share that is what was meant."""


class Reliability(Struct, frozen=True):
    """How far the scores of first results agree with the share that is right (a reliability diagram)."""

    bins: tuple[Bin, ...]
    brier: float
    """Mean square of the distance of score and outcome."""
    constant_brier: float
    """The same of a score that is always the share right."""

    @property
    def expected_error(self) -> float:
        """Expected calibration error: the mean distance of score and share right over the bins."""
        return sum(b.weight * abs(b.score - b.right) for b in self.bins)


class Point(Struct, frozen=True):
    """One point of the operating curve of `found`."""

    threshold: float | None
    """Least score with which a typo counts as found; None for what the service says itself."""
    typos: float
    """Share found of the queries whose right answer stands first as a typo."""
    absent: float
    """Share found of the queries by which nothing is meant that the dictionary holds."""


def reliability(measured: Sequence[Measured]) -> Reliability:
    """The reliability of first results that claim to be what was meant, in ten bins of score."""
    sets = [[(j.score, m.right(j)) for j in m.judged if j.answers] for m in measured]
    weighed = [(score, right, 1 / len(rows)) for rows in sets for score, right in rows]
    total = sum(weight for *_, weight in weighed) or 1.0
    bins = []
    for number in range(_BINS):
        inside = [w for w in weighed if min(int(w[0] * _BINS), _BINS - 1) == number]
        if weight := sum(w for *_, w in inside):
            score = sum(w * s for s, _, w in inside) / weight
            right = sum(w * r for _, r, w in inside) / weight
            bins.append(Bin(number / _BINS, (number + 1) / _BINS, weight / total, score, right))
    share = sum(w * r for _, r, w in weighed) / total
    brier = sum(w * (s - r) ** 2 for s, r, w in weighed) / total
    return Reliability(tuple(bins), brier, share * (1 - share))


def operating_curve(measured: Sequence[Measured]) -> list[Point]:
    """True typos found against absent words found: as the service says, then for rising thresholds of a typo's score.

    At a threshold a query is found where the first result claims to be what was meant and is no typo below it.
    """
    typos = [[j for j in m.judged if m.right(j) and j.kind == _TYPO] for m in measured]
    absent = [list(m.judged) for m in measured if m.queries.kind is SetKind.ABSENT]

    def found_at(judged: Judged, threshold: float) -> bool:
        return judged.answers and (judged.kind != _TYPO or judged.score >= threshold)

    curve = [Point(None, _mean([[j.found for j in s] for s in typos]), _mean([[j.found for j in s] for s in absent]))]
    for threshold in _THRESHOLDS:
        shares = [_mean([[found_at(j, threshold) for j in s] for s in sets]) for sets in (typos, absent)]
        curve.append(Point(threshold, *shares))
    return curve


def _mean(sets: Iterable[list[bool]]) -> float:
    """The mean over the sets that are not empty of the share that is true."""
    shares = [sum(flags) / len(flags) for flags in sets if flags]
    return sum(shares) / max(len(shares), 1)
