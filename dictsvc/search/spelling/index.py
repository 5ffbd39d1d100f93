"""An in-memory index of folded keys: all within two edits of a query, and all that begin with it.

Edits are those of OSA distance: insert, delete, substitute, transpose neighbours; each costs one.

Every key is cut into three segments. Two edits leave at least one segment as it was, unless a transposition
stands across a border; its start in the query is known to within the edits on either side of it (the
"multi-match-aware" substring selection of Pass-Join, Li et al., VLDB 2011). A query is thus a few dozen hash
probes. For a transposition across a border the segment is also looked for with that one letter exchanged.

What the probes find is sieved by a 64-bit signature of letter counts in unary, of which an edit changes at
most two bits, and only what remains is measured, by rapidfuzz.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from dictsvc.search.spelling.packed_texts import PackedTexts

MOST_EDITS = 2
_SEGMENTS = MOST_EDITS + 1
_FACTOR = 0x100000001B3
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_BITS_OF_LETTER = 2
_ASKED_IN_TURN = 16
"""Queries whose probes and signatures are kept: the indexes of all languages are asked for the same one in turn."""
_SELECTIVE = 3
"""Letters of a literal that few enough keys hold for looking it up to pay."""
_BITS_OF_SPACE = 4
_OTHER_SHIFT = len(_LETTERS) * _BITS_OF_LETTER + _BITS_OF_SPACE
_BITS_OF_OTHER = 64 - _OTHER_SHIFT
_BIT_PLACES = {letter: (place * _BITS_OF_LETTER, _BITS_OF_LETTER) for place, letter in enumerate(_LETTERS)} | {
    ord(" "): (len(_LETTERS) * _BITS_OF_LETTER, _BITS_OF_SPACE)
}
"""Letter → where its bits stand in a signature, and how many there are."""


class Neighbour(Struct, frozen=True, gc=False):
    """A key near the query."""

    key: str
    distance: int
    commonness: int
    number: int
    """Its place among the sorted keys."""


class SpellingIndex:
    """Sorted distinct keys of ASCII letters with the commonness of their commonest headword."""

    def __init__(self, keys: PackedTexts, commonness: bytes) -> None:
        self.keys = keys
        self.commonness = np.frombuffer(commonness, np.uint8)
        self.signatures = signatures(keys)
        hashes, owners = [], []
        for length, numbers, matrix in _by_length(keys):
            for segment, (start, end) in enumerate(_segments(length)):
                hashes.append(_hashes(matrix[:, start:end], length, segment))
                owners.append(numbers)
        self._set_postings(hashes, owners)

    def _set_postings(self, hashes: list[NDArray[np.uint64]], owners: list[NDArray[np.uint32]]) -> None:
        every = np.concatenate(hashes) if hashes else np.zeros(0, np.uint64)
        order = np.argsort(every, kind="stable")
        self._postings = (np.concatenate(owners) if owners else np.zeros(0, np.uint32))[order]
        self._hashes, starts = np.unique(every[order], return_index=True)
        self._starts = np.append(starts, len(every)).astype(np.uint32)

    def __len__(self) -> int:
        return len(self.commonness)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that the index takes."""
        arrays = (self.commonness, self.signatures, self._postings, self._hashes, self._starts)
        return self.keys.nbytes + sum(array.nbytes for array in arrays)

    def within(self, query: str, edits: int = MOST_EDITS) -> list[Neighbour]:
        """Every key within `edits` (at most two) of the folded `query`, in no order; all of them, none missed."""
        numbers = self._candidates(query, edits)
        if not len(numbers):
            return []
        keys = self.keys.picked(numbers)
        near = extract(query, keys, scorer=OSA.distance, score_cutoff=edits, limit=None)
        numbers = numbers[[i for _, _, i in near]]
        commonness = self.commonness[numbers].tolist()
        return [
            Neighbour(key, int(distance), common, number)
            for (key, distance, _), common, number in zip(near, commonness, numbers.tolist(), strict=True)
        ]

    def _candidates(self, query: str, edits: int) -> NDArray[np.uint32]:
        if not query or not len(self):
            return np.zeros(0, np.uint32)
        letters = query.encode("ascii")
        probes = _probes(letters)
        places = self._hashes.searchsorted(probes)
        matched = np.flatnonzero(self._hashes.take(places, mode="clip") == probes)
        if not len(matched):
            return np.zeros(0, np.uint32)
        postings, hits = self._postings, places[matched]
        starts, ends = self._starts[hits], self._starts[hits + 1]
        numbers = np.concatenate([postings[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)])
        apart = np.bitwise_count(self.signatures[numbers] ^ signature(letters))
        # every letter that one has more than the other is an edit that changes one bit, not two
        apart += _plan(len(letters)).apart[matched].repeat(ends - starts)
        # a set: for so few numbers it takes a fifth of the time of np.unique
        return np.array(sorted(set(numbers[apart <= 2 * edits].tolist())), np.uint32)

    def beginning_with(self, prefix: str, most: int) -> list[Neighbour]:
        """The `most` commonest keys that begin with the folded `prefix`, commonest first, then in order."""
        start, end = self._range(prefix)
        if start == end:
            return []
        commonness = self.commonness[start:end]
        if end - start > most:
            chosen = np.argpartition(commonness, end - start - most)[-most:]
            least = commonness[chosen].min()
            # ties at the limit are settled by the alphabet, so that the answer is always the same
            above = np.flatnonzero(commonness > least)
            level = np.flatnonzero(commonness == least)[: most - len(above)]
            chosen = np.concatenate([above, level])
        else:
            chosen = np.arange(end - start)
        ordered = chosen[np.lexsort((chosen, -commonness[chosen].astype(np.int16)))]
        return [Neighbour(self.keys[start + int(i)], 0, int(commonness[i]), start + int(i)) for i in ordered]

    def first_with(self, prefix: str, most: int) -> list[Neighbour]:
        """The first `most` keys, in order, that begin with the folded `prefix`."""
        start, end = self._range(prefix)
        numbers = range(start, min(end, start + most))
        return [Neighbour(self.keys[number], 0, int(self.commonness[number]), number) for number in numbers]

    def holding(self, beginning: str, literal: str, most: int) -> list[str]:
        """Keys with this beginning that may hold `literal` somewhere, the commonest first, at most `most`.

        A literal of one or two letters, which most keys hold, is not looked for: the caller has to.
        """
        numbers = self._holders(literal) if len(literal) >= _SELECTIVE else np.arange(len(self))
        begun = slice(*numbers.searchsorted(self._range(beginning)))
        numbers = numbers[begun]
        order = np.argsort(-self.commonness[numbers].astype(np.int16), kind="stable")[:most]
        return self.keys.picked(numbers[order])

    def _holders(self, literal: str) -> NDArray[np.intp]:
        places = np.fromiter((found.start() for found in re.finditer(re.escape(literal), self.keys.whole)), np.int64)
        numbers = self.keys.borders.searchsorted(places, side="right") - 1
        inside = places + len(literal) <= self.keys.borders[numbers + 1]
        return np.unique(numbers[inside])

    def commonest_words(self, most: int, least: int) -> NDArray[np.uint32]:
        """The numbers, ascending, of the commonest keys of one word, `most` at most, none rarer than `least`."""
        (spaces,) = self.keys.letter_counts(" ")
        numbers = np.flatnonzero((self.commonness >= least) & (spaces == 0))
        order = np.argsort(-self.commonness[numbers].astype(np.int16), kind="stable")[:most]
        return np.sort(numbers[order]).astype(np.uint32)

    def _range(self, prefix: str) -> tuple[int, int]:
        """The numbers of the keys that begin with `prefix`: from the first to before the second."""
        keys = self.keys
        start = bisect_left(keys, prefix)
        if start == len(keys) or not keys[start].startswith(prefix):
            return start, start
        return start, bisect_left(keys, prefix + "\x7f", start)


