"""A headword that may be meant, and how much speaks for it.

How likely it is to make this slip when this word is meant, times how common the word is: both are kept as natural
logarithms. A slip costs, commonness is worth, and the difference is the loss that orders candidates.
"""

from __future__ import annotations

from msgspec import Struct

from dictsvc.language.confusions import LETTER_WORTH, SYLLABLE_ALLOWANCE, SYLLABLE_WORTH
from dictsvc.language.keys import VIETNAMESE
from dictsvc.model import MatchKind
from dictsvc.storage.queries import KeyRow

EXACT_TIER, SPELLING_TIER, SCORED_TIER, LAST_TIER = range(4)
"""The hard rules of order: exact, then spelling, then all that the score orders, then the rest."""
_TIERS = dict.fromkeys(MatchKind, SCORED_TIER) | {
    MatchKind.EXACT: EXACT_TIER,
    MatchKind.SPELLING: SPELLING_TIER,
    MatchKind.PREFIX: LAST_TIER,
    MatchKind.TRANSLATION: LAST_TIER,
    MatchKind.PART: LAST_TIER,
}

_WELL_KNOWN = 190
"""Commonness (in 1/25 Zipf) of the commonest words of any language."""
_MOST_WORTH_OF_SYLLABLES = SYLLABLE_WORTH * _WELL_KNOWN + SYLLABLE_ALLOWANCE
_MOST_WORTH_OF_LETTERS = LETTER_WORTH * _WELL_KNOWN


class Candidate(Struct, frozen=True):
    """A headword that may be meant, with the evidence for it; made by `weighed`."""

    row: KeyRow
    kind: MatchKind
    matched: str
    distance: int
    slip: float
    """How unlikely it is to type the query and mean this: natural logarithm, 0 for certain."""
    loss: float
    """The slip less what the word's commonness is worth: the smaller, the likelier."""
    normalized_cost: float
    """How far it is from a well-known word without a slip: the same, but for words of several languages."""
    tier: int


def weighed(row: KeyRow, kind: MatchKind, matched: str, distance: int, slip: float) -> Candidate:
    """The candidate that a row makes by a slip."""
    # a word of a phrase stands there, however rare it is
    commonness = _WELL_KNOWN if kind is MatchKind.PART else row.commonness
    if row.language == VIETNAMESE:
        loss, most = slip - SYLLABLE_WORTH * commonness - SYLLABLE_ALLOWANCE, _MOST_WORTH_OF_SYLLABLES
    else:
        loss, most = slip - LETTER_WORTH * commonness, _MOST_WORTH_OF_LETTERS
    return Candidate(row, kind, matched, distance, slip, loss, loss + most, _TIERS[kind])
