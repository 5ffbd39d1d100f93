"""Patterns: `*` stands for any letters, `?` for one. No pattern is slow, whatever it holds."""

import fnmatch
import re
from collections.abc import Iterator
from itertools import islice

from dictsvc.language.keys import canonical, folded
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import MOST_RESULTS, QueryContext
from dictsvc.search.fuzzy.spelling_index import SpellingIndex
from dictsvc.search.matcher import Matcher
from dictsvc.storage.key_rows import HEADWORD_KINDS

_WILDCARD = re.compile(r"[*?]")
_MAX_COMPARED = 10_000
"""Keys that are compared with one pattern, the commonest: 0.3 µs each."""
_MAX_KEYS = 4 * MOST_RESULTS


def _find(search: QueryContext) -> Iterator[Candidate]:
    """The commonest headwords that fit the pattern; marks that the pattern has must be there."""
    pattern = canonical(search.text)
    for language, asked in search.languages.items():
        keys = _matching_keys(search.search_index.spelling, folded(pattern), language, asked.profile.interchangeable)
        marked = None if pattern.isascii() else re.compile(_expression(pattern))
        for row in search.find(keys, HEADWORD_KINDS, asked.dictionaries):
            if marked is None or marked.match(canonical(row.written)):
                distance = abs(len(row.key) - len(_WILDCARD.sub("", pattern)))
                yield make_candidate(row, MatchKind.PREFIX, row.written, distance, 0.0)


def _expression(pattern: str) -> str:
    """A pattern as a regular expression of atomic groups: linear in the length of a key."""
    return fnmatch.translate(pattern.replace("[", "[[]"))


def _matching_keys(index: SpellingIndex, pattern: str, language: str, interchangeable: str) -> list[str]:
    expression, literals = _expression(pattern), _WILDCARD.split(pattern)
    if interchangeable:
        any_of = f"[{interchangeable}]"
        expression = re.sub(any_of, any_of, expression)
        literals = [part for literal in literals for part in re.split(any_of, literal)]
    matches = re.compile(expression).match
    shortest = len(pattern) - pattern.count("*")
    held = index.holding(literals[0], max(literals, key=len), shortest, _MAX_COMPARED, language)
    return list(islice((key for key in held if matches(key)), _MAX_KEYS))


MATCHER = Matcher(kinds=frozenset({MatchKind.PREFIX}), find=_find)
