"""Every seed word is found in the bundled dictionaries, with its diacritics and without."""

from __future__ import annotations

import pytest

from dictsvc.language.keys import canonical, folded
from dictsvc.language.profiles import profile_of
from dictsvc.match_kinds import MatchKind
from dictsvc.search.context import MOST_RESULTS, Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from tests.dictionaries.coverage import seed_words


def test_there_are_seed_words() -> None:
    assert len(seed_words()) == len(set(seed_words())) > 250


@pytest.mark.parametrize("word", seed_words())
def test_with_diacritics_the_word_itself_comes_first(bundled: SearchIndex, word: str) -> None:
    best = lookup(bundled, Query(text=word)).results[0]
    assert profile_of("vi").keys_of(best.match.matched).toned == profile_of("vi").keys_of(word).toned
    assert best.match.kind in (MatchKind.EXACT, MatchKind.SPELLING)
    assert best.senses
    assert all(sense.gloss for sense in best.senses)


@pytest.mark.parametrize("word", seed_words())
def test_without_diacritics_the_word_is_among_the_results(bundled: SearchIndex, word: str) -> None:
    typed = folded(canonical(word))
    found = lookup(bundled, Query(text=typed, limit=MOST_RESULTS)).results
    wanted = profile_of("vi").keys_of(word).toned
    assert wanted in {profile_of("vi").keys_of(hit.match.matched).toned for hit in found}
