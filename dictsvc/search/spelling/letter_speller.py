"""Guesses at misspelt words of languages that are written letter by letter."""

from __future__ import annotations

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
from dictsvc.search.spelling.guess import Guess, likely
from dictsvc.search.spelling.index import MOST_EDITS, Neighbour, SpellingIndex, signature, signatures
from dictsvc.search.spelling.packed_texts import PackedTexts

_MOST_COMMON = 1 << 15
_LEAST_COMMON = round(2.2 * STEPS_PER_ZIPF)
"""Words as rare are looked for within two edits only: they are seldom meant, and there are many."""
_FAR_EDITS = 4
_FAR_SOUNDS = 1
_MOST_WEIGHED = 48
_ROUGH_EDIT, _UNKNOWN_SOUND = 2.0, 1
_ROUGH_MARGIN = 5.0
_LONG_ENOUGH = 3
_LONGEST = 60
"""Lengths beyond this count as this: of words."""


class LetterSpeller:
    """Finds headwords near a misspelt word: all within two edits and, in doubt, common ones much farther.

    Far ones are those with about as many letters of each kind, and those whose consonants sound alike but for one.
    There are no more than 32,768 common words, so that looking through them all takes the same short time however
    large the dictionaries are.
    """

    def __init__(self, index: SpellingIndex) -> None:
        self._index = index
        self._numbers = numbers = index.commonest_words(_MOST_COMMON, _LEAST_COMMON)
        words = index.keys.picked(numbers)
        self._words = np.array(words, object)
        """An array, because picking many of its items is several times faster than from a list."""
        self._lengths = np.minimum(index.keys.lengths[numbers], _LONGEST).astype(np.int8)
        self._signatures = index.signatures[numbers]
        self._set_sounds(sounds_of([Folded(word) for word in words]))

    def _set_sounds(self, sounds: list[Sound]) -> None:
        """Take up how each common word sounds; many sound alike."""
        places = {heard: place for place, heard in enumerate(dict.fromkeys(sounds))}
        of_words = np.fromiter(map(places.__getitem__, sounds), np.int32, len(sounds))
        self._sounds = np.array(list(places), object)
        """Each once."""
        self._sound_of = np.full(len(self._index), -1, np.int32)
        """The place of each key's sound; -1 for rare words."""
        self._sound_of[self._numbers] = of_words
        self._by_sound = np.argsort(of_words, kind="stable")
        """The places of the words, those that sound alike together."""
        self._sound_starts = np.append(0, np.cumsum(np.bincount(of_words)))
        self._sound_lengths = np.fromiter((min(len(heard), _LONGEST) for heard in places), np.int8, len(places))
        self._sound_signatures = signatures(PackedTexts(heard.lower() for heard in places))

    def guesses(self, mine: Keys) -> list[Guess]:
        """The likeliest headword keys near a misspelt query, likeliest first."""
        return likely(self._weighed(mine.folded, sound(mine.folded), self.near(mine.folded)))

    def farther(self, mine: Keys, guesses: list[Guess]) -> list[Guess]:
        """The same with common words that are not near."""
        query, heard = mine.folded, sound(mine.folded)
        far = [neighbour for neighbour in self.far(query, heard) if neighbour.distance > _edits(query)]
        return likely(sorted([*guesses, *self._weighed(query, heard, far)], key=_order))

    def near(self, query: Folded) -> list[Neighbour]:
        """The keys within two edits of a query, within one where it is very short."""
        return self._index.within(query, _edits(query))

    def _weighed(self, query: Folded, heard: Sound, neighbours: list[Neighbour]) -> list[Guess]:
        """The likeliest of some keys, with what it costs to mistake each for the query."""
        sounds = self._sound_of[[neighbour.number for neighbour in neighbours]].tolist() if neighbours else []
        rough = []
        for neighbour, of_key in zip(neighbours, sounds, strict=True):
            if neighbour.distance:
                apart = OSA.distance(self._sounds[of_key], heard) if of_key >= 0 else None
                rough.append((_rough(neighbour, apart), neighbour.key, neighbour, apart))
        if not rough:
            return []
        most = min(rough)[0] + _ROUGH_MARGIN
        likeliest = nsmallest(_MOST_WEIGHED, [found for found in rough if found[0] <= most])
        return sorted([_guess(query, heard, neighbour, apart) for _, _, neighbour, apart in likeliest], key=_order)

    def far(self, query: Folded, heard: Sound) -> Iterator[Neighbour]:
        """Common words that sound like a query but for one consonant, and all that are a few edits off."""
        places = self._sounding_like(heard)
        yield from self._within(query, places, min(len(query), max(_FAR_EDITS, len(query) // 2 + 1)))
        edits = max(_FAR_EDITS - 1, len(query) // 2)
        apart = _sieve(self._signatures, self._lengths, query) <= 2 * min(_FAR_EDITS, edits)
        apart[places] = False
        yield from self._within(query, np.flatnonzero(apart), edits)

    def _sounding_like(self, heard: Sound) -> NDArray[np.intp]:
        """The places of the common words that sound like this but for one consonant."""
        sieved = np.flatnonzero(_sieve(self._sound_signatures, self._sound_lengths, heard.lower()) <= 2 * _FAR_SOUNDS)
        sounds = self._sounds[sieved].tolist()
        near = extract(heard, sounds, scorer=OSA.distance, score_cutoff=_FAR_SOUNDS, limit=None)
        alike = sieved[[i for _, _, i in near]]
        starts, ends = self._sound_starts[alike].tolist(), self._sound_starts[alike + 1].tolist()
        words = [self._by_sound[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(words) if words else alike

    def _within(self, query: str, places: NDArray[np.intp], edits: int) -> Iterator[Neighbour]:
        words = self._words[places].tolist()
        for key, distance, i in extract(query, words, scorer=OSA.distance, score_cutoff=edits, limit=None):
            number = int(self._numbers[places[i]])
            yield Neighbour(key, int(distance), int(self._index.commonness[number]), number)


def _edits(query: Folded) -> int:
    return MOST_EDITS if len(query) >= _LONG_ENOUGH else 1


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
