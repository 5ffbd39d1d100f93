"""Matches by equal folded key: headwords, variants, forms and idioms of the same letters as a text."""

from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec

from dictsvc.language.keys import Toned, lacks_only_marks
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import LanguageQuery, QueryContext
from dictsvc.storage.key_rows import FOLDED_KINDS, KeyKind
from dictsvc.storage.queries import KeyRow

KINDS = frozenset({
    MatchKind.EXACT, MatchKind.SPELLING, MatchKind.FORM, MatchKind.UNACCENTED, MatchKind.ACCENTS, MatchKind.IDIOM,
    MatchKind.COLLOCATION,
})  # fmt: skip
_PHRASES = {KeyKind.IDIOM: MatchKind.IDIOM, KeyKind.COLLOCATION: MatchKind.COLLOCATION}
"""Kinds of match by the kinds of keys of phrases that stand in an entry."""


def same_letters(search: QueryContext) -> Iterator[Candidate]:
    """Headwords, variants, forms and idioms whose folded key is the query's: from exact to other marks."""
    for row in search.chosen(search.rows, FOLDED_KINDS):
        asked = search.languages[row.language]
        if row.key == asked.keys.folded:
            yield _classified(search.text, asked, row)


def same_letters_as(search: QueryContext, rewrite: Callable[[LanguageProfile, str], str]) -> Iterator[Candidate]:
    """Same-letter candidates of each language's rewriting of the query; none where that is the query itself.

    Each rewriting counts among the headwords of the languages that make it.
    """
    languages_of: dict[str, set[str]] = {}
    for language, asked in search.languages.items():
        languages_of.setdefault(rewrite(asked.profile, search.text), set()).add(language)
    for text, languages in languages_of.items():
        if text and text != search.text:
            rewritten = QueryContext(search.search_index, msgspec.structs.replace(search.query, text=text))
            yield from (found for found in same_letters(rewritten) if found.row.language in languages)


def _classified(text: str, asked: LanguageQuery, row: KeyRow) -> Candidate:
    """The candidate that a row of the query's own folded key makes, by how much else agrees."""
    written = row.written
    if written == text:
        kind, cost = MatchKind.EXACT, 0.0
    else:
        kind, cost = _difference(asked.keys.toned, written, asked.profile)
    if row.kind == KeyKind.FORM and kind is not MatchKind.ACCENTS:
        kind, cost = MatchKind.FORM, cost + MatchKind.FORM.traits.least_cost
    elif row.kind in _PHRASES:
        kind = _PHRASES[row.kind]
        cost += kind.traits.least_cost
    return make_candidate(row, kind, written, 0, cost)


@lru_cache(maxsize=64)  # equal headwords stand in every dictionary of their language
def _difference(typed: Toned, written: str, profile: LanguageProfile) -> tuple[MatchKind, float]:
    """In what a text of the query's folded key differs from the query, and what that costs."""
    meant = profile.toned_key(written)
    if typed == meant:
        return MatchKind.SPELLING, 0.0
    kind = MatchKind.UNACCENTED if lacks_only_marks(typed, meant) else MatchKind.ACCENTS
    return kind, profile.marks_cost(typed, meant)
