"""Headwords of other languages and scripts: their forms, their transliterations, their names in Latin letters."""

from __future__ import annotations

import pytest

from dictsvc.language import profiles
from dictsvc.language.letter_costs import LETTER_COSTS, LIKE_LETTERS, LetterModel
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.loading import LoadRequest, load
from dictsvc.match_kinds import MatchKind, Mode
from dictsvc.search.completion import completions
from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.snapshot import Snapshot

HEADWORDS = {
    "en": "good well go child export haproxy window",
    "vi": "nhà|nhadep sách",
    "fr": "aller allée cœur œuf",
    "de": "gehen Haus gut Straße Mädchen",
    "ru": "дом Москва хорошо",
    "zh": "北京 你好",
    "es": "haber beber vaca",
}


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("languages")
    requests = []
    for language, headwords in HEADWORDS.items():
        path = folder / f"{language}.tsv"
        path.write_text("".join(f"{word}\tnghĩa\n" for word in headwords.split()), encoding="utf-8")
        requests.append(
            LoadRequest(path=path, id=language, source_language=language, target_language="vi", format="tab")
        )
    database = folder / "dictsvc.sqlite3"
    load(database, requests)
    return prepare(Snapshot(database))


@pytest.mark.parametrize(
    ("text", "headword", "kind"),
    [
        ("nhadepp", "nhà", MatchKind.TYPO),
        ("better", "good", MatchKind.FORM),
        ("went", "go", MatchKind.FORM),
        ("children", "child", MatchKind.FORM),
        ("allées", "allée", MatchKind.FORM),
        ("vas", "aller", MatchKind.FORM),
        ("ging", "gehen", MatchKind.FORM),
        ("Häuser", "Haus", MatchKind.FORM),
        ("coeur", "cœur", MatchKind.UNACCENTED),
        ("Strasse", "Straße", MatchKind.SPELLING),
        ("Madchen", "Mädchen", MatchKind.UNACCENTED),
        ("Beijing", "北京", MatchKind.JOINED),
        ("bei jing", "北京", MatchKind.UNACCENTED),
        ("北京", "北京", MatchKind.EXACT),
        ("dom", "дом", MatchKind.UNACCENTED),
        ("Moskva", "Москва", MatchKind.UNACCENTED),
        ("khorosho", "хорошо", MatchKind.UNACCENTED),
        ("ẽport", "export", MatchKind.KEYSTROKES),
        ("hảpoxy", "haproxy", MatchKind.KEYSTROKES),
        ("ưindow", "window", MatchKind.KEYSTROKES),
    ],
)
def test_a_word_of_another_language_is_found(languages: SearchIndex, text: str, headword: str, kind: MatchKind) -> None:
    best = lookup(languages, Query(text=text)).results[0]
    assert (best.headword, best.match.kind) == (headword, kind)


@pytest.mark.parametrize("text", ["zzzz", "qx", "北", "щщщ", "x y z"])
def test_a_word_of_none_is_answered(languages: SearchIndex, text: str) -> None:
    assert not lookup(languages, Query(text=text)).found


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("text", "dictionaries"),
    [("北", ("es", "en")), ("гоод", ("en",)), ("Хаус", ("de",)), ("вака", ("es", "zh")), ("北 вака", ())],
)
def test_a_transliteration_is_no_evidence_for_another_script(
    languages: SearchIndex, text: str, dictionaries: tuple[str, ...], mode: Mode
) -> None:
    result = lookup(languages, Query(text=text, dictionaries=dictionaries, mode=mode))
    assert (result.found, result.results, result.suggestions, result.parts) == (False, (), (), ())
    assert completions(languages, Query(text=text, dictionaries=dictionaries)) == ()


def test_what_begins_with_a_letter_of_another_script_is_shown(languages: SearchIndex) -> None:
    result = lookup(languages, Query(text="北"))
    assert [hit.headword for hit in result.results] == list(result.suggestions) == ["北京"]


def test_a_language_may_have_a_noise_model_of_its_own(languages: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spanish made forgiving: b and v sound alike there, h is silent."""
    own = LetterModel(costs=LETTER_COSTS | {"first letter": 0.3}, like_letters=LIKE_LETTERS | {"bv", "vb"})
    monkeypatch.setitem(profiles._PROFILES, "es", LanguageProfile(code="es", noise=own))
    spanish = prepare(languages.snapshot)
    query = Query(text="baca", dictionaries=("es",))
    before, after = (lookup(index, query).results[0] for index in (languages, spanish))
    assert before.headword == after.headword == "vaca"
    assert after.match.score > before.match.score
    assert lookup(spanish, Query(text="chidl")).results[0].headword == "child"
