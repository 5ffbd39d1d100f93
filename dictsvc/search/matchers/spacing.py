"""The query with other spaces: `hocsinh` for `học sinh`."""

from collections.abc import Iterator

from dictsvc.language.keys import spaceless
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.costs import spacing_cost
from dictsvc.search.matcher import Matcher
from dictsvc.storage.key_rows import SPACELESS_KINDS


def _find(search: QueryContext) -> Iterator[Candidate]:
    for row in search.chosen(search.coarse_rows, SPACELESS_KINDS):
        asked = search.languages[row.language]
        query, headword = asked.keys, asked.profile.keys_of(row.headword)
        if headword.folded != query.folded and row.key == spaceless(query.folded):
            distance = abs(len(query.folded) - len(row.key))
            yield make_candidate(row, MatchKind.JOINED, row.headword, distance, spacing_cost(query, headword))


MATCHER = Matcher(kinds=frozenset({MatchKind.JOINED}), find=_find)
