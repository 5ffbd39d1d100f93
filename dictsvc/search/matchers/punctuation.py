"""The query without the punctuation around it, as words are pasted from a sentence."""

from collections.abc import Iterator

from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.matcher import Matcher
from dictsvc.search.same_letters import KINDS, same_letters_as


def _find(search: QueryContext) -> Iterator[Candidate]:
    for found in same_letters_as(search, lambda profile, text: text.strip(profile.edge_punctuation)):
        kind = MatchKind.SPELLING if found.kind is MatchKind.EXACT else found.kind
        yield make_candidate(found.row, kind, found.matched, found.distance, found.cost)


MATCHER = Matcher(kinds=KINDS, find=_find)
