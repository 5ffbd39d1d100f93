"""What a lookup reads: a snapshot of the dictionaries and, for each language, the index of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from dictsvc.language.keys import Keys
from dictsvc.model import DictionaryReference
from dictsvc.search.spelling.guess import Guess
from dictsvc.search.spelling.index import SpellingIndex
from dictsvc.search.spelling.keystroke_sieve import KeystrokeSieve
from dictsvc.search.spelling.letter_speller import LetterSpeller
from dictsvc.search.spelling.packed_texts import PackedTexts
from dictsvc.search.spelling.syllable_speller import SyllableSpeller
from dictsvc.storage.snapshot import SEPARATOR, Snapshot

VIETNAMESE = "vi"


class Speller(Protocol):
    """Guesses what a misspelt query means."""

    def guesses(self, mine: Keys) -> list[Guess]:
        """The likeliest headword keys, likeliest first."""

    def farther(self, mine: Keys, guesses: list[Guess]) -> list[Guess]:
        """The same with such as are found only by looking farther, which takes longer."""


class Scope(Struct, frozen=True):
    """The dictionaries that a lookup looks into."""

    dictionaries: tuple[str, ...]
    """Their ids in order of priority."""
    priority: Mapping[str, int]
    """Id → its place in that order."""
    languages: Mapping[str, frozenset[str]]
    """Language of the headwords → the ids of its dictionaries."""
    references: tuple[DictionaryReference, ...]


class Lexicon(Struct, frozen=True):
    """A snapshot made ready for searching."""

    snapshot: Snapshot
    spelling: Mapping[str, SpellingIndex]
    """By the code of the headwords' language."""
    spellers: Mapping[str, Speller]
    keystrokes: KeystrokeSieve
    """Of the Vietnamese headwords."""
    everything: Scope
    """All dictionaries."""


def make_scope(snapshot: Snapshot, dictionaries: tuple[str, ...]) -> Scope:
    """What a lookup in these dictionaries has to know of them."""
    described = [snapshot.dictionaries[identifier] for identifier in dictionaries]
    languages: dict[str, set[str]] = {}
    for dictionary in described:
        languages.setdefault(dictionary.source_language, set()).add(dictionary.id)
    return Scope(
        dictionaries=dictionaries,
        priority={identifier: place for place, identifier in enumerate(dictionaries)},
        languages={language: frozenset(ids) for language, ids in languages.items()},
        references=tuple(DictionaryReference(d.id, d.title, d.licence, d.version) for d in described),
    )


def prepare(snapshot: Snapshot) -> Lexicon:
    """The lexicon of a snapshot; takes 0.7 s for 230,000 headwords."""
    by_language: dict[str, list[str]] = {}
    for identifier, dictionary in snapshot.dictionaries.items():
        by_language.setdefault(dictionary.source_language, []).append(identifier)
    spelling: dict[str, SpellingIndex] = {}
    spellers: dict[str, Speller] = {}
    for language, identifiers in by_language.items():
        listed = snapshot.keys(identifiers)
        index = spelling[language] = SpellingIndex(PackedTexts.split(listed.keys, SEPARATOR), listed.commonness)
        if language == VIETNAMESE:
            spelled = snapshot.spellings(identifiers)
            headwords = PackedTexts.split(spelled.written, SEPARATOR)
            spellers[language] = SyllableSpeller(index, headwords, spelled.commonness, spelled.counts)
        else:
            spellers[language] = LetterSpeller(index)
    sieve = KeystrokeSieve(spelling[VIETNAMESE].keys if VIETNAMESE in spelling else PackedTexts(()))
    return Lexicon(snapshot, spelling, spellers, sieve, make_scope(snapshot, tuple(snapshot.dictionaries)))
