"""What a lookup reads: a snapshot of the dictionaries, the index of their keys and what guesses misspelt ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dictsvc.language.keys import VIETNAMESE, Keys
from dictsvc.model import DictionaryReference
from dictsvc.search.fuzzy.guess import Guess
from dictsvc.search.fuzzy.keystroke_sieve import KeystrokeSieve
from dictsvc.search.fuzzy.letter_speller import LetterSpeller
from dictsvc.search.fuzzy.packed_texts import PackedTexts
from dictsvc.search.fuzzy.spelling_index import ABSENT, Neighbour, SpellingIndex
from dictsvc.search.fuzzy.syllable_speller import SyllableSpeller
from dictsvc.storage.snapshot import Snapshot
from dictsvc.storage.vocabulary import FIRST_LETTER, SEPARATOR


class Speller(Protocol):
    """Guesses what a misspelt query means in the languages of one way of writing."""

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages."""

    def guesses(self, mine: Keys, near: Sequence[Neighbour], languages: Sequence[str]) -> list[Guess]:
        """The likeliest of the near keys that headwords of these languages have, likeliest first."""

    def farther(self, mine: Keys, guesses: list[Guess], languages: Sequence[str]) -> list[Guess]:
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


class SearchIndex(Struct, frozen=True):
    """A snapshot made ready for searching."""

    snapshot: Snapshot
    spelling: SpellingIndex
    spellers: tuple[Speller, ...]
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


def prepare(snapshot: Snapshot) -> SearchIndex:
    """The search_index of a snapshot; takes 0.6 s for 230,000 headwords."""
    listed = snapshot.keys()
    commonness = {language: _numbers(letters) for language, letters in listed.commonness.items()}
    index = SpellingIndex(PackedTexts.split(listed.keys, SEPARATOR), commonness)
    spellers: list[Speller] = []
    others = [language for language in commonness if language != VIETNAMESE]
    if others:
        spellers.append(LetterSpeller(index, PackedTexts.split(listed.sounds, SEPARATOR), others))
    vietnamese: Iterable[str] = ()
    if VIETNAMESE in commonness:
        present = index.commonness([VIETNAMESE]) > ABSENT
        spellers.append(_syllable_speller(snapshot, present))
        vietnamese = index.keys.picked(np.flatnonzero(present))
    everything = make_scope(snapshot, tuple(snapshot.dictionaries))
    return SearchIndex(snapshot, index, tuple(spellers), KeystrokeSieve(vietnamese), everything)


def _numbers(letters: str) -> NDArray[np.int16]:
    """The numbers that letters stand for; `ABSENT` is one of them."""
    codes = np.frombuffer(letters.encode("utf-16-le"), "<u2")
    return codes.astype(np.int16) - np.int16(FIRST_LETTER)


def _syllable_speller(snapshot: Snapshot, present: NDArray[np.bool]) -> SyllableSpeller:
    """The speller for Vietnamese; `present` says which of the index' keys are Vietnamese."""
    spelled = snapshot.spellings(VIETNAMESE)
    counts = np.zeros(len(present), np.int32)
    counts[present] = np.array(spelled.counts.split(), np.int32)
    return SyllableSpeller(PackedTexts.split(spelled.written, SEPARATOR), _numbers(spelled.commonness), counts)
