"""The query as an input method should have made it, or as it was before one took letters for keys."""

from collections.abc import Iterable, Iterator

from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import LanguageQuery, QueryContext
from dictsvc.search.costs import charset_cost
from dictsvc.search.matcher import Matcher
from dictsvc.storage.key_rows import HEADWORD_KINDS


def _typed_by_keys(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that the query types key by key, and others that an input method left on has mangled."""
    cost = MatchKind.KEYSTROKES.traits.least_cost
    for asked in search.languages.values():
        readings = asked.profile.keystroke_readings(search.text, search.search_index.keystrokes.may_match)
        yield from _headwords_of(search, asked, readings, MatchKind.KEYSTROKES, cost)


def _in_legacy_charsets(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that the query is in a legacy character set."""
    for asked in search.languages.values():
        readings = asked.profile.charset_readings(search.query.text)
        if readings:
            cost = charset_cost(is_well_spelled=asked.profile.is_well_spelled(search.text))
            yield from _headwords_of(search, asked, readings, MatchKind.CHARSET, cost)


def _headwords_of(
    search: QueryContext, asked: LanguageQuery, readings: Iterable[str], kind: MatchKind, cost: float
) -> Iterator[Candidate]:
    """The headwords that a reading of the query names, marks and all where the reading has them."""
    profile = asked.profile
    keys: dict[str, str] = {key.toned: key.folded for key in map(profile.keys_of, readings)}
    if not keys:
        return
    for row in search.find(sorted(set(keys.values())), HEADWORD_KINDS, asked.dictionaries):
        headword = profile.keys_of(row.written)
        if headword.toned in keys or (not profile.types_marks and headword.folded in keys):
            yield make_candidate(row, kind, row.written, 0, cost)


KEYSTROKES = Matcher(kinds=frozenset({MatchKind.KEYSTROKES}), find=_typed_by_keys)
CHARSETS = Matcher(kinds=frozenset({MatchKind.CHARSET}), find=_in_legacy_charsets)
