"""Guesses at misspelt words of languages that are written letter by letter."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from dictsvc.language.confusions import LETTER_COSTS, LETTER_WORTH, letters_cost
from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import Folded, Keys
from dictsvc.language.sounds import Sound, sound, sounds_of
from dictsvc.search.guess import Guess, likely
from dictsvc.search.spelling_index import MOST_EDITS, Neighbour, SpellingIndex, signature, signatures

_MOST_COMMON = 1 << 15
_LEAST_COMMON = round(2.2 * STEPS_PER_ZIPF)
"""Words as rare are looked for within two edits only: they are seldom meant, and there are many."""
_FAR_EDITS = 4
_FAR_SOUNDS = 1
_DOUBTFUL = -1.0
"""Guesses no better than this are reason enough to look further; found by measuring what that costs."""
_MOST_WEIGHED = 32
_ROUGH_EDIT, _UNKNOWN_SOUND = 2.0, 1
_ROUGH_MARGIN = 5.0
_LONG_ENOUGH = 3
_LONGEST = 60
"""Lengths beyond this count as this: of words."""


class LetterSpeller:
    """Finds headwords near a misspelt word: all within two edits and, in doubt, common ones much farther.

    Far ones are those with about as many letters of each kind, or whose consonants sound alike but for one. There
    are no more than 32,768 common words, so that looking through them all takes the same short time however large
    the dictionaries are.
    """

    def __init__(self, index: SpellingIndex) -> None:
        self._index = index
        numbers = index.commonest_words(_MOST_COMMON, _LEAST_COMMON)
        self._numbers = array("L", numbers.tolist())
        self._words = [index.key(number) for number in self._numbers]
        self._sounds = sounds_of([Folded(word) for word in self._words])
        self._places = np.full(len(index), -1, np.int32)
        self._places[numbers] = np.arange(len(numbers))
        self._lengths = np.minimum(index.lengths[numbers], _LONGEST).astype(np.int8)
        self._signatures = index.signatures[numbers]
        self._sound_lengths = np.fromiter((min(len(s), _LONGEST) for s in self._sounds), np.int8, len(self._sounds))
        self._sound_signatures = signatures([sound.lower() for sound in self._sounds])

    def guesses(self, mine: Keys) -> list[Guess]:
        """The likeliest headword keys for a misspelt query, likeliest first."""
        query, heard = mine.folded, sound(mine.folded)
        near = self.near(query)
        guesses = self._weighed(query, heard, near)
        if not guesses or guesses[0].loss > _DOUBTFUL:
            found = {neighbour.key for neighbour in near}
            far = [neighbour for neighbour in self.far(query, heard) if neighbour.key not in found]
            guesses = self._weighed(query, heard, [*near, *far])
        return likely(guesses)

    def near(self, query: Folded) -> list[Neighbour]:
        """The keys within two edits of a query, within one where it is very short."""
        return self._index.within(query, MOST_EDITS if len(query) >= _LONG_ENOUGH else 1)

    def _weighed(self, query: Folded, heard: Sound, near: list[Neighbour]) -> list[Guess]:
        """The likeliest of some keys, with what it costs to mistake each for the query."""
        places = self._places[[neighbour.number for neighbour in near]].tolist() if near else []
        rough = []
        for neighbour, place in zip(near, places, strict=True):
            if neighbour.distance:
                apart = OSA.distance(self._sounds[place], heard) if place >= 0 else None
                rough.append((_rough(neighbour, apart), neighbour.key, neighbour, apart))
        if not rough:
            return []
        most = min(rough)[0] + _ROUGH_MARGIN
        likeliest = nsmallest(_MOST_WEIGHED, [found for found in rough if found[0] <= most])
        guesses = [_guess(query, heard, neighbour, apart) for _, _, neighbour, apart in likeliest]
        return sorted(guesses, key=_order)

    def far(self, query: Folded, heard: Sound) -> Iterator[Neighbour]:
        """The common words within three edits of a query, and those that sound like it but for one consonant."""
        alike = _sieve(self._sound_signatures, self._sound_lengths, heard.lower()) <= 2 * _FAR_SOUNDS
        places = np.flatnonzero(alike).tolist()
        sounds = [self._sounds[place] for place in places]
        heard_alike = extract(heard, sounds, scorer=OSA.distance, score_cutoff=_FAR_SOUNDS, limit=None)
        places = [places[i] for _, _, i in heard_alike]
        yield from self._within(query, places, min(len(query), max(_FAR_EDITS, len(query) // 2 + 1)))
        apart = _sieve(self._signatures, self._lengths, query) <= 2 * _FAR_EDITS
        apart[places] = False
        yield from self._within(query, np.flatnonzero(apart).tolist(), max(_FAR_EDITS - 1, len(query) // 2))

    def _within(self, query: str, places: list[int], edits: int) -> Iterator[Neighbour]:
        words = [self._words[place] for place in places]
        for key, distance, i in extract(query, words, scorer=OSA.distance, score_cutoff=edits, limit=None):
            number = self._numbers[places[i]]
            yield Neighbour(key, int(distance), int(self._index.commonness[number]), number)


def _sieve(signatures: NDArray[np.uint64], lengths: NDArray[np.int8], text: str) -> NDArray[np.uint8]:
    """At most twice the edits between a text and each key: bits in which they differ, and letters more or less."""
    apart: NDArray[np.uint8] = np.bitwise_count(signatures ^ signature(text.encode("ascii")))
    apart += np.abs(lengths - np.int8(min(len(text), _LONGEST))).view(np.uint8)
    return apart


def _rough(neighbour: Neighbour, apart: int | None) -> float:
    """About what `Guess.loss` will be, without looking at the letters."""
    sounds = _UNKNOWN_SOUND if apart is None else apart
    return _ROUGH_EDIT * neighbour.distance + sounds - neighbour.commonness / STEPS_PER_ZIPF


def _guess(query: Folded, heard: Sound, neighbour: Neighbour, apart: int | None) -> Guess:
    if apart is None:
        apart = OSA.distance(heard, sound(Folded(neighbour.key)))
    cost = letters_cost(query, neighbour.key) + LETTER_COSTS["sound"] * apart
    return Guess(neighbour.key, "", neighbour.distance, cost, cost - LETTER_WORTH * neighbour.commonness)


def _order(guess: Guess) -> tuple[float, str]:
    return guess.loss, guess.key
