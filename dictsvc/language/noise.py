"""The noisy channel: how likely people are to write one thing and mean another.

Between what was typed and a headword lie errors: a letter left out, a vowel for another, s for x. Each kind of error
has a cost, minus the natural logarithm of how likely people make it (up to a constant), and costs add up. How common
the headword is counts against them. (Kernighan, Church and Gale, 1990; Brill and Moore, 2000.)
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import force_setattr

_LEAST_REWARDED, _MOST_REWARDED = 8, 14
"""Letters of a query up to which its length tells nothing, and beyond which it tells no more."""
WELL_KNOWN = 190
"""Commonness (in 1/25 Zipf) of the commonest words of any language."""


class NoiseModel(Struct, frozen=True, eq=False, kw_only=True):
    """The errors people make in languages of one way of writing; fitted by `python -m tests.quality.fit`."""

    costs: Mapping[str, float]
    """Kind of error → its cost."""
    commonness_weight: float
    """Cost that a step of commonness outweighs: fitted with the costs."""
    allowance: float = 0.0
    """Cost taken off every match, so that matches of equal cost are right equally often in every language."""
    letter_bonus: float
    """Cost that each letter of a query beyond eight, up to fourteen, outweighs in every guess at it: measured. A long
    word seldom looks like another by chance, so that a guess at it with two errors is oftener right than one at a short
    word with one."""
    two_edits_from: int
    """Letters of the shortest query of which two may be wrong."""
    reference_cost: float = 0.0
    """Minus the total cost of the commonest word, typed right: added to total costs it makes those of several languages
    comparable. Follows from the other fields."""

    def __post_init__(self) -> None:
        force_setattr(self, "reference_cost", self.commonness_weight * WELL_KNOWN + self.allowance)

    def max_edits(self, key: str) -> int:
        """How many edits away the keys may be that a folded query is first compared with."""
        return 2 if len(key) >= self.two_edits_from else 1

    def length_bonus(self, key: str) -> float:
        """Cost taken off every guess for the length of a folded query."""
        return self.letter_bonus * max(0, min(len(key), _MOST_REWARDED) - _LEAST_REWARDED)

    def total_cost(self, cost: float, commonness: int) -> float:
        """The cost of an error less what the commonness of the word is worth: the smaller, the likelier."""
        return cost - self.commonness_weight * commonness - self.allowance
