"""The query journey on one screen: candidates → order → entries → answer."""

from __future__ import annotations

from dictsvc.model import Hit, LookupResult, Match, MatchKind, Mode
from dictsvc.search import ranking
from dictsvc.search.candidate import Candidate
from dictsvc.search.candidates import gather
from dictsvc.search.context import Query, QueryContext, checked_text
from dictsvc.search.matchers.wildcards import is_pattern
from dictsvc.search.search_index import SearchIndex

MOST_SUGGESTIONS = 5
_NOT_FOUND = frozenset({MatchKind.PREFIX, MatchKind.TRANSLATION, MatchKind.PART})
_UNCERTAIN = _NOT_FOUND | {MatchKind.TYPO}


def lookup(search_index: SearchIndex, query: Query) -> LookupResult:
    """The answer to a query, best hit first.

    Raises `BadQueryError` where the text cannot be looked up, `UnknownDictionaryError` where an id is none.
    """
    checked_text(query.text)
    search = QueryContext(search_index, query)
    ranked = ranking.ordered(search, gather(search))
    shown = ranked[: query.limit]
    best = ranked[0].kind if ranked else None
    return LookupResult(
        query=query.text,
        found=best is not None and best not in _NOT_FOUND,
        generation=search.snapshot.generation,
        more=len(ranked) - len(shown),
        dictionaries=search.scope.references,
        results=tuple([_hit(candidate) for candidate in shown]),
        suggestions=_suggestions(search, ranked),
        parts=search.parts if best in _NOT_FOUND and any(part.headword for part in search.parts) else (),
    )


def _hit(candidate: Candidate) -> Hit:
    match = Match(candidate.kind, candidate.matched, candidate.distance, ranking.score(candidate))
    return candidate.row.hit(match)


def found_entry(search_index: SearchIndex, identifier: str) -> Hit | None:
    """The entry behind a permalink's id, as an exact hit; None where there is none."""
    stored = search_index.snapshot.entry_at(identifier)
    return stored.hit(Match(MatchKind.EXACT, stored.headword, 0, 1.0)) if stored else None


def _suggestions(search: QueryContext, ranked: list[Candidate]) -> tuple[str, ...]:
    """Headwords that may have been meant, where the best hit is a guess or a narrower mode found nothing."""
    if not ranked and search.query.mode is not Mode.AUTO:
        wider = QueryContext(search.search_index, Query(text=search.query.text, dictionaries=search.dictionaries))
        ranked = ranking.ordered(wider, gather(wider))
    elif not ranked or ranked[0].kind not in _UNCERTAIN:
        return ()
    if is_pattern(search.text):
        return ()
    different = {c.row.headword.casefold(): c.row.headword for c in reversed(ranked) if _is_suggested(search, c)}
    return tuple(reversed(different.values()))[:MOST_SUGGESTIONS]


def _is_suggested(search: QueryContext, candidate: Candidate) -> bool:
    """Whether a person would accept a headword as what was meant."""
    if candidate.kind in _NOT_FOUND:
        return candidate.kind is MatchKind.PREFIX
    return ranking.is_plausible(search, candidate)
