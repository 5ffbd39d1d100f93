"""Corrections of misspelt words in languages that are written letter by letter."""

from collections.abc import Sequence
from heapq import nsmallest
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist, extract

from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import Folded, Keys
from dictsvc.language.letter_costs import LetterModel
from dictsvc.language.sounds import Sound, sound
from dictsvc.search.fuzzy.correction import Correction, likeliest
from dictsvc.search.fuzzy.packed_texts import PackedTexts
from dictsvc.search.fuzzy.spelling_index import ABSENT, Neighbour, SpellingIndex, signature, signatures

_MAX_COMMON_WORDS = 1 << 15
"""Common words of a language among which distant ones are looked for, at most."""
_LEAST_COMMON = round(2.2 * STEPS_PER_ZIPF)
"""Commonness below which words are looked for within two edits only: they are seldom meant, and there are many."""
_DISTANT_EDITS = 4
"""Edits of a distant word that its count of letters may show; in all a long word may have more, a short one fewer."""
_DISTANT_SOUND_EDITS = 1
"""Edits between the sound keys of a query and a distant word that sounds like it."""
_MAX_MEASURED = 512
"""Words with about as many letters of each kind as the query whose edits are counted: the likeliest."""
_MAX_DISTANT = 96
"""Distant words whose cost is found: the likeliest by their letters, edits and sound."""

# Rough costs, from a regression on 180,000 corrections; the standard deviation of the residual is 0.85.
_ROUGH_EDIT = 1.4
"""Rough cost of each edit."""
_ROUGH_SOUND = 1.5
"""Rough cost of each edit between the sound keys."""
_ROUGH_STRANGE = 0.8
"""Rough cost of each bit in which the signatures differ."""
_ROUGH_LONGER = -1.1
"""Rough cost of each letter that the key is longer than the query."""
_ROUGH_FIRST = 1.6
"""Rough cost of another first letter."""
_SOUND_BONUS = 2 * _ROUGH_SOUND
"""Rough cost taken off a distant word that sounds like the query."""
_ROUGH_MARGIN = 8.0
"""Keys roughly costlier than the roughly likeliest by more than this are not costed exactly."""
_MAX_COSTED = 24
"""Keys whose exact cost is found, at most."""
_MAX_LENGTH = 60
"""Letters of a word; longer ones count as this long."""


