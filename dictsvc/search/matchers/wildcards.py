"""Patterns: `*` stands for any letters, `?` for one. No pattern is slow, whatever it holds."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from itertools import islice

from dictsvc.language.keys import VIETNAMESE, canonical, folded, keys_of
from dictsvc.model import MatchKind
from dictsvc.search.candidate import Candidate, weighed
from dictsvc.search.context import MOST_RESULTS, QueryContext
from dictsvc.search.fuzzy.spelling_index import SpellingIndex
from dictsvc.storage.key_rows import HEADWORD_KINDS

_WILD = re.compile(r"[*?]")
_MOST_MATCHED = 10_000
"""Keys that are held against one pattern, the commonest: 0.3 µs each."""
_MOST_KEYS = 4 * MOST_RESULTS


def is_pattern(text: str) -> bool:
    """Whether a query holds wildcards beside letters."""
    return ("*" in text or "?" in text) and any(c.isalnum() for c in text)


def matching(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that fit the pattern, the commonest.

    In Vietnamese i and y fit each other, as they do in its keys; marks that the pattern has must be there.
    """
    pattern = canonical(search.text)
    for language, dictionaries in search.languages.items():
        keys = _matching_keys(search.search_index.spelling, folded(pattern), language)
        marked = None if pattern.isascii() else re.compile(fnmatch.translate(_without_brackets(pattern)))
        for row in search.snapshot.find(keys):
            if row.dictionary in dictionaries and row.kind in HEADWORD_KINDS:
                written = row.written
                if marked is None or marked.match(keys_of(written, vietnamese=False).canonical):
                    distance = abs(len(row.key) - len(_WILD.sub("", pattern)))
                    yield weighed(row, MatchKind.PREFIX, written, distance, 0.0)


def _without_brackets(pattern: str) -> str:
    return pattern.replace("[", "[[]")


def _matching_keys(index: SpellingIndex, pattern: str, language: str) -> list[str]:
    expression = fnmatch.translate(_without_brackets(pattern))  # atomic groups: linear in the length of a key
    literals = _WILD.split(pattern)
    if language == VIETNAMESE:
        expression = re.sub("[iy]", "[iy]", expression)
        literals = [piece for literal in literals for piece in re.split("[iy]", literal)]
    matches = re.compile(expression).match
    shortest = len(pattern) - pattern.count("*")
    held = index.holding(literals[0], max(literals, key=len), shortest, _MOST_MATCHED, language)
    found = (key for key in held if matches(key))
    return list(islice(found, _MOST_KEYS))
