"""A guess at what a misspelt query means."""

from __future__ import annotations

from msgspec import Struct

from dictsvc.search.fuzzy.spelling_index import MOST_EDITS

MOST_GUESSES = 12
HOPELESS = 4.5
"""How much less likely than the best guess (natural logarithm) one may be and still be shown: of a hundred right
answers one is farther behind."""


_LONG_ENOUGH, _SYLLABLE_LONG_ENOUGH = 3, 4
"""Letters of a query of which two may be wrong: in Vietnamese two edits would reach half of all shorter syllables."""
_DOUBTFUL_LOSS = -1.0
"""A word much farther away may rather be meant than one two edits away with more loss than this: measured. It hardly
ever is where one a single edit away is the likeliest."""


class Guess(Struct, frozen=True, gc=False):
    """A folded key that may be meant."""

    key: str
    written: str
    """Which headword of this key; empty for any."""
    distance: int
    """OSA, from the folded query."""
    cost: float
    """What the slips cost."""
    loss: float
    """The cost less what the word's commonness is worth: the smaller, the likelier."""


def likely(guesses: list[Guess]) -> list[Guess]:
    """The first few of ordered guesses, without those far less likely than the best."""
    worst = guesses[0].loss + HOPELESS if guesses else 0.0
    return [guess for guess in guesses[:MOST_GUESSES] if guess.loss <= worst]


def most_edits(query: str, *, vietnamese: bool) -> int:
    """How many edits away the keys are that a folded query is first compared with."""
    return MOST_EDITS if len(query) >= (_SYLLABLE_LONG_ENOUGH if vietnamese else _LONG_ENOUGH) else 1


def is_doubtful(guesses: list[Guess], length_bonus: float) -> bool:
    """Whether ordered guesses are so bad that it pays to look for words farther away.

    `length_bonus` is what the length of the query is worth to them.
    """
    if not guesses:
        return True
    best = guesses[0]
    if best.distance < MOST_EDITS or " " in best.key:  # what is two edits off a phrase is meant
        return False
    return best.loss - length_bonus > _DOUBTFUL_LOSS
