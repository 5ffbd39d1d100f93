"""A headword that may be meant, and how much speaks for it.

By the noisy channel, that is how likely people are to write the query when they mean the word, times how common the
word is. The former is kept as a cost, its negative natural logarithm, and what commonness is worth is taken off.
"""

from msgspec import Struct

from dictsvc.language.noise import WELL_KNOWN
from dictsvc.language.profiles import profile_of
from dictsvc.match_kinds import MatchKind
from dictsvc.storage.queries import KeyRow


class Candidate(Struct, frozen=True, gc=False):
    """A headword that may be meant, with the evidence for it; made by `make_candidate`."""

    row: KeyRow
    kind: MatchKind
    matched: str
    distance: int
    cost: float
    """How unlikely people are to write the query and mean this; 0 for certain."""
    total_cost: float
    """The cost less what the word's commonness is worth: the smaller, the likelier."""
    normalized_cost: float
    """The total cost above that of the commonest word without an error: comparable between languages."""


def make_candidate(row: KeyRow, kind: MatchKind, matched: str, distance: int, cost: float) -> Candidate:
    """The candidate that a row is at a cost, with what its commonness is worth."""
    noise = profile_of(row.language).noise
    total = noise.total_cost(cost, WELL_KNOWN if kind.traits.is_in_text else row.commonness)
    return Candidate(row, kind, matched, distance, cost, total, total + noise.reference_cost)
