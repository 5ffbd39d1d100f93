"""How likely it is that a candidate is meant: what later matchers may be left out, what is noise, what was found."""

import math
from collections.abc import Iterable

from dictsvc.match_kinds import MatchKind, Tier
from dictsvc.search.candidate import Candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.fuzzy.correction import MAX_COST_BEHIND_BEST

_LAST = Tier.LAST  # finding a member of an enumeration takes 60 ns, and every candidate is looked at
CERTAIN = -math.inf
CONVINCING = 1.0
"""Uncertainty of a guess that leaves no reason to search glosses and single words: eight in ten are right."""
CLEAR = -3.0
"""Uncertainty that leaves no reason either to show what the query may be the beginning of."""
_PLAUSIBLE = 3.0
"""Uncertainty of a guess near the query: 99.5 % of right guesses lie below it."""
_FAR_FETCHED = 5.0
"""Uncertainty of a guess near the query: hardly any right guess lies above it."""
_MAX_COST_PER_LETTER = 2.6
_FEW_LETTERS = 4
"""Cost that a guess may have for each letter of the query, of which four count at least: one in two hundred that are
right cost more."""
_EVEN = 8.0
"""Normalized cost at which a candidate is as likely to be meant as not."""


def is_found(ranked: list[Candidate]) -> bool:
    """Whether the best of some candidates, which are in order, is what was asked for."""
    return bool(ranked) and ranked[0].kind.traits.tier < _LAST


def uncertainty(search: QueryContext, candidates: Iterable[Candidate]) -> float:
    """Total cost of the likeliest of some candidates: the lower, the less reason there is to look for others.

    `CERTAIN` (minus infinity) where one leaves nothing to guess, infinity where none counts as found.
    """
    least = math.inf
    for candidate in candidates:
        if _is_certain(search, candidate):
            return CERTAIN
        if candidate.kind.traits.tier < _LAST:
            least = min(least, _uncertainty(search, candidate))
    return least


def _uncertainty(search: QueryContext, candidate: Candidate) -> float:
    """The total cost of a candidate, of a guess less what the length of the query is worth."""
    if candidate.kind.traits.is_guess:
        return candidate.total_cost - search.length_bonus[candidate.row.language]
    return candidate.total_cost


def _is_certain(search: QueryContext, candidate: Candidate) -> bool:
    kind = candidate.kind
    if candidate.cost > kind.traits.certain_cost:
        return False
    asked = search.languages[candidate.row.language]
    if kind is MatchKind.UNACCENTED:
        return asked.profile.is_typed_without_marks(asked.keys.toned)
    return kind is not MatchKind.JOINED or not asked.profile.is_well_spelled(search.text)


def without_improbable_guesses(search: QueryContext, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without those guesses that are far behind the best candidate of their language.

    Where something else explains the query as well, a guess has to be better than elsewhere to be shown.
    """
    traits = {candidate.kind: candidate.kind.traits for candidate in candidates}.values()
    if True not in [kind.is_guess for kind in traits]:
        return candidates
    scored = [(candidate.row.language, _uncertainty(search, candidate), candidate) for candidate in candidates]
    best: dict[str, float] = {}
    for language, uncertain, candidate in scored:
        if candidate.kind.traits.tier < _LAST:
            best[language] = min(uncertain, best.get(language, math.inf))
    bound = _FAR_FETCHED if any(kind.explains_query for kind in traits) else math.inf
    worst = {}
    for language, nearest in best.items():
        elsewhere = min((uncertain for other, uncertain in best.items() if other != language), default=math.inf)
        bound_elsewhere = CONVINCING if elsewhere < CONVINCING else math.inf
        worst[language] = min(nearest + MAX_COST_BEHIND_BEST, bound, bound_elsewhere)
    most = _MAX_COST_PER_LETTER * max(len(search.text), _FEW_LETTERS)
    return [
        candidate
        for language, uncertain, candidate in scored
        if not candidate.kind.traits.is_guess or (uncertain <= worst[language] and candidate.cost <= most)
    ]


def is_plausible(search: QueryContext, candidate: Candidate) -> bool:
    """Whether a person would accept a headword as what was meant."""
    return _uncertainty(search, candidate) <= _PLAUSIBLE


def score(candidate: Candidate) -> float:
    """0 to 1: how probable it is that this headword is meant, comparable within one answer."""
    return round(1 / (1 + math.exp((candidate.normalized_cost - _EVEN) / 2)), 4)
