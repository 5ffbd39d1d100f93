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
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

MOST_EDITS = 2
_SEGMENTS = MOST_EDITS + 1
_FACTOR = 0x100000001B3
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_POWERS = [pow(_FACTOR, n, 1 << 64) for n in range(512)]
_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_BITS_OF_LETTER = 2
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

    def __init__(self, keys: Sequence[tuple[str, int]]) -> None:
        encoded = [key.encode("ascii") for key, _ in keys]
        self._blob = b"".join(encoded)
        self._offsets = np.zeros(len(encoded) + 1, dtype=np.uint32)
        np.cumsum([len(key) for key in encoded], out=self._offsets[1:])
        self.commonness = np.fromiter((commonness for _, commonness in keys), np.uint8, len(keys))
        self.lengths = lengths = np.diff(self._offsets).astype(np.uint16)
        self.signatures = np.zeros(len(keys), dtype=np.uint64)
        hashes, owners = [], []
        letters = np.frombuffer(self._blob, dtype=np.uint8)
        self._lengths = frozenset(int(n) for n in np.unique(lengths))
        for length in self._lengths:
            numbers = np.flatnonzero(lengths == length).astype(np.uint32)
            matrix = letters[self._offsets[numbers][:, None] + np.arange(length, dtype=np.uint32)]
            self.signatures[numbers] = _matrix_signatures(matrix)
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
        arrays = (
            self._offsets,
            self.commonness,
            self.lengths,
            self.signatures,
            self._postings,
            self._hashes,
            self._starts,
        )
        return len(self._blob) + sum(array.nbytes for array in arrays)

    def within(self, query: str, edits: int = MOST_EDITS) -> list[Neighbour]:
        """Every key within `edits` (at most two) of the folded `query`, in no order; all of them, none missed."""
        letters = query.encode("ascii")
        numbers = self._candidates(letters, edits)
        if not len(numbers):
            return []
        blob, offsets = self._blob, self._offsets
        starts, ends = offsets[numbers].tolist(), offsets[numbers + 1].tolist()
        keys = [blob[start:end] for start, end in zip(starts, ends, strict=True)]
        near = extract(letters, keys, scorer=OSA.distance, score_cutoff=edits, limit=None)
        commonness = self.commonness
        found = []
        for key, distance, i in near:
            number = int(numbers[i])
            found.append(Neighbour(key.decode("ascii"), int(distance), int(commonness[number]), number))
        return found

    def _candidates(self, query: bytes, edits: int) -> NDArray[np.uint32]:
        probes = np.array([*self._probes(query)], dtype=np.uint64)
        places = self._hashes.searchsorted(probes)
        hits = places[self._hashes.take(places, mode="clip") == probes]
        if not len(hits):
            return np.zeros(0, np.uint32)
        postings = self._postings
        starts, ends = self._starts[hits].tolist(), self._starts[hits + 1].tolist()
        numbers = np.concatenate([postings[s:e] for s, e in zip(starts, ends, strict=True)])
        near = np.bitwise_count(self.signatures[numbers] ^ signature(query)) <= 2 * edits
        return np.unique(numbers[near])

    def _probes(self, query: bytes) -> Iterator[int]:
        size = len(query)
        prefixes = [0]
        for letter in query:
            prefixes.append((prefixes[-1] * _FACTOR + letter + 1) & _MASK)
        for length in range(max(1, size - MOST_EDITS), size + MOST_EDITS + 1):
            if length not in self._lengths:
                continue
            shift = size - length
            segments = _segments(length)
            for number, (start, end) in enumerate(segments):
                width = end - start
                lowest = max(start - number, start + shift - (MOST_EDITS - number), 0)
                highest = min(start + number, start + shift + (MOST_EDITS - number), size - width)
                for place in range(lowest, highest + 1):
                    value = prefixes[place + width] - prefixes[place] * _POWERS[width]
                    yield _mixed(value, length, number)
            yield from _exchanged(query, prefixes, segments, length)

    def beginning_with(self, prefix: str, most: int) -> list[Neighbour]:
        """The `most` commonest keys that begin with the folded `prefix`, commonest first, then in order."""
        start, end = self._range(prefix)
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
        return [Neighbour(self.key(start + int(i)), 0, int(commonness[i]), start + int(i)) for i in ordered]

    def holding(self, beginning: str, literal: str, most: int) -> Iterator[bytes]:
        """Keys with this beginning that may hold `literal` somewhere, the commonest first, at most `most`.

        A literal of one or two letters, which most keys hold, is not looked for: the caller has to.
        """
        numbers = self._holders(literal.encode("ascii")) if len(literal) >= _SELECTIVE else np.arange(len(self))
        begun = slice(*numbers.searchsorted(self._range(beginning)))
        numbers = numbers[begun]
        order = np.argsort(-self.commonness[numbers].astype(np.int16), kind="stable")[:most]
        blob, offsets = self._blob, self._offsets
        for number in numbers[order].tolist():
            yield blob[offsets[number] : offsets[number + 1]]

    def _holders(self, literal: bytes) -> NDArray[np.intp]:
        places = np.fromiter((found.start() for found in re.finditer(re.escape(literal), self._blob)), np.int64)
        numbers = self._offsets.searchsorted(places, side="right") - 1
        inside = places + len(literal) <= self._offsets[numbers + 1]
        return np.unique(numbers[inside])

    def commonest_words(self, most: int, least: int) -> NDArray[np.uint32]:
        """The numbers, ascending, of the commonest keys of one word, `most` at most, none rarer than `least`."""
        spaces = np.frombuffer(self._blob, np.uint8) == ord(" ")
        numbers = np.flatnonzero(self.commonness >= least)
        starts = np.append(0, np.cumsum(spaces))
        numbers = numbers[starts[self._offsets[numbers + 1]] == starts[self._offsets[numbers]]]
        order = np.argsort(-self.commonness[numbers].astype(np.int16), kind="stable")[:most]
        return np.sort(numbers[order]).astype(np.uint32)

    def key(self, number: int) -> str:
        """The key of this number."""
        return self._blob[self._offsets[number] : self._offsets[number + 1]].decode("ascii")

    def _range(self, prefix: str) -> tuple[int, int]:
        """The numbers of the keys that begin with `prefix`: from the first to before the second."""
        return self._bisect(prefix.encode("ascii")), self._bisect(prefix.encode("ascii") + b"\x7f")

    def _bisect(self, key: bytes) -> int:
        blob, offsets = self._blob, self._offsets
        return bisect_left(range(len(self)), key, key=lambda n: blob[offsets[n] : offsets[n + 1]])


