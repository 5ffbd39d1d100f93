"""A guess at what a misspelt query means."""

from __future__ import annotations

import math

from msgspec import Struct

MOST_GUESSES = 12
HOPELESS = 4.5
"""How much less likely than the best guess (natural logarithm) one may be and still be shown: of a hundred right
answers one is farther behind."""


_DOUBTFUL = {1: 2.0, 2: -1.0}
"""Distance of the best guess → the loss from which a word much farther away may rather be meant: measured."""


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


def is_doubtful(guesses: list[Guess]) -> bool:
    """Whether ordered guesses are so bad that it pays to look for others farther away."""
    return not guesses or guesses[0].loss > _DOUBTFUL.get(guesses[0].distance, -math.inf)
