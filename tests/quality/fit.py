"""Fits what errors cost on real misspellings: `python -m tests.quality.fit`.

Prints `LETTER_COSTS` and `SYLLABLE_COSTS`, which stand in `letter_costs.py` and `vietnamese/syllable_costs.py` below
dictsvc/language, as they should be. A cost is a weight of a conditional log-linear model: of the headwords near a query
the one that was meant should have the least sum of costs, less the worth of its commonness. Weights keep near a common
prior and above a minimum, so that no rare error becomes free. How well it generalises is shown by cross-validation:
five parts, split by the answer.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import Folded, Toned
from dictsvc.language.letter_costs import LETTER_COSTS, LETTERS
from dictsvc.language.profiles import profile_of
from dictsvc.language.sounds import sound
from dictsvc.language.vietnamese.syllable_costs import COSTS_OF_MARKING, SYLLABLE_COSTS, marking, syllable_errors
from dictsvc.search.fuzzy.letter_speller import LetterSpeller
from dictsvc.search.fuzzy.spelling_index import ABSENT
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.key_rows import HEADWORD_KINDS, REGION_KINDS
from dictsvc.storage.snapshot import Snapshot
from tests.quality.sets import Pair, full_database, query_sets

FOLDS = 5
PRIOR, STRENGTH = 2.0, 1.0
LEAST = {"LETTER": 0.3, "SYLLABLE": 1.0}
_KEY_KINDS = HEADWORD_KINDS | REGION_KINDS
_WORTH = "worth of a zipf"
_ENGLISH = ("en",)
_PRIORS = {_WORTH: -1.0}


class Example(Struct):
    """A misspelling, the headwords near it, and which of them were meant."""

    name: str
    fold: int
    errors: list[dict[str, float]]
    meant: list[bool]


def main() -> None:
    search_index = prepare(Snapshot(full_database()))
    letters = [e for s in query_sets("en-vi.en_*") for e in _letter_examples(search_index, s.name, s.pairs)]
    _report("LETTER", letters, LETTER_COSTS)
    syllables = [
        e
        for pattern in ("vi-en.vi_viwiki*", "vi-en.vi_libreoffice", "vi-en.vi_web*", "vi-en.vi_variants*")
        for s in query_sets(pattern)
        for e in _syllable_examples(search_index, s.name, s.pairs)
    ]
    _report("SYLLABLE", syllables, SYLLABLE_COSTS)


def _fold(answers: Iterable[str]) -> int:
    return hashlib.blake2b(min(answers).encode(), digest_size=2).digest()[0] % FOLDS


def _letter_examples(search_index: SearchIndex, name: str, pairs: Iterable[Pair]) -> Iterable[Example]:
    english = profile_of("en")
    index = search_index.spelling
    speller = next(speller for speller in search_index.spellers if isinstance(speller, LetterSpeller))
    commonness = index.commonness(_ENGLISH)
    for pair in pairs:
        query = english.keys_of(pair.query).folded
        answers = {english.keys_of(answer).folded for answer in pair.answers}
        heard = sound(query)
        every = (*index.within(query, LETTERS.max_edits(query)), *speller.distant(query, _ENGLISH))
        near = {n.key: n for n in every if n.distance and commonness[n.number] > ABSENT}
        errors = []
        for key, neighbour in near.items():
            named: dict[str, float] = dict(Counter(LETTERS.errors(query, key)))
            named["sound"] = OSA.distance(heard, sound(Folded(key)))
            named[_WORTH] = float(commonness[neighbour.number]) / STEPS_PER_ZIPF
            errors.append(named)
        yield Example(name, _fold(answers), errors, [key in answers for key in near])


def _syllable_examples(search_index: SearchIndex, name: str, pairs: Iterable[Pair]) -> Iterable[Example]:
    vietnamese = profile_of("vi")
    for pair in pairs:
        query = vietnamese.keys_of(pair.query)
        answers = {vietnamese.toned_key(answer) for answer in pair.answers}
        costs = COSTS_OF_MARKING[marking(query.toned)]
        never_typed = {error for error in costs if costs[error] != SYLLABLE_COSTS[error]}
        near: dict[Toned, int] = {}
        neighbours = search_index.spelling.within(query.folded, vietnamese.noise.max_edits(query.folded))
        keys = [vietnamese.region(query.toned), *(neighbour.key for neighbour in neighbours)]
        for row in search_index.snapshot.find(keys):
            if row.kind in _KEY_KINDS and row.dictionary == "vi-en":
                key = vietnamese.toned_key(row.text or row.headword)
                near[key] = max(row.commonness, near.get(key, 0))
        if query.toned in near:
            continue  # no misspelling but another way to spell it
        errors = []
        for key, commonness in near.items():
            here = syllable_errors(query.toned, key)
            named: dict[str, float] = dict(Counter(error for error in here if error not in never_typed))
            named[_WORTH] = commonness / STEPS_PER_ZIPF
            errors.append(named)
        yield Example(name, _fold(answers), errors, [key in answers for key in near])


def _report(title: str, examples: list[Example], costs: dict[str, float]) -> None:
    names = [*costs, _WORTH]
    data = _Data(examples, names, LEAST[title])
    folds = np.array([example.fold for example in examples])
    whole = data.fit(np.ones(len(examples), bool))
    totals = np.zeros(data.matrix.shape[0])
    for fold in range(FOLDS):
        weights = data.fit(folds != fold)
        there = folds[data.owners] == fold
        totals[there] = (data.matrix @ weights)[there]
    print(f"{title}_COSTS = {{")
    for name, weight in zip(names, whole, strict=True):
        print(f'    "{name}": {weight:.1f},')
    print("}")
    for name in dict.fromkeys(example.name for example in examples):
        ranks = [data.rank(totals, k) for k, example in enumerate(examples) if example.name == name]
        shares = [f"{sum(0 < r <= most for r in ranks) / len(ranks):.3f}" for most in (1, 5, 10)]
        print(f"{name:30} {len(ranks):5} cross-validated recall@1/5/10 {' '.join(shares)}")


class _Data:
    def __init__(self, examples: list[Example], names: list[str], least: float) -> None:
        self.names = names
        self._least = least
        columns = {name: column for column, name in enumerate(names)}
        rows = [(columns[n], v) for e in examples for errors in e.errors for n, v in errors.items()]
        sizes = [len(errors) for e in examples for errors in e.errors]
        self.matrix = csr_matrix(
            ([v for _, v in rows], [c for c, _ in rows], np.concatenate([[0], np.cumsum(sizes)])),
            shape=(len(sizes), len(names)),
        )
        self.owners = np.repeat(np.arange(len(examples)), [len(e.errors) for e in examples])
        self.meant = np.array([m for e in examples for m in e.meant], bool)
        self._answered = np.array([any(e.meant) for e in examples])
        self._starts = np.concatenate([[0], np.cumsum([len(e.errors) for e in examples])])

    def rank(self, totals: NDArray[np.float64], example: int) -> int:
        start, end = self._starts[example], self._starts[example + 1]
        order = np.argsort(totals[start:end], kind="stable")
        ranks = np.flatnonzero(self.meant[start:end][order])
        return int(ranks[0]) + 1 if len(ranks) else 0

    def fit(self, examples: NDArray[np.bool_]) -> NDArray[np.float64]:
        used = (examples & self._answered)[self.owners]
        matrix, meant = self.matrix[used], self.meant[used]
        _, starts, owners = np.unique(self.owners[used], return_index=True, return_inverse=True)
        prior = np.array([_PRIORS.get(name, PRIOR) for name in self.names])
        bounds = [(None, 0.0) if name == _WORTH else (self._least, None) for name in self.names]

        def objective(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            likely = -(matrix @ weights)
            likely = np.exp(likely - np.maximum.reduceat(likely, starts)[owners])
            every, right = np.add.reduceat(likely, starts), np.add.reduceat(likely * meant, starts) + 1e-300
            apart = weights - prior
            value = -np.log(right / every).sum() + STRENGTH / 2 * (apart**2).sum()
            gradient = matrix.T @ (likely * meant / right[owners] - likely / every[owners]) + STRENGTH * apart
            return value, gradient

        found: NDArray[np.float64] = minimize(objective, prior, jac=True, method="L-BFGS-B", bounds=bounds).x
        return found


if __name__ == "__main__":
    main()
