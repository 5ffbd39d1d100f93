"""Entries whose glosses hold the query."""

from collections.abc import Iterator

from dictsvc.entry_parts import glosses_of
from dictsvc.language.keys import Keys
from dictsvc.language.profiles import GENERIC, profile_of
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.match_kinds import MatchKind
from dictsvc.model import Entry
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.confidence import CONVINCING
from dictsvc.search.context import QueryContext
from dictsvc.search.costs import gloss_cost
from dictsvc.search.matcher import Matcher

_MAX_ENTRIES = 60
"""Entries of each dictionary whose glosses are compared with the query, those with the shortest glosses."""


def _find(search: QueryContext) -> Iterator[Candidate]:
    words = GENERIC.keys_of(search.text).folded.split()
    keys: dict[str, Keys] = {}
    for row in search.snapshot.gloss_matches(words, search.scope.dictionaries, _MAX_ENTRIES):
        target = search.snapshot.dictionaries[row.dictionary].target_language
        profile = profile_of(target)
        query = keys.get(target) or keys.setdefault(target, profile.keys_of(search.text))
        best = _best_gloss(row.entry(), query, profile)
        if best is not None and search.shares_script(best[1]):
            yield make_candidate(row, MatchKind.TRANSLATION, best[1], 0, best[0])


def _best_gloss(entry: Entry, query: Keys, profile: LanguageProfile) -> tuple[float, str] | None:
    """The least cost of asking for an entry by one of its glosses, and the gloss; None where none holds the query."""
    best: tuple[float, str] | None = None
    for position, gloss in enumerate(glosses_of(entry)):
        for item in gloss.replace(";", ",").split(","):
            cost = gloss_cost(query, profile.keys_of(item), position)
            if cost is not None and (best is None or cost < best[0]):
                best = cost, item.strip()
    return best


MATCHER = Matcher(kinds=frozenset({MatchKind.TRANSLATION}), find=_find, needed_above=CONVINCING)
