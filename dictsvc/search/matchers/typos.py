"""Misspelt queries: the keys near them, what the spellers make of those, and the headwords that stand under them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from dictsvc.language.keys import Keys
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.fuzzy.correction import Correction, are_doubtful
from dictsvc.search.fuzzy.spelling_index import Neighbour
from dictsvc.search.matcher import Matcher
from dictsvc.search.search_index import Speller
from dictsvc.storage.key_rows import HEADWORD_KINDS


class _Corrections(Struct, frozen=True):
    """What one speller makes of the query."""

    speller: Speller
    query: Keys
    languages: Sequence[str]
    near: list[Correction]


def _find(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that the query may misspell, the likeliest by their letters and commonness."""
    found = list(_corrections(search))
    is_far = all(are_doubtful(each.near, search.length_bonus[each.languages[0]]) for each in found)
    speller_of = {language: number for number, each in enumerate(found) for language in each.languages}
    wanted = {
        (number, correction.key, correction.written): correction
        for number, each in enumerate(found)
        for correction in (each.speller.with_distant(each.query, each.near, each.languages) if is_far else each.near)
    }
    for row in search.find(list(dict.fromkeys(key for _, key, _ in wanted)), HEADWORD_KINDS):
        number, written = speller_of.get(row.language, -1), row.written
        correction = wanted.get((number, row.key, written)) or wanted.get((number, row.key, ""))
        if correction:
            asked = search.languages[row.language]
            cost = asked.profile.typo_cost(asked.keys.toned, written, correction.cost, correction.distance)
            yield make_candidate(row, MatchKind.TYPO, written, correction.distance, cost)


def _corrections(search: QueryContext) -> Iterator[_Corrections]:
    near = _near(search)
    for speller in search.search_index.spellers:
        languages = [language for language in search.languages if language in speller.languages]
        query = search.languages[languages[0]].keys if languages else None
        if query and query.folded:
            yield _Corrections(speller, query, languages, speller.corrections(query, near[query.folded], languages))


def _near(search: QueryContext) -> dict[str, list[Neighbour]]:
    """The keys near each of the query's, looked for once for all languages."""
    languages, index = search.languages, search.search_index
    only = list(languages) if len(languages) < len(index.everything.languages) else ()
    models = {asked.profile.noise for asked in languages.values()}
    return {
        key: index.spelling.within(key, max(noise.max_edits(key) for noise in models), only)
        for key in search.folded_keys
    }


MATCHER = Matcher(kinds=frozenset({MatchKind.TYPO}), find=_find)
