"""The query as some region speaks the headword: `sử lí` for `xử lý`."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.matcher import Matcher
from dictsvc.storage.key_rows import REGION_KINDS


def _find(search: QueryContext) -> Iterator[Candidate]:
    for asked in search.languages.values():
        profile, query = asked.profile, asked.keys
        region = profile.region(query.toned)
        if not region:
            continue
        for row in search.chosen(search.coarse_rows, REGION_KINDS, asked.dictionaries):
            if row.key == region:
                headword = profile.keys_of(row.headword)
                if profile.region(headword.toned) == region and headword.folded != query.folded:
                    distance = OSA.distance(query.folded, headword.folded)
                    cost = profile.spelling_cost(query.toned, headword.toned)
                    yield make_candidate(row, MatchKind.REGIONAL, row.headword, distance, cost)


MATCHER = Matcher(kinds=frozenset({MatchKind.REGIONAL}), find=_find)
