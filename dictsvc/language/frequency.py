"""How common words are. Used at load time only: the lists behind it take memory and a second to read."""

from __future__ import annotations

import math
from functools import lru_cache

UNKNOWN = 0
STEPS_PER_ZIPF = 25
"""Commonness is kept as a whole number: 25 times the Zipf value (log10 of uses in a billion words, 0 to 8)."""
MOST = 255
_BILLION = 1e9
_COMPOUND_DISCOUNT = 0.35
"""Zipf lost for every further word of a phrase whose own frequency is not known: phrases are rarer than
their rarest word. Fitted by eye on phrases whose frequency is known."""


@lru_cache(maxsize=2)
def frequencies(language: str) -> dict[str, float]:
    """How often each word of a language is used, as a share of all words; empty where nobody counted."""
    import wordfreq  # takes 0.1 s to import and up to 100 MB for a language: load time only  # noqa: PLC0415

    if language not in wordfreq.available_languages():
        return {}
    known = wordfreq.get_frequency_dict(language)
    wordfreq.get_frequency_dict.cache_clear()  # it would keep every language that was ever asked for
    wordfreq.get_frequency_list.cache_clear()
    return known


def _zipf(frequency: float) -> float:
    return math.log10(frequency * _BILLION)


def commonness(headword: str, language: str) -> int:
    """How common `headword` is, 0 (unknown) to 255, in steps of 1/25 Zipf, by wordfreq's lists.

    A phrase that the lists do not hold counts as somewhat rarer than its rarest word; one with an unknown
    word counts as unknown.

    >>> commonness("go", "en") > commonness("resolution", "en") > commonness("zyzzyva", "en")
    True
    """
    known = frequencies(language)
    word = headword.casefold()
    frequency = known.get(word)
    if frequency is None:
        words = word.replace("-", " ").split()
        if len(words) < 2:  # noqa: PLR2004
            return UNKNOWN
        rarest = min(known.get(w, 0.0) for w in words)
        if not rarest:
            return UNKNOWN
        zipf = _zipf(rarest) - 1 - _COMPOUND_DISCOUNT * (len(words) - 1)
    else:
        zipf = _zipf(frequency)
    return max(UNKNOWN, min(MOST, round(zipf * STEPS_PER_ZIPF)))
