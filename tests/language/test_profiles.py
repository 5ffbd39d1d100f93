"""What languages have of their own: articles and the like before a headword."""

from __future__ import annotations

import pytest

from dictsvc.language.profiles import profile_of


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
