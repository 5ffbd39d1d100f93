"""Corrections of a misspelt query."""

from msgspec import Struct

from dictsvc.search.fuzzy.spelling_index import MAX_EDITS

MAX_CORRECTIONS = 12
MAX_COST_BEHIND_BEST = 4.5
"""Corrections costlier than the best by more than this are dropped: of a hundred right answers one is."""
_DOUBTFUL_COST = -1.0
"""Total cost of the best correction above which a word much farther away may rather be meant than one two edits away:
measured. It hardly ever is where one a single edit away is the likeliest."""


class Correction(Struct, frozen=True, gc=False):
    """A folded key that may be meant."""

    key: str
    written: str
    """The headword of this key that is meant; empty for any."""
    distance: int
    """OSA, from the folded query."""
    cost: float
    """What the errors cost."""
    total_cost: float
    """The cost less what the word's commonness is worth: the smaller, the likelier."""


def likeliest(corrections: list[Correction]) -> list[Correction]:
    """The first few of ordered corrections, without those far less likely than the best."""
    most = corrections[0].total_cost + MAX_COST_BEHIND_BEST if corrections else 0.0
    return [correction for correction in corrections[:MAX_CORRECTIONS] if correction.total_cost <= most]


def are_doubtful(corrections: list[Correction], length_bonus: float) -> bool:
    """Whether ordered corrections are so bad that it pays to look for words farther away.

    `length_bonus` is the cost taken off every guess for the query's length.
    """
    if not corrections:
        return True
    best = corrections[0]
    if best.distance < MAX_EDITS or " " in best.key:  # what is two edits off a phrase is meant
        return False
    return best.total_cost - length_bonus > _DOUBTFUL_COST