def _by_length(keys: PackedTexts) -> Iterator[tuple[int, NDArray[np.uint32], NDArray[np.uint8]]]:
    """For each length the numbers of the keys that have it, and their letters, a row each."""
    letters, lengths = np.frombuffer(keys.whole.encode("ascii"), dtype=np.uint8), keys.lengths
    for length in np.unique(lengths).tolist():
        numbers = np.flatnonzero(lengths == length).astype(np.uint32)
        yield length, numbers, letters[keys.borders[numbers][:, None] + np.arange(length, dtype=np.uint32)]


@cache
def _segments(length: int) -> tuple[tuple[int, int], ...]:
    """Where the segments of a key of this length begin and end; the last ones are the longer ones."""
    width, longer = divmod(length, _SEGMENTS)
    borders = [0]
    for number in range(_SEGMENTS):
        borders.append(borders[-1] + width + (number >= _SEGMENTS - longer))
    return tuple(pairwise(borders))


def _mixed(length: int, segment: int) -> int:
    return ((length * _SEGMENTS + segment) * _MIX) & _MASK


def _power(exponent: int) -> int:
    return pow(_FACTOR, exponent, 1 << 64)


class _Plan(Struct, frozen=True):
    """Where in a query of some length the segments of near keys may stand: one place for each probe."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    powers: NDArray[np.uint64]
    mixes: NDArray[np.uint64]
    apart: NDArray[np.uint8]
    """By how many letters the keys that each probe finds are longer or shorter, exchanges last."""
    exchanges: tuple[tuple[int, int, int, int, int], ...]
    """Segments across whose border letters may have changed places.

    Width of the first, border and power of the last, mix of the first and of the last.
    """


@lru_cache(maxsize=512)
def _plan(size: int) -> _Plan:
    places = []
    exchanges = []
    exchanged_apart = []
    for length in range(max(1, size - MOST_EDITS), size + MOST_EDITS + 1):
        shift = size - length
        segments = _segments(length)
        for number, (start, end) in enumerate(segments):
            width = end - start
            lowest = max(start - number, start + shift - (MOST_EDITS - number), 0)
            highest = min(start + number, start + shift + (MOST_EDITS - number), size - width)
            places += [(place, place + width, length, number) for place in range(lowest, highest + 1)]
        first, last = segments[0][1], segments[-1][1] - segments[-1][0]
        if abs(shift) < MOST_EDITS and first and size > last:  # the transposition is one of two edits
            mixes = _mixed(length, 0), _mixed(length, _SEGMENTS - 1)
            exchanges.append((first, size - last, _power(last - 1), *mixes))
            exchanged_apart += [abs(shift)] * 2
    starts, ends, lengths, numbers = (np.array(column, np.intp) for column in zip(*places, strict=True))
    mixed = [_mixed(length, number) for length, number in zip(lengths.tolist(), numbers.tolist(), strict=True)]
    powers = [_power(width) for width in (ends - starts).tolist()]
    apart = np.append(abs(lengths - size), exchanged_apart).astype(np.uint8)
    return _Plan(starts, ends, np.array(powers, np.uint64), np.array(mixed, np.uint64), apart, tuple(exchanges))


@lru_cache(maxsize=_ASKED_IN_TURN)
def _probes(query: bytes) -> NDArray[np.uint64]:
    """The hashes under which segments of near keys may be found."""
    size = len(query)
    prefixes = [0]
    for letter in query:
        prefixes.append((prefixes[-1] * _FACTOR + letter + 1) & _MASK)
    plan = _plan(size)
    hashed = np.array(prefixes, np.uint64)
    probes = (hashed[plan.ends] - hashed[plan.starts] * plan.powers) ^ plan.mixes
    exchanged = []
    for first, border, power, mix, last_mix in plan.exchanges:
        value = prefixes[first - 1] * _FACTOR + query[first] + 1
        exchanged.append((value & _MASK) ^ mix)
        value = (query[border - 1] + 1) * power + prefixes[size] - prefixes[border + 1] * power
        exchanged.append((value & _MASK) ^ last_mix)
    return np.concatenate((probes, np.array(exchanged, np.uint64)))


def _hashes(matrix: NDArray[np.uint8], length: int, segment: int) -> NDArray[np.uint64]:
    values = np.zeros(len(matrix), dtype=np.uint64)
    for column in range(matrix.shape[1]):
        values *= np.uint64(_FACTOR)
        values += matrix[:, column].astype(np.uint64) + np.uint64(1)
    return values ^ np.uint64(_mixed(length, segment))


def signatures(keys: PackedTexts) -> NDArray[np.uint64]:
    """The signature of each key: letters counted in unary, two bits a letter, four for spaces, the rest for others."""
    found, rest = np.zeros(len(keys), np.uint64), keys.lengths.astype(np.int64)
    counts = keys.letter_counts(map(chr, _BIT_PLACES))
    for (place, bits), count in zip(_BIT_PLACES.values(), counts, strict=True):
        rest -= count
        found |= _unary(count, bits) << np.uint64(place)
    return found | _unary(rest, _BITS_OF_OTHER) << np.uint64(_OTHER_SHIFT)


@lru_cache(maxsize=_ASKED_IN_TURN)
def signature(query: bytes) -> np.uint64:
    """The signature of one query, without numpy's cost for each step."""
    signature, rest = 0, len(query)
    for letter in set(query):
        place = _BIT_PLACES.get(letter)
        if place:
            count = query.count(letter)
            rest -= count
            signature |= ((1 << min(count, place[1])) - 1) << place[0]
    return np.uint64(signature | ((1 << min(rest, _BITS_OF_OTHER)) - 1) << _OTHER_SHIFT)


def _unary(count: NDArray[np.int64], bits: int) -> NDArray[np.uint64]:
    return (np.uint64(1) << np.minimum(count, bits).astype(np.uint64)) - np.uint64(1)
