"""Lookups: what is found, in which order, and that any text gets an answer.

Properties proved here:
1. Each kind of slip is recognised for what it is.
2. Of two headwords the right one comes first.
3. A guess that something else explains better is not shown.
4. Any text of up to 200 characters is answered or refused as a bad query, in every mode and dictionary.
"""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dictsvc.errors import BadQueryError
from dictsvc.match_kinds import MatchKind, Mode
from dictsvc.model import LookupResult
from dictsvc.search.context import MOST_CHARACTERS, Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex

EXAMPLES = 2000


def asked(
    search_index: SearchIndex, text: str, *dictionaries: str, mode: Mode = Mode.AUTO, limit: int = 10
) -> LookupResult:
    return lookup(search_index, Query(text=text, dictionaries=dictionaries, mode=mode, limit=limit))


def headwords(result: LookupResult) -> list[str]:
    return [hit.headword for hit in result.results]


@pytest.mark.parametrize(
    ("text", "headword", "kind"),
    [
        ("nghij quyeets", "nghị quyết", MatchKind.KEYSTROKES),
        ("nghijquyeets", "nghị quyết", MatchKind.KEYSTROKES),
        ("nghi5 quye61t", "nghị quyết", MatchKind.KEYSTROKES),
        ("nghi. quye^'t", "nghị quyết", MatchKind.KEYSTROKES),
        ("réolution", "resolution", MatchKind.KEYSTROKES),
        ("resolutíon", "resolution", MatchKind.ACCENTS),
        ("nghÞ quyÕt", "nghị quyết", MatchKind.CHARSET),
        ("nghò quyeát", "nghị quyết", MatchKind.CHARSET),
        ("ngh¸ quyªt", "nghị quyết", MatchKind.CHARSET),
        ("sử lí", "xử lý", MatchKind.REGIONAL),
        ("nghĩ quyết", "nghị quyết", MatchKind.ACCENTS),
        ("nghịquyết", "nghị quyết", MatchKind.JOINED),
        ("hoc  si nh", "học sinh", MatchKind.JOINED),
        ("nghi quyt", "nghị quyết", MatchKind.TYPO),
        ("nghị quyếc", "nghị quyết", MatchKind.REGIONAL),
        ("rezolooshun", "resolution", MatchKind.TYPO),
        ("went", "go", MatchKind.FORM),
        ("dont", "don't", MatchKind.JOINED),
        ("hoà bình.", "hòa bình", MatchKind.SPELLING),
    ],
)
def test_a_slip_is_recognised(search_index: SearchIndex, text: str, headword: str, kind: MatchKind) -> None:
    best = asked(search_index, text).results[0]
    assert (best.headword, best.match.kind) == (headword, kind)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("má", "má", "mà"),
        ("resolutoin", "resolution", "revolution"),
        ("revolutoin", "revolution", "resolution"),
        ("mục đick", "mục đích", "mục kích"),
        ("runing", "running", "run"),
        ("thủy thủ", "thủy thủ", "thuỷ thủ"),
        ("thuỷ thủ", "thuỷ thủ", "thủy thủ"),
    ],
)
def test_one_comes_before_the_other(search_index: SearchIndex, text: str, first: str, second: str) -> None:
    found = headwords(asked(search_index, text))
    assert found.index(first) < (found.index(second) if second in found else len(found))


@pytest.mark.parametrize("text", ["xzqjw", "qqqqqqqqqq", "tôi xác định mục đích", "0123", "🙂", "…"])
def test_no_guess_is_shown_that_nobody_means(search_index: SearchIndex, text: str) -> None:
    result = asked(search_index, text)
    assert all(hit.match.kind is MatchKind.PART for hit in result.results)
    assert not result.found
    assert result.suggestions == ()


def test_the_beginning_of_a_headword_is_no_misspelling(search_index: SearchIndex) -> None:
    result = asked(search_index, "nghị quy")
    assert headwords(result)[0] == "nghị quyết"
    assert not result.found
    assert result.suggestions[0] == "nghị quyết"


def test_suggestions_come_with_a_guess_only(search_index: SearchIndex) -> None:
    assert asked(search_index, "resolutoin").suggestions == ("resolution", "revolution")[:1]
    assert asked(search_index, "resolution").suggestions == ()
    assert asked(search_index, "resolutoin", mode=Mode.EXACT).suggestions[0] == "resolution"


def test_every_homograph_is_counted(search_index: SearchIndex) -> None:
    result = asked(search_index, "ma", "vi-en", limit=2)
    assert (len(result.results), result.more) == (2, 4)


def test_a_mode_finds_no_more_than_it_says(search_index: SearchIndex) -> None:
    assert asked(search_index, "resolutoin", mode=Mode.STRICT).results == ()
    assert asked(search_index, "nghi quyet", mode=Mode.EXACT).results == ()
    assert headwords(asked(search_index, "nghi quyet", mode=Mode.STRICT)) == ["nghị quyết"]
    assert headwords(asked(search_index, "m", "vi-en", mode=Mode.PREFIX))[:2] == ["ma", "mà"]


def test_the_same_query_has_the_same_answer(search_index: SearchIndex) -> None:
    assert asked(search_index, "resolutoin") == asked(search_index, "resolutoin")


any_text = st.one_of(
    st.text(max_size=MOST_CHARACTERS),
    st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếờwfjz 0123456789'`?~.^(+*-", max_size=40),
    st.lists(
        st.sampled_from(("nghị", "quyeets", "h?c*", "sử", "resolutoin", "ẽport", "µ nµy", "…", "北京")), max_size=9
    ).map(" ".join),
)  # fmt: skip


def _is_answered(search_index: SearchIndex, text: str, mode: Mode) -> None:
    for dictionaries in ((), *((identifier,) for identifier in search_index.snapshot.dictionaries)):
        with contextlib.suppress(BadQueryError):
            result = lookup(search_index, Query(text=text, dictionaries=dictionaries, mode=mode))
            assert all(0 <= hit.match.score <= 1 for hit in result.results)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_text, st.sampled_from(Mode))
def test_any_text_is_answered(search_index: SearchIndex, text: str, mode: Mode) -> None:
    _is_answered(search_index, text, mode)


@pytest.mark.shared
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_text, st.sampled_from(Mode))
def test_any_text_is_answered_from_full_dictionaries(full_lexicon: SearchIndex, text: str, mode: Mode) -> None:
    _is_answered(full_lexicon, text, mode)
