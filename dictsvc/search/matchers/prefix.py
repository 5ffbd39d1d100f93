"""Headwords that begin with the query, marks and all."""

from collections.abc import Iterator

from dictsvc.match_kinds import MatchKind, Mode
from dictsvc.search.accented_prefix import is_accented_prefix
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.confidence import CLEAR
from dictsvc.search.context import QueryContext
from dictsvc.search.costs import prefix_cost
from dictsvc.search.matcher import Matcher
from dictsvc.storage.key_rows import HEADWORD_KINDS

_MAX_KEYS = 20
_MORE_WITH_MARKS = 2
"""Times as many keys are looked at where marks are typed, which not all of their headwords have."""


def _find(search: QueryContext) -> Iterator[Candidate]:
    """The commonest headwords that begin with the query, or in mode prefix the first."""
    index = search.search_index.spelling
    select = index.first if search.query.mode is Mode.PREFIX else index.commonest
    ranges: dict[str, slice] = {}
    for language, asked in search.languages.items():
        query, profile = asked.keys, asked.profile
        most = _MAX_KEYS * (1 if query.toned.isascii() else _MORE_WITH_MARKS)
        for start in profile.prefix_keys(search.text, query):
            prefixed = ranges.get(start) or ranges.setdefault(start, index.prefixed(start))
            keys = [key for key in select(prefixed, most, language) if key != query.folded]
            for row in search.find(keys, HEADWORD_KINDS, asked.dictionaries):
                if is_accented_prefix(query.toned, profile.toned_key(row.written)):
                    missing = len(row.key) - len(query.folded)
                    yield make_candidate(row, MatchKind.PREFIX, row.written, missing, prefix_cost(missing))


MATCHER = Matcher(kinds=frozenset({MatchKind.PREFIX}), find=_find, needed_above=CLEAR)
