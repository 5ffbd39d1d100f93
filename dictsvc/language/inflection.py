"""The inflected forms of headwords. Used at load time only: its word lists take up to 100 MB a language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

LANGUAGES = frozenset({"en", "fr", "de", "es", "it", "pt", "ru", "cs", "pl", "nl"})
"""Languages whose forms are looked for; simplemma knows more, added here when a dictionary needs one."""


@cache
def _forms_by_lemma(language: str) -> dict[str, tuple[str, ...]]:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415

    lemma_of = DefaultDictionaryFactory().get_dictionary(language)
    forms: dict[str, list[str]] = {}
    for form, lemma in lemma_of.items():
        if form != lemma:
            forms.setdefault(_text(lemma), []).append(_text(form))
    return {lemma: tuple(found) for lemma, found in forms.items()}


def _text(word: str | bytes) -> str:
    return word.decode() if isinstance(word, bytes) else word


def forms_of(headword: str, language: str) -> Iterable[str]:
    """The inflected forms of a headword: `go` → `went`, `gone`, `goes`, `going`; none where unknown."""
    if language not in LANGUAGES or " " in headword:
        return ()
    known = _forms_by_lemma(language)
    return known.get(headword) or known.get(headword.casefold(), ())
