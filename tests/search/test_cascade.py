"""Kinds of match and the matchers that find them: every kind has one, and no match costs less than its kind says."""

from __future__ import annotations

import msgspec
import pytest

from dictsvc.match_kinds import MatchKind
from dictsvc.messages import REASONS
from dictsvc.search import cascade
from dictsvc.search.context import Query, QueryContext
from dictsvc.search.search_index import SearchIndex

_QUERIES = (
    "nghị quyết", "NGHỊ QUYẾT", "went", "the run", "nghi quyet", "nghĩ quyết", "go on", "nghij quyeets", "nghÞ quyÕt",
    "sử lí", "hocsinh", "resolutoin", "nghị q", "ngh*", "sailor", "tôi xác định mục đích", "“run”", "má", "x",
    "high resolution",
)  # fmt: skip


def test_every_kind_has_a_matcher_and_a_sentence() -> None:
    assert {kind for matcher in cascade._MATCHERS for kind in matcher.kinds} == set(MatchKind)
    assert set(MatchKind) == REASONS.keys()


def test_no_match_costs_less_than_its_kind_says(search_index: SearchIndex) -> None:
    found = {
        candidate for text in _QUERIES for candidate in cascade.gather(QueryContext(search_index, Query(text=text)))
    }
    assert {candidate.kind for candidate in found} == set(MatchKind)
    assert [candidate for candidate in found if candidate.cost < candidate.kind.traits.least_cost] == []


@pytest.mark.parametrize("kind", MatchKind)
def test_a_kind_is_its_name(kind: MatchKind) -> None:
    assert msgspec.json.encode(kind) == f'"{kind.value}"'.encode()
    assert msgspec.convert(kind.value, MatchKind) is kind
