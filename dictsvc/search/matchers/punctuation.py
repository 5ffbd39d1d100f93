"""The query without the punctuation around it, as words are pasted from a sentence."""

from collections.abc import Iterator

from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.matcher import Matcher
from dictsvc.search.same_letters import KINDS, same_letters_as


def _find(search: QueryContext) -> Iterator[Candidate]:
    for found in same_letters_as(search, _without_punctuation):
        kind = MatchKind.SPELLING if found.kind is MatchKind.EXACT else found.kind
        yield make_candidate(found.row, kind, found.matched, found.distance, found.cost)


def _without_punctuation(profile: LanguageProfile, text: str) -> str:
    return text.strip(profile.edge_punctuation)


MATCHER = Matcher(kinds=KINDS, find=_find)
