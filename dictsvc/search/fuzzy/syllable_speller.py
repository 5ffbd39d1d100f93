"""Corrections of misspelt Vietnamese, which is compared syllable by syllable and part by part."""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dictsvc.language.keys import VIETNAMESE, Canonical, Keys, Toned, canonical
from dictsvc.language.vietnamese.keys import toned
from dictsvc.language.vietnamese.syllable_costs import (
    COSTS_OF_MARKING,
    PART_ERRORS,
    SYLLABLE_COSTS,
    SYLLABLES,
    Marking,
    SyllableParts,
    marking,
    syllable_parts,
)
from dictsvc.search.fuzzy.correction import MAX_CORRECTIONS, Correction, likeliest
from dictsvc.search.fuzzy.packed_texts import PackedTexts
from dictsvc.search.fuzzy.spelling_index import Neighbour

_MAX_SYLLABLES = 4
"""Syllables of a headword that are compared; longer headwords are compared letter by letter."""
_FOREIGN = SyllableParts("?", "?", "?", "?")
_NOT_ALIKE = np.float32(99)
"""Cost above all others, of headwords whose syllables cannot be compared with the query's."""
_COST_OF_LETTER = SYLLABLE_COSTS["letter"]
_SEPARATOR = "\ue000"
"""Character between headwords while they are taken apart, many at once."""
_BATCH = 4096
"""Headwords taken apart at once: few enough that the memory they need meanwhile is soon used again."""


class SyllableSpeller:
    """Finds headwords near a misspelt Vietnamese query: of all whose letters are within two edits, the likeliest.

    The headwords' syllables are kept as numbers, each number's parts in a table, so that what every candidate
    costs is a few look-ups for all of them at once.
    """

    languages = frozenset((VIETNAMESE,))

    def __init__(self, headwords: PackedTexts, commonness: NDArray[np.int16], counts: NDArray[np.integer[Any]]) -> None:
        """`headwords` stand in the order of the index' keys, of which each has so many as `counts` says."""
        self._headwords = headwords
        self._commonness = commonness
        self._is_written = (counts > 0).tobytes()
        """For each key whether it is Vietnamese."""
        self._starts = np.append(0, np.cumsum(counts, dtype=np.int32))
        numbers: dict[str, int] = {}
        self._syllables, self._counts = _syllables_of(self._headwords, numbers)
        self._numbers = numbers
        parts = [syllable_parts(syllable) or _FOREIGN for syllable in numbers]
        self._inventory = tuple(tuple(dict.fromkeys((_FOREIGN[n], *(p[n] for p in parts)))) for n in range(4))
        indices = [{part: index for index, part in enumerate(inventory)} for inventory in self._inventory]
        self._parts = np.zeros((4, len(parts) + 1), np.uint8)
        for n in range(4):
            self._parts[n, 1:] = [indices[n][p[n]] for p in parts]
        self._part_costs = lru_cache(maxsize=512)(self._costs_of_part)

    def corrections(self, query: Keys, near: Sequence[Neighbour], _: Sequence[str]) -> list[Correction]:
        """The likeliest headwords near a misspelt query, likeliest first."""
        most = SYLLABLES.max_edits(query.folded)
        near = [n for n in near if 0 < n.distance <= most and self._is_written[n.number]]
        if not near:
            return []
        rows, owners = self._rows(np.array([neighbour.number for neighbour in near]))
        distances = np.array([neighbour.distance for neighbour in near])[owners]
        costs = np.minimum(self._costs(query.toned, rows), _COST_OF_LETTER * distances)
        totals = costs - SYLLABLES.commonness_weight * self._commonness[rows] - SYLLABLES.allowance
        corrections = []
        for index in np.argsort(totals, kind="stable")[:MAX_CORRECTIONS].tolist():
            neighbour, written = near[owners[index]], self._headwords[int(rows[index])]
            cost, total = float(costs[index]), float(totals[index])
            corrections.append(Correction(neighbour.key, written, neighbour.distance, cost, total))
        return likeliest(corrections)

    def with_distant(self, _query: Keys, near: list[Correction], _languages: Sequence[str]) -> list[Correction]:
        """The corrections found near: Vietnamese words are so short that distant ones are seldom meant."""
        return near

    def _rows(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The headwords of these keys, and for each the index of its key among them."""
        starts = self._starts[numbers]
        sizes = self._starts[numbers + 1] - starts
        owners = np.repeat(np.arange(len(numbers)), sizes)
        return np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes - starts, sizes), owners

    def _costs(self, typed: Toned, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """What the errors between the query and each headword cost; very much where they have not as many syllables."""
        syllables = typed.split(" ")
        costs = np.where(self._counts[rows] == len(syllables), np.float32(0), _NOT_ALIKE)
        if len(syllables) > _MAX_SYLLABLES:
            return costs + _NOT_ALIKE
        style = marking(typed)
        for position, syllable in enumerate(syllables):
            numbers = self._syllables[rows, position]
            apart = self._syllable_costs(syllable, numbers, style)
            apart[numbers == self._numbers.get(syllable, -1)] = 0
            costs += apart
        return costs

    def _syllable_costs(
        self, typed: str, numbers: NDArray[np.unsignedinteger[Any]], style: Marking
    ) -> NDArray[np.float32]:
        parts = syllable_parts(typed)
        costs = np.full(len(numbers), _NOT_ALIKE if parts is None else 0, np.float32)
        for kind, part in enumerate(parts or ()):
            costs += self._part_costs(kind, part, style)[self._parts[kind, numbers]]
        return costs

    def _costs_of_part(self, kind: int, typed: str, style: Marking) -> NDArray[np.float32]:
        """What it costs to type this part for each in the inventory of its kind."""
        table, errors = COSTS_OF_MARKING[style], PART_ERRORS[kind]
        return np.array(
            [sum(table[error] for error in errors(typed, meant)) for meant in self._inventory[kind]], np.float32
        )


def _syllables_of(
    headwords: PackedTexts, numbers: dict[str, int]
) -> tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.intp]]:
    """The numbers of each headword's first syllables, a row each, 0 for none; and how many it has.

    `numbers` takes up what number each toned syllable gets, from 1.
    """
    number_of = {"": 0, _SEPARATOR: 0}
    every = array("L")
    each = iter(headwords)
    while some := list(islice(each, _BATCH)):
        words = canonical(f" {_SEPARATOR} ".join([*(text.replace(_SEPARATOR, "") for text in some), ""])).split(" ")
        for word in dict.fromkeys(words):
            if word not in number_of:
                number_of[word] = numbers.setdefault(toned(Canonical(word)), len(numbers) + 1)
        every.extend(map(number_of.__getitem__, words))
    syllables = np.array(every, np.min_scalar_type(len(numbers)))
    ends = np.flatnonzero(syllables == 0)
    counts = np.diff(ends, prepend=-1) - 1
    indices = (ends - counts)[:, None] + np.arange(_MAX_SYLLABLES)
    return np.where(indices < ends[:, None], syllables.take(indices, mode="clip"), 0), counts
