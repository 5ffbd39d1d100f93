"""The words of a phrase or sentence that are headwords."""

from collections.abc import Iterator

from dictsvc.language.profiles import profile_of
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.confidence import CONVINCING
from dictsvc.search.context import QueryContext, is_pattern
from dictsvc.search.costs import part_cost
from dictsvc.search.matcher import Matcher
from dictsvc.search.passages import Passage
from dictsvc.storage.key_rows import HEADWORD


def _find(search: QueryContext) -> Iterator[Candidate]:
    """The words of the query that are headwords, in its order."""
    if is_pattern(search.text) or " " not in search.text:
        return
    search.parts = Passage(search.search_index, search.query.text, search.scope.dictionaries).parts()
    positions: dict[tuple[str, str], int] = {}
    for position, part in enumerate(search.parts):
        if part.headword and part.dictionary:
            language = search.snapshot.dictionaries[part.dictionary].source_language
            positions.setdefault((part.headword, language), position)
    keys = {profile_of(language).keys_of(headword).folded for headword, language in positions}
    for row in search.find(sorted(filter(None, keys)), HEADWORD):
        found_at = positions.get((row.headword, row.language))
        if found_at is not None:
            yield make_candidate(row, MatchKind.PART, row.headword, 0, part_cost(found_at))


MATCHER = Matcher(kinds=frozenset({MatchKind.PART}), find=_find, needed_above=CONVINCING)
