"""How common words are. Used at load time only: the lists behind it take memory and a second to read."""

import math
from functools import lru_cache

from dictsvc.model import Entry

STEPS_PER_ZIPF = 25
"""Commonness is kept as a whole number: 25 times the Zipf value (log10 of uses in a billion words, 0 to 8)."""
MAX_COMMONNESS = 255
"""Commonness of the commonest words."""
_BILLION = 1e9
_PHRASE_DISCOUNT = 1.0
_COMPOUND_DISCOUNT = 0.35
"""Zipf that a phrase has less than its words on average, and less again for every word but the first: phrases
are rarer than words."""
_WORTH_OF_PART_OF_SPEECH = 0.5
_WORTH_OF_EXAMPLES = 0.5
"""Zipf that an entry tells of a headword that the lists do not hold: editors write most about common words.
Fitted on which of several headwords people mean by an unaccented Vietnamese compound."""

_WORTH_OF_USE = 0.5
"""Zipf that a compound has more when glosses use it e times as often: fitted on the same."""


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


def commonness(entry: Entry, language: str) -> int:
    """How common an entry's headword is, 0 (unknown) to 255, in steps of 1/25 Zipf, by wordfreq's lists.

    For a phrase that the lists do not hold its words and its entry speak.

    >>> common, rare = Entry("go"), Entry("zyzzyva")
    >>> commonness(common, "en") > commonness(Entry("resolution"), "en") > commonness(rare, "en")
    True
    """
    known = frequencies(language)
    word = entry.headword.casefold()
    frequency = known.get(word)
    if frequency is not None:
        zipf = _zipf(frequency)
    else:
        words = word.replace("-", " ").split() or [word]
        zipfs = [_zipf(known[w]) if w in known else 0.0 for w in words]
        zipf = sum(zipfs) / len(words) - _PHRASE_DISCOUNT - _COMPOUND_DISCOUNT * (len(words) - 1)
        zipf = max(0.0, zipf) + _detail_bonus(entry)
    return max(0, min(MAX_COMMONNESS, round(zipf * STEPS_PER_ZIPF)))


def _detail_bonus(entry: Entry) -> float:
    """Zipf that an entry's parts of speech and examples add to that of its words."""
    examples = sum(len(sense.examples) for sense in entry.senses)
    named = any(sense.part_of_speech for sense in entry.senses)
    return _WORTH_OF_PART_OF_SPEECH * named + _WORTH_OF_EXAMPLES * math.log1p(examples)


def used_commonness(prior: int, uses: int) -> int:
    """The commonness of a compound of which glosses hold so many uses; `prior` is what it has without them.

    >>> used_commonness(114, 0), used_commonness(114, 20)
    (114, 152)
    """
    return min(MAX_COMMONNESS, prior + round(_WORTH_OF_USE * math.log1p(uses) * STEPS_PER_ZIPF))
