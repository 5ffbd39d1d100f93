"""The order of results: by tier, and in the scored tier by probability."""

import math

from dictsvc.language.collation import sort_key
from dictsvc.match_kinds import MatchKind, Mode
from dictsvc.search.candidate import Candidate
from dictsvc.search.context import QueryContext


def ranked(search: QueryContext, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, best first. The order is total: the same query always gets the same answer.

    Entries of one headword stay together, in the order in which the dictionaries were asked for.
    """
    if len(candidates) <= 1:
        return candidates
    nearest: dict[tuple[int, str], float] = {}
    for candidate in candidates:
        headword = candidate.kind.traits.tier, candidate.row.headword
        nearest[headword] = min(candidate.normalized_cost, nearest.get(headword, math.inf))
    is_alphabetical = search.query.mode is Mode.PREFIX
    has_unaccented = MatchKind.UNACCENTED in [candidate.kind for candidate in candidates]

    def rank(candidate: Candidate) -> tuple[int, str, bool, float, str, int, int]:
        traits, row = candidate.kind.traits, candidate.row
        spelled, cost = "", nearest[traits.tier, row.headword]
        if is_alphabetical:
            spelled, cost = sort_key(row.headword, row.language), 0.0
        is_behind = has_unaccented and traits.is_of_other_headword  # behind headwords of the query's letters
        return traits.tier, spelled, is_behind, cost, row.headword, search.scope.priority[row.dictionary], row.ordinal

    return sorted(candidates, key=rank)
