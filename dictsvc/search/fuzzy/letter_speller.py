"""Guesses at misspelt words of languages that are written letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist, extract

from dictsvc.language.confusions import LETTER_COSTS, LETTER_WORTH, letters_cost
from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import Folded, Keys
from dictsvc.language.sounds import Sound, sound
from dictsvc.search.fuzzy.guess import Guess, likely, most_edits
from dictsvc.search.fuzzy.packed_texts import PackedTexts
from dictsvc.search.fuzzy.spelling_index import ABSENT, Neighbour, SpellingIndex, signature, signatures

_MOST_COMMON = 1 << 15
_LEAST_COMMON = round(2.2 * STEPS_PER_ZIPF)
"""Words as rare are looked for within two edits only: they are seldom meant, and there are many."""
_FAR_EDITS = 4
_FAR_SOUNDS = 1
_MOST_MEASURED, _MOST_FAR = 512, 96
"""Far words whose distance is measured: of those with about as many letters of each kind the likeliest. And of these
those that are weighed."""
_ROUGH_EDIT, _ROUGH_SOUND, _ROUGH_STRANGE, _ROUGH_LONGER, _ROUGH_FIRST = 1.4, 1.5, 0.8, -1.1, 1.6
"""What each edit costs, roughly, each edit of the sound, each bit in which the signatures differ, each letter that the
key is longer, and another first letter: regression on 180,000 guesses, of which the deviation is 0.85."""
_WORTH_OF_SOUND = 2 * _ROUGH_SOUND
"""What it is worth to a far word that it sounds like the query."""
_ROUGH_MARGIN, _MOST_WEIGHED = 8.0, 24
"""How far behind the roughly likeliest guess others are weighed exactly, and how many in all."""
_LONGEST = 60
"""Lengths beyond this count as this: of words."""


class LetterSpeller:
    """Finds headwords near a misspelt word: all within two edits and, in doubt, common ones much farther.

    Far ones are those with about as many letters of each kind, and those whose consonants sound alike but for one.
    There are no more than 32,768 common words of a language, so that looking through them all takes the same short
    time however large the dictionaries are.
    """

    def __init__(self, index: SpellingIndex, sounds: PackedTexts, languages: Sequence[str]) -> None:
        """`sounds` are those of the index' keys."""
        self.languages = frozenset(languages)
        self._index = index
        self._sounds = sounds
        common = [index.commonest_words(_MOST_COMMON, _LEAST_COMMON, language) for language in languages]
        self._numbers = numbers = np.unique(np.concatenate(common)) if common else np.zeros(0, np.intp)
        words = index.keys.picked(numbers)
        self._words = np.array(words, object)
        """An array, because picking many of its items is several times faster than from a list."""
        self._lengths = np.minimum(index.keys.lengths[numbers], _LONGEST).astype(np.int8)
        self._signatures = index.signatures[numbers]
        self._set_sounds(sounds.picked(numbers))

    def _set_sounds(self, sounds: list[str]) -> None:
        """Take up how each common word sounds; many sound alike."""
        places = {heard: place for place, heard in enumerate(dict.fromkeys(sounds))}
        of_words = np.fromiter(map(places.__getitem__, sounds), np.int32, len(sounds))
        self._common_sounds = np.array(list(places), object)
        """Each once."""
        self._by_sound = np.argsort(of_words, kind="stable")
        """The places of the words, those that sound alike together."""
        self._sound_starts = np.append(0, np.cumsum(np.bincount(of_words)))
        self._sound_lengths = np.fromiter((min(len(heard), _LONGEST) for heard in places), np.int8, len(places))
        self._sound_signatures = signatures(PackedTexts(heard.lower() for heard in places))

    def guesses(self, mine: Keys, near: Sequence[Neighbour], languages: Sequence[str]) -> list[Guess]:
        """The likeliest keys of some languages that are near a misspelt query, likeliest first."""
        return likely(self._weighed(mine.folded, near, languages))

    def farther(self, mine: Keys, guesses: list[Guess], languages: Sequence[str]) -> list[Guess]:
        """The same with common words that are not near."""
        far = self._weighed(mine.folded, self.far(mine.folded, languages), languages)
        return likely(sorted([*guesses, *far], key=_order))

    def _weighed(self, query: Folded, neighbours: Sequence[Neighbour], languages: Sequence[str]) -> list[Guess]:
        """The likeliest of some keys, with what it costs to mistake each for the query."""
        if not neighbours:
            return []
        index, heard, letters = self._index, sound(query), int(signature(query.encode()))
        numbers = np.array([neighbour.number for neighbour in neighbours], np.intp)
        commonness, signed = index.commonness(languages)[numbers].tolist(), index.signatures[numbers].tolist()
        weighed = []
        for neighbour, common, letters_of, sounds in zip(
            neighbours, commonness, signed, self._sounds.picked(numbers), strict=True
        ):
            if neighbour.distance and common > ABSENT:
                apart, strange = OSA.distance(heard, sounds), (letters ^ letters_of).bit_count()
                rough = _rough_cost(query, neighbour, apart, strange) - LETTER_WORTH * common
                weighed.append((rough, neighbour.key, neighbour.distance, apart, common))
        if not weighed:
            return []
        most = min(weighed)[0] + _ROUGH_MARGIN
        likeliest = nsmallest(_MOST_WEIGHED, [found for found in weighed if found[0] <= most])
        return sorted([_guess(query, *found) for _, *found in likeliest], key=_order)

    def far(self, query: Folded, languages: Sequence[str]) -> list[Neighbour]:
        """Common words that are not near: they sound like the query but for one consonant, or are a few edits off."""
        commonness = self._index.commonness(languages)
        apart = _sieve(self._signatures, self._lengths, query)
        edits = max(_FAR_EDITS - 1, len(query) // 2)
        sieved = np.flatnonzero(apart <= 2 * min(_FAR_EDITS, edits))
        promise = LETTER_WORTH * commonness[self._numbers[sieved]] - _ROUGH_STRANGE * apart[sieved]
        near_in_letters = sieved[_highest(promise, _MOST_MEASURED)]
        alike = self._sounding_like(sound(query))
        places = np.concatenate([near_in_letters, alike])
        most = np.full(len(places), edits)
        most[len(near_in_letters) :] = min(len(query), max(_FAR_EDITS, len(query) // 2 + 1))
        distances = cdist((query,), self._words[places].tolist(), scorer=OSA.distance, dtype=np.uint8)[0]
        common = commonness[self._numbers[places]]
        found = np.flatnonzero(
            (distances <= most) & (distances > most_edits(query, vietnamese=False)) & (common >= _LEAST_COMMON)
        )
        promise = LETTER_WORTH * common[found] - _ROUGH_STRANGE * apart[places[found]] - _ROUGH_EDIT * distances[found]
        promise[found >= len(near_in_letters)] += _WORTH_OF_SOUND
        best = found[_highest(promise, _MOST_FAR)]
        chosen = places[best]
        columns = (self._words[chosen], distances[best], self._numbers[chosen])
        every = map(Neighbour, *(column.tolist() for column in columns))
        return list({neighbour.number: neighbour for neighbour in every}.values())

    def _sounding_like(self, heard: Sound) -> NDArray[np.intp]:
        """The places of the common words that sound like this but for one consonant."""
        sieved = np.flatnonzero(_sieve(self._sound_signatures, self._sound_lengths, heard.lower()) <= 2 * _FAR_SOUNDS)
        sounds = self._common_sounds[sieved].tolist()
        near = extract(heard, sounds, scorer=OSA.distance, score_cutoff=_FAR_SOUNDS, limit=None)
        alike = sieved[[i for _, _, i in near]]
        starts, ends = self._sound_starts[alike].tolist(), self._sound_starts[alike + 1].tolist()
        words = [self._by_sound[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(words) if words else alike


def _sieve(signatures: NDArray[np.uint64], lengths: NDArray[np.int8], text: str) -> NDArray[np.uint8]:
    """At most twice the edits between a text and each key: bits in which they differ, and letters more or less."""
    apart: NDArray[np.uint8] = np.bitwise_count(signatures ^ signature(text.encode("ascii")))
    apart += np.abs(lengths - np.int8(min(len(text), _LONGEST))).view(np.uint8)
    return apart


def _highest(values: NDArray[np.floating[Any]], most: int) -> NDArray[np.intp]:
    """The places of the `most` highest of some values, in no order."""
    return np.argpartition(values, -most)[-most:] if len(values) > most else np.arange(len(values))


def _rough_cost(query: Folded, neighbour: Neighbour, apart: int, strange: int) -> float:
    """About what a guess will cost, found without looking at the order of letters.

    `apart` are the edits between the sounds, `strange` the bits in which the signatures differ.
    """
    cost = _ROUGH_EDIT * neighbour.distance + _ROUGH_SOUND * apart + _ROUGH_STRANGE * strange
    return cost + _ROUGH_LONGER * (len(neighbour.key) - len(query)) + _ROUGH_FIRST * (neighbour.key[0] != query[0])


def _guess(query: Folded, key: str, distance: int, apart: int, commonness: int) -> Guess:
    cost = letters_cost(query, key) + LETTER_COSTS["sound"] * apart
    return Guess(key, "", distance, cost, cost - LETTER_WORTH * commonness)


def _order(guess: Guess) -> tuple[float, str]:
    return guess.loss, guess.key
