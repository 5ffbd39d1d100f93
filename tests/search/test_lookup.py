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
from dictsvc.model import LookupResult, MatchKind, Mode
from dictsvc.search.lexicon import Lexicon
from dictsvc.search.lookup import lookup
from dictsvc.search.query import MOST_CHARACTERS, Query

EXAMPLES = 2000


def asked(lexicon: Lexicon, text: str, *dictionaries: str, mode: Mode = Mode.AUTO, limit: int = 10) -> LookupResult:
    return lookup(lexicon, Query(text=text, dictionaries=dictionaries, mode=mode, limit=limit))


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
def test_a_slip_is_recognised(lexicon: Lexicon, text: str, headword: str, kind: MatchKind) -> None:
    best = asked(lexicon, text).results[0]
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
def test_one_comes_before_the_other(lexicon: Lexicon, text: str, first: str, second: str) -> None:
    found = headwords(asked(lexicon, text))
    assert found.index(first) < (found.index(second) if second in found else len(found))


@pytest.mark.parametrize("text", ["xzqjw", "qqqqqqqqqq", "tôi xác định mục đích", "0123", "🙂", "…"])
def test_no_guess_is_shown_that_nobody_means(lexicon: Lexicon, text: str) -> None:
    result = asked(lexicon, text)
    assert all(hit.match.kind is MatchKind.PART for hit in result.results)
    assert not result.found
    assert result.suggestions == ()


def test_the_beginning_of_a_headword_is_no_misspelling(lexicon: Lexicon) -> None:
    result = asked(lexicon, "nghị quy")
    assert headwords(result)[0] == "nghị quyết"
    assert not result.found
    assert result.suggestions[0] == "nghị quyết"


def test_suggestions_come_with_a_guess_only(lexicon: Lexicon) -> None:
    assert asked(lexicon, "resolutoin").suggestions == ("resolution", "revolution")[:1]
    assert asked(lexicon, "resolution").suggestions == ()
    assert asked(lexicon, "resolutoin", mode=Mode.EXACT).suggestions[0] == "resolution"


def test_every_homograph_is_counted(lexicon: Lexicon) -> None:
    result = asked(lexicon, "ma", "vi-en", limit=2)
    assert (len(result.results), result.more) == (2, 4)


def test_a_mode_finds_no_more_than_it_says(lexicon: Lexicon) -> None:
    assert asked(lexicon, "resolutoin", mode=Mode.STRICT).results == ()
    assert asked(lexicon, "nghi quyet", mode=Mode.EXACT).results == ()
    assert headwords(asked(lexicon, "nghi quyet", mode=Mode.STRICT)) == ["nghị quyết"]
    assert headwords(asked(lexicon, "m", "vi-en", mode=Mode.PREFIX))[:2] == ["ma", "mà"]


def test_the_same_query_has_the_same_answer(lexicon: Lexicon) -> None:
    assert asked(lexicon, "resolutoin") == asked(lexicon, "resolutoin")


any_text = st.one_of(
    st.text(max_size=MOST_CHARACTERS),
    st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếờwfjz 0123456789'`?~.^(+*-", max_size=40),
    st.lists(st.sampled_from(("nghị", "quyeets", "h?c*", "sử", "resolutoin", "ẽport", "µ nµy", "北京")), max_size=9)
    .map(" ".join),
)  # fmt: skip


def _is_answered(lexicon: Lexicon, text: str, mode: Mode) -> None:
    for dictionaries in ((), *((identifier,) for identifier in lexicon.snapshot.dictionaries)):
        with contextlib.suppress(BadQueryError):
            result = lookup(lexicon, Query(text=text, dictionaries=dictionaries, mode=mode))
            assert all(0 <= hit.match.score <= 1 for hit in result.results)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_text, st.sampled_from(Mode))
def test_any_text_is_answered(lexicon: Lexicon, text: str, mode: Mode) -> None:
    _is_answered(lexicon, text, mode)


@pytest.mark.shared
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_text, st.sampled_from(Mode))
def test_any_text_is_answered_from_full_dictionaries(full_lexicon: Lexicon, text: str, mode: Mode) -> None:
    _is_answered(full_lexicon, text, mode)
