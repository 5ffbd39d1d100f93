"""What languages have of their own, and the scripts of texts."""

from __future__ import annotations

import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language import profiles
from dictsvc.language.profiles import GENERIC, profile_of
from dictsvc.language.scripts import foreign_scripts


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("en", "the government", "government"),
        ("en", "An apple", "apple"),
        ("en", "to  improve", "improve"),
        ("en", "theory", "theory"),
        ("en", "to", "to"),
        ("en", "a b", "a b"),
        ("fr", "l’école", "école"),
        ("fr", "L'avocat", "avocat"),
        ("fr", "s'asseoir", "asseoir"),
        ("fr", "une pomme", "pomme"),
        ("fr", "la", "la"),
        ("de", "die Schule", "Schule"),
        ("vi", "la hét", "la hét"),
        ("ru", "the", "the"),
    ],
)
def test_what_is_left_without_an_article(language: str, text: str, rest: str) -> None:
    assert profile_of(language).without_article(text) == rest


def test_every_module_of_a_language_is_found() -> None:
    modules = [found.name for found in pkgutil.iter_modules(profiles.__path__) if found.name != "base"]
    assert len(profiles._PROFILES) == len(modules) + 1, "Vietnamese has a folder of its own"
    assert all(profile_of(code).code == code for code in profiles._PROFILES)
    assert profile_of("xx") is GENERIC


def test_languages_whose_inflected_forms_are_known() -> None:
    inflected = {code for code, profile in profiles._PROFILES.items() if profile.is_inflected}
    assert inflected == {"en", "fr", "de", "es", "it", "pt", "ru", "cs", "pl", "nl"}


@pytest.mark.parametrize(
    ("language", "text", "prefixes"),
    [("vi", "quy", ["qui", "quy"]), ("vi", "quý", ["qui", "qui ", "quy"]), ("fr", "qué", ["que"]), ("en", "😀", [])],
)
def test_keys_with_which_longer_headwords_begin(language: str, text: str, prefixes: list[str]) -> None:
    profile = profile_of(language)
    assert list(profile.prefix_keys(text, profile.keys_of(text))) == prefixes


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("nghị quyết", set()),
        ("ﬁne ｘ 𝒳 ℓ ª µ №", set()),
        ("北京", {"CJK"}),
        ("дом e\u0301", {"CYRILLIC"}),
        ("Ω 가", {"GREEK", "HANGUL"}),
        ("😀 12 …", set()),
    ],
)
def test_scripts_other_than_latin(text: str, scripts: set[str]) -> None:
    assert foreign_scripts(text) == scripts


@given(st.text())
def test_any_text_has_scripts(text: str) -> None:
    assert "LATIN" not in foreign_scripts(text)
