"""The kinds of match: how a headword answers a query, and all that follows from it. Nothing else lists kinds.

A new kind is a row of `MatchKind`, a sentence under its name in `messages.REASONS`, a matcher in `search/matchers/`
with a line in `search/cascade.py`, and its test.
"""

from __future__ import annotations

import math
from enum import Enum, IntEnum, StrEnum
from functools import partial
from typing import Self

from msgspec import Struct


class Mode(StrEnum):
    """How forgiving a lookup is."""

    AUTO = "auto"
    STRICT = "strict"
    EXACT = "exact"
    PREFIX = "prefix"


class Tier(IntEnum):
    """The hard rules of order: a match of one tier comes before all of the next."""

    EXACT = 0
    SPELLING = 1
    SCORED = 2
    """Ordered by probability."""
    LAST = 3
    """Shown as help; does not count as found."""


class Matched(Enum):
    """The text of an entry that the query was found to mean."""

    HEADWORD = "headword"
    BEGINNING = "beginning"
    """Of the headword."""
    IDIOM = "idiom"
    GLOSS = "gloss"


_IN_ALL_MODES = frozenset(Mode)
_IN_AUTO = frozenset({Mode.AUTO})
_IN_STRICT = frozenset({Mode.AUTO, Mode.STRICT})
_IN_PREFIX = frozenset({Mode.AUTO, Mode.PREFIX})


class Traits(Struct, frozen=True, kw_only=True):
    """What holds of every match of one kind."""

    tier: Tier = Tier.SCORED
    modes: frozenset[Mode] = _IN_AUTO
    """Modes of lookup that find it."""
    matched: Matched = Matched.HEADWORD
    least_cost: float = 0.0
    """Natural logarithm: every match of the kind costs at least this (see `search.costs`)."""
    certain_cost: float = -math.inf
    """Natural logarithm: a match that costs no more leaves nothing to guess (see `search.confidence`)."""
    is_guess: bool = False
    """Whether other spellings than the query's were tried, so that a rare word may be found by chance."""
    explains_query: bool = False
    """Whether it explains the query. A tighter limit then holds for guesses beside it."""
    is_of_other_headword: bool = False
    """Whether the headword's letters differ from the query's, which stand elsewhere in its entry."""
    is_in_text: bool = False
    """Whether the query holds the word itself, so that its commonness tells nothing."""
    has_suggestions: bool = False
    """Whether other headwords are suggested where it is the best match."""


_of_last_tier = partial(Traits, tier=Tier.LAST, explains_query=True, has_suggestions=True)


class MatchKind(StrEnum):
    """How a headword answers a query: the name in the API, and the traits of the kind."""

    traits: Traits

    def __new__(cls, name: str, traits: Traits) -> Self:
        """The member whose value is the name."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.traits = traits
        return kind

    EXACT = "exact", Traits(tier=Tier.EXACT, modes=_IN_ALL_MODES, certain_cost=math.inf)
    SPELLING = "spelling", Traits(tier=Tier.SPELLING, modes=_IN_ALL_MODES, certain_cost=math.inf)
    FORM = "form", Traits(modes=_IN_STRICT, least_cost=0.7, explains_query=True, is_of_other_headword=True)
    UNACCENTED = "unaccented", Traits(modes=_IN_STRICT, certain_cost=math.inf)
    ACCENTS = "accents", Traits()
    IDIOM = "idiom", Traits(matched=Matched.IDIOM, least_cost=0.5, certain_cost=1.0, is_of_other_headword=True)
    COLLOCATION = "collocation", Traits(least_cost=1.0, certain_cost=1.5, is_of_other_headword=True)
    KEYSTROKES = "keystrokes", Traits(least_cost=0.5, certain_cost=0.5)
    CHARSET = "charset", Traits(least_cost=0.5, certain_cost=0.5)
    REGIONAL = "regional", Traits(is_guess=True)
    JOINED = "joined", Traits(least_cost=2.0, certain_cost=2.0, is_guess=True)
    TYPO = "typo", Traits(is_guess=True, has_suggestions=True)
    PREFIX = "prefix", _of_last_tier(modes=_IN_PREFIX, matched=Matched.BEGINNING)
    TRANSLATION = "translation", _of_last_tier(matched=Matched.GLOSS, least_cost=0.5)
    PART = "part", _of_last_tier(least_cost=11.0, is_in_text=True)

    __hash__ = str.__hash__  # in C; enum's own is in Python, and kinds are looked up all the time