def _segments(length: int) -> tuple[tuple[int, int], ...]:
    """Where the segments of a key of this length begin and end; the last ones are the longer ones."""
    cached = _SEGMENT_CACHE.get(length)
    if cached is None:
        width = length // _SEGMENTS
        longer = length % _SEGMENTS
        borders = [0]
        for number in range(_SEGMENTS):
            borders.append(borders[-1] + width + (number >= _SEGMENTS - longer))
        cached = _SEGMENT_CACHE[length] = tuple(pairwise(borders))
    return cached


_SEGMENT_CACHE: dict[int, tuple[tuple[int, int], ...]] = {}


def _mixed(value: int, length: int, segment: int) -> int:
    return (value ^ ((length * _SEGMENTS + segment) * _MIX)) & _MASK


def _exchanged(query: bytes, prefixes: list[int], segments: tuple[tuple[int, int], ...], length: int) -> Iterator[int]:
    """Probes for a transposition across a border: the first segment's last letter, the last one's first."""
    size = len(query)
    if abs(size - length) > 1:  # the transposition is one of two edits
        return
    width = segments[0][1]
    if width and size > width:
        yield _mixed(prefixes[width - 1] * _FACTOR + query[width] + 1, length, 0)
    start, end = segments[-1]
    width = end - start
    if width and size > width:
        border = size - width
        rest = prefixes[size] - prefixes[border + 1] * _POWERS[width - 1]
        yield _mixed((query[border - 1] + 1) * _POWERS[width - 1] + rest, length, _SEGMENTS - 1)


def _hashes(matrix: NDArray[np.uint8], length: int, segment: int) -> NDArray[np.uint64]:
    values = np.zeros(len(matrix), dtype=np.uint64)
    for column in range(matrix.shape[1]):
        values *= np.uint64(_FACTOR)
        values += matrix[:, column].astype(np.uint64) + np.uint64(1)
    return values ^ np.uint64(((length * _SEGMENTS + segment) * _MIX) & _MASK)


def _matrix_signatures(matrix: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Counts of letters in unary: two bits a letter, four for spaces, the rest for everything else."""
    signatures = np.zeros(len(matrix), dtype=np.uint64)
    rest = np.full(len(matrix), matrix.shape[1], dtype=np.int64)
    for letter, (place, bits) in _BIT_PLACES.items():
        count = (matrix == letter).sum(axis=1)
        rest -= count
        signatures |= _unary(count, bits) << np.uint64(place)
    return signatures | _unary(rest, _BITS_OF_OTHER) << np.uint64(_OTHER_SHIFT)


def signatures(keys: Sequence[str]) -> NDArray[np.uint64]:
    """The signature of each of many keys."""
    return np.fromiter((signature(key.encode("ascii")) for key in keys), np.uint64, len(keys))


def signature(query: bytes) -> np.uint64:
    """The same for one query, without numpy's cost for each step."""
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
