"""What a lookup reads: a snapshot of the dictionaries and, for each language, the index of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

from dictsvc.language.keys import Keys
from dictsvc.search.guess import Guess
from dictsvc.search.letter_speller import LetterSpeller
from dictsvc.search.spelling_index import SpellingIndex
from dictsvc.search.syllable_speller import SyllableSpeller
from dictsvc.storage.snapshot import Snapshot

VIETNAMESE = "vi"


class Speller(Protocol):
    """Guesses what a misspelt query means."""

    def guesses(self, mine: Keys) -> list[Guess]:
        """The likeliest headword keys, likeliest first."""


class Lexicon(Struct, frozen=True):
    """A snapshot made ready for searching."""

    snapshot: Snapshot
    spelling: Mapping[str, SpellingIndex]
    """By the code of the headwords' language."""
    spellers: Mapping[str, Speller]

    def languages(self, dictionaries: Iterable[str]) -> dict[str, frozenset[str]]:
        """The headword languages of these dictionaries, each with the ids of its dictionaries."""
        found: dict[str, set[str]] = {}
        for identifier in dictionaries:
            found.setdefault(self.snapshot.dictionaries[identifier].source_language, set()).add(identifier)
        return {language: frozenset(ids) for language, ids in found.items()}


def prepare(snapshot: Snapshot) -> Lexicon:
    """The lexicon of a snapshot; takes about a second for a million headwords."""
    by_language: dict[str, list[str]] = {}
    for identifier, dictionary in snapshot.dictionaries.items():
        by_language.setdefault(dictionary.source_language, []).append(identifier)
    spelling: dict[str, SpellingIndex] = {}
    spellers: dict[str, Speller] = {}
    for language, identifiers in by_language.items():
        index = spelling[language] = SpellingIndex(snapshot.folded_keys(identifiers))
        if language == VIETNAMESE:
            spellers[language] = SyllableSpeller(index, snapshot.spellings(identifiers))
        else:
            spellers[language] = LetterSpeller(index)
    return Lexicon(snapshot, spelling, spellers)
