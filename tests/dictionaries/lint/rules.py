"""Running every rule over every bundled dictionary."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

from msgspec import Struct

from tests.dictionaries.lint import entry_rules as entries
from tests.dictionaries.lint import spelling_rules as spelling
from tests.dictionaries.lint.bundle import Bundle, BundledDictionary

Rule = Callable[[BundledDictionary, Bundle], Iterator[entries.Spot]]
"""Yields where a dictionary breaks the rule; the rule's docstring is the message."""

RULES: tuple[Rule, ...] = (
    entries.unreadable,
    entries.repeated_headword,
    entries.unknown_part_of_speech,
    entries.unknown_label,
    entries.faulty_gloss,
    entries.unbalanced_brackets,
    entries.own_gloss,
    entries.faulty_pronunciation,
    entries.missing_gender,
    entries.faulty_example,
    entries.dangling_reference,
    entries.poor_round_trip,
    spelling.not_composed,
    spelling.no_syllable,
    spelling.misplaced_tone,
    spelling.i_for_y,
    spelling.unknown_word,
)


class Fault(Struct, frozen=True):
    """A place where a bundled dictionary breaks a rule."""

    dictionary: str
    headword: str
    message: str
    detail: str


def check(bundle: Bundle) -> Iterator[Fault]:
    """Every fault of every dictionary, rule by rule."""
    for rule in RULES:
        for dictionary in bundle.dictionaries.values():
            for headword, detail in rule(dictionary, bundle):
                yield Fault(dictionary.id, headword, inspect.getdoc(rule) or rule.__name__, detail)
