"""A headword that may be meant, and how much speaks for it.

How likely it is to make this slip when this word is meant, times how common the word is: both are kept as natural
logarithms. A slip costs, commonness is worth, and the difference is the loss that orders candidates.
"""

from __future__ import annotations

from msgspec import Struct

from dictsvc.language.confusions import LETTER_WORTH, SYLLABLE_ALLOWANCE, SYLLABLE_WORTH
from dictsvc.model import MatchKind
from dictsvc.search.lexicon import VIETNAMESE
from dictsvc.storage.snapshot import KeyRow

EXACT_TIER, SPELLING_TIER, SCORED_TIER, LAST_TIER = range(4)
"""The hard rules of order: exact, then spelling, then all that the score orders, then the rest."""
_TIERS = dict.fromkeys(MatchKind, SCORED_TIER) | {
    MatchKind.EXACT: EXACT_TIER,
    MatchKind.SPELLING: SPELLING_TIER,
    MatchKind.PREFIX: LAST_TIER,
    MatchKind.TRANSLATION: LAST_TIER,
    MatchKind.PART: LAST_TIER,
}


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
    tier: int


def weighed(row: KeyRow, kind: MatchKind, matched: str, distance: int, slip: float) -> Candidate:
    """The candidate that a row makes by a slip."""
    return Candidate(row, kind, matched, distance, slip, slip - worth(row.commonness, row.language), _TIERS[kind])


def worth(commonness: int, language: str) -> float:
    """What a headword's commonness (in 1/25 Zipf) is worth against the cost of a slip."""
    if language == VIETNAMESE:
        return SYLLABLE_WORTH * commonness + SYLLABLE_ALLOWANCE
    return LETTER_WORTH * commonness
