"""The bundled dictionaries find what was meant: pairs of our own, and how many of each kind must be found."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from tests.quality.measures import comparable, rank
from tests.quality.sets import Pair

FLOORS = {
    "marks": (0.93, 1.0),
    "telex": (1.0, 1.0),
    "vni": (1.0, 1.0),
    "viqr": (1.0, 1.0),
    "charset": (1.0, 1.0),
    "region": (0.92, 1.0),
    "typo": (0.94, 0.97),
    "sound": (0.30, 0.69),
    "form": (1.0, 1.0),
    "mangled": (0.80, 1.0),
    "idiom": (1.0, 1.0),
    "phrase": (0.9, 1.0),
    "introduced": (1.0, 1.0),
}
"""Kind → the least shares found first, and among the first five."""


def _pairs() -> dict[str, list[tuple[str, Pair]]]:
    found: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
    text = Path(__file__).with_name("pairs.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, dictionary, typed, meant = line.split("\t")
            found[kind].append((dictionary, Pair(typed, tuple(meant.split("|")))))
    return found


PAIRS = _pairs()


def found(search_index: SearchIndex, text: str, dictionary: str) -> list[str]:
    return [hit.headword for hit in lookup(search_index, Query(text=text, dictionaries=(dictionary,))).results]


def test_every_kind_has_a_floor() -> None:
    assert PAIRS.keys() == FLOORS.keys()


@pytest.mark.parametrize("kind", FLOORS)
def test_what_was_meant_is_found(bundled: SearchIndex, kind: str) -> None:
    ranks = [rank(found(bundled, pair.query, dictionary), pair) for dictionary, pair in PAIRS[kind]]
    shares = (sum(r == 1 for r in ranks) / len(ranks), sum(0 < r <= 5 for r in ranks) / len(ranks))
    missed = [pair for (_, pair), r in zip(PAIRS[kind], ranks, strict=True) if r != 1]
    assert all(share >= floor for share, floor in zip(shares, FLOORS[kind], strict=True)), (shares, missed)


def test_what_was_meant_stands_first_as_it_is(bundled: SearchIndex) -> None:
    for dictionary, pair in (p for kind in PAIRS.values() for p in kind):
        there = [answer for answer in pair.answers if answer in found(bundled, answer, dictionary)]
        assert there, pair
        assert all(comparable(found(bundled, a, dictionary)[0]) == comparable(a) for a in there)
