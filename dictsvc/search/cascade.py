"""Which matchers look for a query, cheapest first, and when they have found enough."""

import math

from dictsvc.match_kinds import Mode
from dictsvc.search.candidate import Candidate
from dictsvc.search.confidence import CERTAIN, uncertainty, without_improbable_guesses
from dictsvc.search.context import QueryContext, is_pattern
from dictsvc.search.matcher import Matcher
from dictsvc.search.matchers import (
    articles,
    exact,
    input_methods,
    phrases,
    prefix,
    punctuation,
    regional,
    spacing,
    translation,
    typos,
    wildcards,
)

_MATCHERS: tuple[Matcher, ...] = (
    exact.MATCHER,
    input_methods.KEYSTROKES,
    punctuation.MATCHER,
    input_methods.CHARSETS,
    regional.MATCHER,
    spacing.MATCHER,
    articles.MATCHER,
    typos.MATCHER,
    prefix.MATCHER,
    translation.MATCHER,
    phrases.MATCHER,
)
_PATTERN_MATCHERS: tuple[Matcher, ...] = (
    exact.MATCHER,
    input_methods.KEYSTROKES,  # `?` is a key in VIQR, and stands at the end of a question
    punctuation.MATCHER,
    input_methods.CHARSETS,
    wildcards.MATCHER,
)


def gather(search: QueryContext) -> list[Candidate]:
    """The candidates for a query in its mode, of each entry the likeliest, in no order."""
    found = _run(search, _PATTERN_MATCHERS) if is_pattern(search.text) else []
    return without_improbable_guesses(search, found or _run(search, _MATCHERS))


def _run(search: QueryContext, matchers: tuple[Matcher, ...]) -> list[Candidate]:
    """What the matchers find, those that are not needed any more left out."""
    mode, is_auto = search.query.mode, search.query.mode is Mode.AUTO
    best: dict[int, Candidate] = {}
    uncertain = math.inf
    for matcher in matchers:
        if not matcher.is_needed(mode, uncertain):
            continue
        found = list(matcher.find(search))
        if not is_auto:
            found = [candidate for candidate in found if mode in candidate.kind.traits.modes]
        elif found:
            uncertain = CERTAIN if matcher.is_conclusive else min(uncertain, uncertainty(search, found))
        _keep(best, found)
        if uncertain == CERTAIN:
            break
    return list(best.values())


def _keep(best: dict[int, Candidate], candidates: list[Candidate]) -> None:
    """Add candidates; of two for one entry the better kind stays, then the likelier, then the first."""
    for candidate in candidates:
        present = best.get(candidate.row.entry_id)
        if present is None or _order(candidate) < _order(present):
            best[candidate.row.entry_id] = candidate


def _order(candidate: Candidate) -> tuple[int, float]:
    return candidate.kind.traits.tier, candidate.cost