class LetterSpeller:
    """Finds headwords near a misspelt word: all within two edits and, where those are doubtful, distant common ones.

    Distant ones are those with about as many letters of each kind, and those whose consonants sound alike but for one.
    There are no more than 32,768 common words of a language, so that looking through them all takes the same short
    time however large the dictionaries are.
    """

    def __init__(self, index: SpellingIndex, sounds: PackedTexts, languages: Sequence[str], noise: LetterModel) -> None:
        """`sounds` are those of the index' keys; the languages share the noise model."""
        self.languages = frozenset(languages)
        self.noise = noise
        self._index = index
        self._sounds = sounds
        common = [index.commonest_words(_MAX_COMMON_WORDS, _LEAST_COMMON, language) for language in languages]
        self._numbers = numbers = np.unique(np.concatenate(common)) if common else np.zeros(0, np.intp)
        words = index.keys.picked(numbers)
        self._words = np.array(words, object)
        """An array, because picking many of its items is several times faster than from a list."""
        self._lengths = np.minimum(index.keys.lengths[numbers], _MAX_LENGTH).astype(np.int8)
        self._signatures = index.signatures[numbers]
        self._set_sounds(sounds.picked(numbers))

    def _set_sounds(self, sounds: list[str]) -> None:
        """Index the common words by how they sound; many sound alike."""
        numbers = {sound_key: number for number, sound_key in enumerate(dict.fromkeys(sounds))}
        of_words = np.fromiter(map(numbers.__getitem__, sounds), np.int32, len(sounds))
        self._common_sounds = np.array(list(numbers), object)
        """Each once."""
        self._by_sound = np.argsort(of_words, kind="stable")
        """Indices of the words, those that sound alike together."""
        self._sound_starts = np.append(0, np.cumsum(np.bincount(of_words)))
        self._sound_lengths = np.fromiter(
            (min(len(sound_key), _MAX_LENGTH) for sound_key in numbers), np.int8, len(numbers)
        )
        self._sound_signatures = signatures(PackedTexts(sound_key.lower() for sound_key in numbers))

    def corrections(self, query: Keys, near: Sequence[Neighbour], languages: Sequence[str]) -> list[Correction]:
        """The likeliest keys of some languages that are near a misspelt query, likeliest first."""
        return likeliest(self._costed(query.folded, near, languages))

    def with_distant(self, query: Keys, near: list[Correction], languages: Sequence[str]) -> list[Correction]:
        """The likeliest of the corrections found near and of common words that are not near, likeliest first."""
        distant = self._costed(query.folded, self.distant(query.folded, languages), languages)
        return likeliest(sorted([*near, *distant], key=_order))

    def _costed(self, query: Folded, neighbours: Sequence[Neighbour], languages: Sequence[str]) -> list[Correction]:
        """The likeliest of some keys, with what it costs to mistake each for the query."""
        if not neighbours:
            return []
        index, sound_key, letters = self._index, sound(query), int(signature(query.encode()))
        numbers = np.array([neighbour.number for neighbour in neighbours], np.intp)
        commonness, signed = index.commonness(languages)[numbers].tolist(), index.signatures[numbers].tolist()
        weight, length, first, costed = self.noise.commonness_weight, len(query), query[0], []
        for neighbour, common, letters_of, sounds in zip(
            neighbours, commonness, signed, self._sounds.picked(numbers), strict=True
        ):
            key, distance = neighbour.key, neighbour.distance
            if distance and common > ABSENT:
                apart, strange = OSA.distance(sound_key, sounds), (letters ^ letters_of).bit_count()
                rough = _ROUGH_EDIT * distance + _ROUGH_SOUND * apart + _ROUGH_STRANGE * strange
                rough += _ROUGH_LONGER * (len(key) - length) + _ROUGH_FIRST * (key[0] != first)
                costed.append((rough - weight * common, key, distance, apart, common))
        if not costed:
            return []
        most = min(costed)[0] + _ROUGH_MARGIN
        roughly_likeliest = nsmallest(_MAX_COSTED, [found for found in costed if found[0] <= most])
        return sorted([self._correction(query, *found) for _, *found in roughly_likeliest], key=_order)

    def _correction(self, query: Folded, key: str, distance: int, apart: int, commonness: int) -> Correction:
        noise = self.noise
        cost = noise.cost(query, key) + noise.costs["sound"] * apart
        return Correction(key, "", distance, cost, noise.total_cost(cost, commonness))

    def distant(self, query: Folded, languages: Sequence[str]) -> list[Neighbour]:
        """Common words that are not near: they sound like the query but for one consonant, or are a few edits off."""
        weight, commonness = self.noise.commonness_weight, self._index.commonness(languages)
        apart = _bound(self._signatures, self._lengths, query)
        edits = max(_DISTANT_EDITS - 1, len(query) // 2)
        possible = np.flatnonzero(apart <= 2 * min(_DISTANT_EDITS, edits))
        promise = weight * commonness[self._numbers[possible]] - _ROUGH_STRANGE * apart[possible]
        near_in_letters = possible[_highest(promise, _MAX_MEASURED)]
        alike = self._sounding_like(sound(query))
        words = np.concatenate([near_in_letters, alike])
        most = np.full(len(words), edits)
        most[len(near_in_letters) :] = min(len(query), max(_DISTANT_EDITS, len(query) // 2 + 1))
        distances = cdist((query,), self._words[words].tolist(), scorer=OSA.distance, dtype=np.uint8)[0]
        common = commonness[self._numbers[words]]
        found = np.flatnonzero(
            (distances <= most) & (distances > self.noise.max_edits(query)) & (common >= _LEAST_COMMON)
        )
        promise = weight * common[found] - _ROUGH_STRANGE * apart[words[found]] - _ROUGH_EDIT * distances[found]
        promise[found >= len(near_in_letters)] += _SOUND_BONUS
        best = found[_highest(promise, _MAX_DISTANT)]
        chosen = words[best]
        columns = (self._words[chosen], distances[best], self._numbers[chosen])
        every = map(Neighbour, *(column.tolist() for column in columns))
        return list({neighbour.number: neighbour for neighbour in every}.values())

    def _sounding_like(self, sound_key: Sound) -> NDArray[np.intp]:
        """Indices of the common words that sound like this but for one consonant."""
        possible = np.flatnonzero(
            _bound(self._sound_signatures, self._sound_lengths, sound_key.lower()) <= 2 * _DISTANT_SOUND_EDITS
        )
        sounds = self._common_sounds[possible].tolist()
        near = extract(sound_key, sounds, scorer=OSA.distance, score_cutoff=_DISTANT_SOUND_EDITS, limit=None)
        alike = possible[[i for _, _, i in near]]
        starts, ends = self._sound_starts[alike].tolist(), self._sound_starts[alike + 1].tolist()
        words = [self._by_sound[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(words) if words else alike


def _bound(signatures: NDArray[np.uint64], lengths: NDArray[np.int8], text: str) -> NDArray[np.uint8]:
    """A lower bound of twice the edits between a text and each key: bits that differ, and letters more or less."""
    apart: NDArray[np.uint8] = np.bitwise_count(signatures ^ signature(text.encode("ascii")))
    apart += np.abs(lengths - np.int8(min(len(text), _MAX_LENGTH))).view(np.uint8)
    return apart


def _highest(values: NDArray[np.floating[Any]], most: int) -> NDArray[np.intp]:
    """Indices of the `most` highest of some values, in no order."""
    return np.argpartition(values, -most)[-most:] if len(values) > most else np.arange(len(values))


def _order(correction: Correction) -> tuple[float, str]:
    return correction.total_cost, correction.key
