"""Guesses at misspelt words of languages that are written letter by letter."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import nsmallest

import numpy as np
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
_FAR_EDITS = 3
_FAR_SOUNDS = 1
_DOUBTFUL = -1.0
"""Guesses no better than this are reason enough to look further; found by measuring what that costs."""
_MOST_WEIGHED = 32
_ROUGH_EDIT, _ROUGH_SOUND = 2.0, 1.0
_LONG_ENOUGH = 3


class LetterSpeller:
    """Finds headwords near a misspelt word: all within two edits and, in doubt, common ones much farther.

    Far ones are those within three edits, or whose consonants sound alike but for one. There are no more than
    32,768 common words, so that looking through them all takes a tenth of a millisecond however large the
    dictionaries are.
    """

    def __init__(self, index: SpellingIndex) -> None:
        self._index = index
        numbers = index.commonest_words(_MOST_COMMON, _LEAST_COMMON)
        self._numbers = array("L", numbers.tolist())
        self._words = [index.key(number) for number in self._numbers]
        self._sounds = sounds_of([Folded(word) for word in self._words])
        self._lengths = index.lengths[numbers]
        self._signatures = index.signatures[numbers]
        self._sound_lengths = np.fromiter(map(len, self._sounds), np.uint8, len(self._sounds))
        self._sound_signatures = signatures([sound.lower() for sound in self._sounds])

    def guesses(self, mine: Keys) -> list[Guess]:
        """The likeliest headword keys for a misspelt query, likeliest first."""
        query, heard = mine.folded, sound(mine.folded)
        near = self.near(query)
        guesses = self._weighed(query, heard, near)
        if not guesses or guesses[0].loss > _DOUBTFUL:
            found = {neighbour.key for neighbour in near}
            far = [neighbour for neighbour in self.far(query, heard) if neighbour.key not in found]
            guesses = self._weighed(query, heard, near + far)
        return likely(guesses)

    def near(self, query: Folded) -> list[Neighbour]:
        """The keys within two edits of a query, within one where it is very short."""
        return self._index.within(query, MOST_EDITS if len(query) >= _LONG_ENOUGH else 1)

    def _weighed(self, query: str, heard: Sound, near: Iterable[Neighbour]) -> list[Guess]:
        rough = [(self._rough(neighbour, heard), neighbour) for neighbour in near if neighbour.distance]
        likeliest = nsmallest(_MOST_WEIGHED, rough, key=_first)
        return sorted((self._guess(query, heard, neighbour) for _, neighbour in likeliest), key=_order)

    def _rough(self, neighbour: Neighbour, heard: Sound) -> float:
        known = self._known_sound(neighbour.number)
        apart = 1 if known is None else OSA.distance(known, heard)
        return _ROUGH_EDIT * neighbour.distance + _ROUGH_SOUND * apart - neighbour.commonness / STEPS_PER_ZIPF

    def _guess(self, query: str, heard: Sound, neighbour: Neighbour) -> Guess:
        key = neighbour.key
        known = self._known_sound(neighbour.number)
        apart = OSA.distance(heard, sound(Folded(key)) if known is None else known)
        cost = letters_cost(query, key) + LETTER_COSTS["sound"] * apart
        return Guess(key, neighbour.distance, cost, cost - LETTER_WORTH * neighbour.commonness)

    def _known_sound(self, number: int) -> Sound | None:
        place = bisect_left(self._numbers, number)
        return self._sounds[place] if place < len(self._numbers) and self._numbers[place] == number else None

    def far(self, query: Folded, heard: Sound) -> Iterator[Neighbour]:
        """The common words within three edits of a query, and those that sound like it but for one consonant."""
        letters = query.encode("ascii")
        apart = np.bitwise_count(self._signatures ^ signature(letters)) <= 2 * _FAR_EDITS
        apart &= abs(self._lengths.astype(np.int16) - len(query)) <= _FAR_EDITS
        alike = np.bitwise_count(self._sound_signatures ^ signature(heard.lower().encode("ascii"))) <= 2 * _FAR_SOUNDS
        alike &= abs(self._sound_lengths.astype(np.int16) - len(heard)) <= _FAR_SOUNDS
        places = np.flatnonzero(alike).tolist()
        sounds = [self._sounds[place] for place in places]
        heard_alike = extract(heard, sounds, scorer=OSA.distance, score_cutoff=_FAR_SOUNDS, limit=None)
        places = [places[i] for _, _, i in heard_alike]
        apart[places] = True
        places = np.flatnonzero(apart).tolist()
        words = [self._words[place] for place in places]
        cutoff = max(_FAR_EDITS, len(query) // 2)
        for key, distance, i in extract(query, words, scorer=OSA.distance, score_cutoff=cutoff, limit=None):
            number = self._numbers[places[i]]
            yield Neighbour(key, int(distance), int(self._index.commonness[number]), number)


def _first(pair: tuple[float, Neighbour]) -> tuple[float, str]:
    return pair[0], pair[1].key


def _order(guess: Guess) -> tuple[float, str]:
    return guess.loss, guess.key
