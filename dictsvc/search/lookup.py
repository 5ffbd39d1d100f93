"""The query journey on one screen: candidates → order → entries → answer."""

from dictsvc.match_kinds import Matched, MatchKind, Mode, Tier
from dictsvc.model import Hit, LookupResult, Match
from dictsvc.search.candidate import Candidate
from dictsvc.search.cascade import gather
from dictsvc.search.confidence import is_found, is_plausible, score
from dictsvc.search.context import Query, QueryContext, checked_text, is_pattern
from dictsvc.search.ranking import ranked
from dictsvc.search.search_index import SearchIndex

MOST_SUGGESTIONS = 5


def lookup(search_index: SearchIndex, query: Query) -> LookupResult:
    """The answer to a query, best hit first.

    Raises `BadQueryError` where the text cannot be looked up, `UnknownDictionaryError` where a dictionary is not
    loaded.
    """
    checked_text(query.text)
    search = QueryContext(search_index, query)
    candidates = ranked(search, gather(search))
    shown = candidates[: query.limit]
    found = is_found(candidates)
    return LookupResult(
        query=query.text,
        found=found,
        generation=search.snapshot.generation,
        more=len(candidates) - len(shown),
        dictionaries=search.scope.references,
        results=tuple([_hit(candidate) for candidate in shown]),
        suggestions=_suggestions(search, candidates),
        parts=search.parts if candidates and not found and any(part.headword for part in search.parts) else (),
    )


def _hit(candidate: Candidate) -> Hit:
    return candidate.row.hit(Match(candidate.kind, candidate.matched, candidate.distance, score(candidate)))


def found_entry(search_index: SearchIndex, identifier: str) -> Hit | None:
    """The entry behind a permalink's id, as an exact hit; None where there is none."""
    stored = search_index.snapshot.entry_at(identifier)
    return stored.hit(Match(MatchKind.EXACT, stored.headword, 0, 1.0)) if stored else None


def _suggestions(search: QueryContext, candidates: list[Candidate]) -> tuple[str, ...]:
    """Headwords that may have been meant, where the best hit is uncertain or a narrower mode found nothing."""
    if not candidates and search.query.mode is not Mode.AUTO:
        wider = QueryContext(search.search_index, Query(text=search.query.text, dictionaries=search.scope.dictionaries))
        candidates = ranked(wider, gather(wider))
    elif not candidates or not candidates[0].kind.traits.has_suggestions:
        return ()
    if is_pattern(search.text):
        return ()
    different = {c.row.headword.casefold(): c.row.headword for c in reversed(candidates) if _is_suggested(search, c)}
    return tuple(reversed(different.values()))[:MOST_SUGGESTIONS]


def _is_suggested(search: QueryContext, candidate: Candidate) -> bool:
    """Whether a candidate is plausible, or its headword begins with the query."""
    if candidate.kind.traits.tier is Tier.LAST:
        return candidate.kind.traits.matched is Matched.BEGINNING
    return is_plausible(search, candidate)
