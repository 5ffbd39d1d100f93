"""An in-memory index of folded keys (Pass-Join): all within two edits of a query, and all that begin with it.

Edits are those of OSA distance: insert, delete, substitute, transpose neighbours; each costs one.

Every key is cut into three segments. Two edits leave at least one segment as it was, unless a transposition
stands across a border; its start in the query is known to within the edits on either side of it (the
"multi-match-aware" substring selection of Pass-Join, Li et al., VLDB 2011). A query is thus a few dozen hash
probes. For a transposition across a border the segment is also looked for with that one letter exchanged.

What the probes find is filtered by a 64-bit signature of letter counts in unary, of which an edit changes at
most two bits, and only what remains is measured, by rapidfuzz.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from dictsvc.search.fuzzy.packed_texts import PackedTexts

MAX_EDITS = 2
_SEGMENTS = MAX_EDITS + 1
_MIX, _APART = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_NUMBER_BITS = np.uint64(32)
ABSENT = -1
"""Commonness of a key that no headword of a language has."""
_MAX_SCOPES = 32
"""Sets of languages of which the commonness is cached: half a megabyte each for 200,000 keys."""
_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_BITS_OF_LETTER = 2
_BLOCK = 32
_LAST_LETTER = "\x7f"
_SELECTIVE = 3
"""Letters of a literal from which so few keys hold it that looking it up pays."""
_BITS_OF_SPACE = 4
_OTHER_SHIFT = len(_LETTERS) * _BITS_OF_LETTER + _BITS_OF_SPACE
_BITS_OF_OTHER = 64 - _OTHER_SHIFT
_BIT_RANGES = {letter: (index * _BITS_OF_LETTER, _BITS_OF_LETTER) for index, letter in enumerate(_LETTERS)} | {
    ord(" "): (len(_LETTERS) * _BITS_OF_LETTER, _BITS_OF_SPACE)
}
"""Letter → offset of its bits in a signature, and how many there are."""


class Neighbour(Struct, frozen=True, gc=False):
    """A key near the query."""

    key: str
    distance: int
    number: int
    """Its index among the sorted keys."""


class SpellingIndex:
    """Indexes folded keys, sorted and distinct, those of all languages together: a query is looked for once."""

    def __init__(self, keys: PackedTexts, commonness: Mapping[str, NDArray[np.int16]]) -> None:
        """`commonness` holds by language, for each key, that of its commonest headword; `ABSENT` where it has none."""
        self.keys = keys
        self._landmarks = keys.picked(np.arange(0, len(keys), _BLOCK))
        """Every so many keys as Python's own texts, in which a binary search is ten times as fast."""
        self.signatures = signatures(keys)
        self._commonness: dict[tuple[str, ...], NDArray[np.int16]] = {
            (language,): of_keys for language, of_keys in commonness.items()
        }
        """By the languages that are asked for together."""
        self._bucket_bits = (_SEGMENTS * len(keys)).bit_length()
        hashed = [np.zeros(0, np.uint64)]
        for length, numbers, matrix in _by_length(keys):
            for segment, (start, end) in enumerate(_segments(length)):
                hashes = matrix[:, start:end] @ _weights(end - start) + np.uint64(_offset(length, segment))
                hashed.append(self._buckets(hashes).view(np.uint64) << _NUMBER_BITS | numbers)
        ordered = np.concatenate(hashed)
        ordered.sort()
        self._postings = ordered.astype(np.uint32)  # the lower half
        counts = np.bincount((ordered >> _NUMBER_BITS).view(np.intp), minlength=1 << self._bucket_bits)
        self._starts = np.append(0, np.cumsum(counts)).astype(np.uint32)

    def __len__(self) -> int:
        return len(self.signatures)

    def commonness(self, languages: Sequence[str]) -> NDArray[np.int16]:
        """For each key the commonness of its commonest headword in some languages; `ABSENT` where it has none."""
        asked = tuple(languages)
        known = self._commonness.get(asked)
        if known is None:
            known = np.maximum.reduce([self._commonness[language,] for language in asked])
            if len(self._commonness) < _MAX_SCOPES:
                self._commonness[asked] = known
        return known

    def within(self, query: str, edits: int = MAX_EDITS, languages: Sequence[str] = ()) -> list[Neighbour]:
        """Every key within `edits` (at most two) of the folded `query`, in no order; all of them, none missed.

        With `languages` only those that headwords of these languages have.
        """
        if not query or not len(self):
            return []
        numbers = self._candidates(query, edits)
        if languages:
            numbers = numbers[self.commonness(languages)[numbers] > ABSENT]
        near = extract(query, self.keys.picked(numbers), scorer=OSA.distance, score_cutoff=edits, limit=None)
        if not near:
            return []
        found = numbers[[index for _, _, index in near]].tolist()
        pairs = zip(near, found, strict=True)
        return list({number: Neighbour(key, int(distance), number) for (key, distance, _), number in pairs}.values())

    def _candidates(self, query: str, edits: int) -> NDArray[np.uint32]:
        """The numbers of all keys that may be so near, and of some others; some stand twice."""
        plan = _plan(len(query))
        letters = query.encode("ascii")
        hashes = plan.weights @ np.frombuffer(letters, np.uint8).astype(np.uint64) + plan.offsets
        buckets = self._buckets(hashes)
        starts, ends = self._starts[buckets], self._starts[buckets + 1]
        postings = self._postings
        numbers = np.concatenate([postings[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)])
        apart = np.bitwise_count(self.signatures[numbers] ^ signature(letters))
        # every letter that one has more than the other is an edit that changes one bit, not two
        apart += plan.longer.repeat(ends - starts)
        near: NDArray[np.uint32] = numbers[apart <= 2 * edits]
        return near

    def _buckets(self, hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
        return (hashes >> np.uint64(64 - self._bucket_bits)).view(np.intp)

    def prefixed(self, prefix: str) -> slice:
        """The numbers of the keys that begin with the folded `prefix`."""
        start = self._first_number(prefix)
        if start == len(self) or not self.keys[start].startswith(prefix):
            return slice(start, start)
        return slice(start, self._first_number(prefix + _LAST_LETTER))

    def _first_number(self, text: str) -> int:
        """The number of the first key that is not before a text."""
        block = max(0, bisect_left(self._landmarks, text) - 1) * _BLOCK
        return bisect_left(self.keys, text, block, min(block + _BLOCK, len(self)))

    def commonest(self, among: slice, most: int, language: str) -> list[str]:
        """The `most` commonest keys of a language in a range of all keys, commonest first, then in order."""
        if among.start == among.stop:
            return []
        commonness = self.commonness((language,))[among]
        chosen = np.flatnonzero(commonness > ABSENT)
        if len(chosen) > most:
            least = np.partition(commonness[chosen], -most)[-most]
            # ties at the limit are settled by the alphabet, so that the answer is always the same
            above, level = np.flatnonzero(commonness > least), np.flatnonzero(commonness == least)
            chosen = np.concatenate([above, level[: most - len(above)]])
        ordered = chosen[np.lexsort((chosen, -commonness[chosen]))]
        return self.keys.picked(among.start + ordered)

    def first(self, among: slice, most: int, language: str) -> list[str]:
        """The first `most` keys of a language in a range of all keys."""
        found = np.flatnonzero(self.commonness((language,))[among] > ABSENT)[:most]
        return self.keys.picked(among.start + found)

    def holding(self, prefix: str, literal: str, shortest: int, most: int, language: str) -> list[str]:
        """Keys of a language with this prefix and at least `shortest` letters that may hold `literal`.

        The commonest come first, at most `most`. A literal of one or two letters, which most keys hold, is not looked
        for: the caller has to.
        """
        numbers = self._holders(literal) if len(literal) >= _SELECTIVE else np.arange(len(self))
        prefixed, commonness = self.prefixed(prefix), self.commonness((language,))
        numbers = numbers[slice(*numbers.searchsorted((prefixed.start, prefixed.stop)))]
        numbers = numbers[(commonness[numbers] > ABSENT) & (self.keys.lengths[numbers] >= shortest)]
        return self.keys.picked(numbers[np.argsort(-commonness[numbers], kind="stable")[:most]])

    def _holders(self, literal: str) -> NDArray[np.intp]:
        starts = np.fromiter((found.start() for found in re.finditer(re.escape(literal), self.keys.whole)), np.int64)
        numbers = self.keys.borders.searchsorted(starts, side="right") - 1
        inside = starts + len(literal) <= self.keys.borders[numbers + 1]
        return np.unique(numbers[inside])

    def commonest_words(self, most: int, least: int, language: str) -> NDArray[np.intp]:
        """The numbers, ascending, of the commonest keys of one word, `most` at most, none rarer than `least`."""
        (spaces,) = self.keys.letter_counts(" ")
        commonness = self.commonness((language,))
        numbers = np.flatnonzero((commonness >= least) & (spaces == 0))
        order = np.argsort(-commonness[numbers], kind="stable")[:most]
        return np.sort(numbers[order])


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


@cache
def _weights(width: int) -> NDArray[np.uint64]:
    """What the letters of a segment count in its hash, which is their sum."""
    return np.array([pow(_MIX, index + 1, 1 << 64) for index in range(width)], np.uint64)


def _offset(length: int, segment: int) -> int:
    """What is added to the hash of a segment, so that those of other lengths and positions are kept apart."""
    return (length * _SEGMENTS + segment) * _APART % (1 << 64)


class _Plan(Struct, frozen=True):
    """Positions in a query of some length of the segments of near keys: a row or an item for each probe."""

    weights: NDArray[np.uint64]
    """What each letter of the query counts in the hash."""
    offsets: NDArray[np.uint64]
    longer: NDArray[np.uint8]
    """By how many letters the keys found are longer or shorter than the query."""


@lru_cache(maxsize=64)  # most queries are shorter
def _plan(size: int) -> _Plan:
    weights, offsets, longer = [], [], []
    for length in range(max(1, size - MAX_EDITS), size + MAX_EDITS + 1):
        for segment, letters in _substrings(size, length):
            row = np.zeros(size, np.uint64)
            row[list(letters)] = _weights(len(letters))
            weights.append(row)
            offsets.append(_offset(length, segment))
            longer.append(abs(length - size))
    return _Plan(np.array(weights), np.array(offsets, np.uint64), np.array(longer, np.uint8))


def _substrings(size: int, length: int) -> Iterator[tuple[int, Sequence[int]]]:
    """The segments of keys of a length, each with the letters of the query where one may stand that is as it was."""
    shift = size - length
    segments = _segments(length)
    for segment, (start, end) in enumerate(segments):
        width = end - start
        lowest = max(start - segment, start + shift - (MAX_EDITS - segment), 0)
        highest = min(start + segment, start + shift + (MAX_EDITS - segment), size - width)
        for position in range(lowest, highest + 1):
            yield segment, range(position, position + width)
    first, last = segments[0][1], segments[-1][1] - segments[-1][0]
    if abs(shift) < MAX_EDITS and first and size > last:  # letters transposed across a border: one of two edits
        yield 0, (*range(first - 1), first)
        yield _SEGMENTS - 1, (size - last - 1, *range(size - last + 1, size))


def signatures(keys: PackedTexts) -> NDArray[np.uint64]:
    """The signature of each key: letters counted in unary, two bits a letter, four for spaces, the rest for others."""
    found, rest = np.zeros(len(keys), np.uint64), keys.lengths.astype(np.int64)
    counts = keys.letter_counts(map(chr, _BIT_RANGES))
    for (offset, bits), count in zip(_BIT_RANGES.values(), counts, strict=True):
        rest -= count
        found |= _unary(count, bits) << np.uint64(offset)
    return found | _unary(rest, _BITS_OF_OTHER) << np.uint64(_OTHER_SHIFT)


@lru_cache(maxsize=16)  # each query is compared with several lists of texts
def signature(query: bytes) -> np.uint64:
    """The signature of one query, without numpy's cost for each step."""
    signature, rest = 0, len(query)
    for letter in set(query):
        bits = _BIT_RANGES.get(letter)
        if bits:
            count = query.count(letter)
            rest -= count
            signature |= ((1 << min(count, bits[1])) - 1) << bits[0]
    return np.uint64(signature | ((1 << min(rest, _BITS_OF_OTHER)) - 1) << _OTHER_SHIFT)


def _unary(count: NDArray[np.int64], bits: int) -> NDArray[np.uint64]:
    return (np.uint64(1) << np.minimum(count, bits).astype(np.uint64)) - np.uint64(1)
