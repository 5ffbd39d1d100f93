"""The inflected forms of words. Used at load time only: its word lists take up to 200 MB while they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from dictsvc.language.profiles import profile_of


def inflections(language: str) -> Iterator[tuple[str, str]]:
    """Every (form, lemma) that simplemma knows of an inflected language, such as (`went`, `go`).

    They come in a stream, because Russian alone has 1.2 million of them.
    """
    if not profile_of(language).is_inflected:
        return
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415

    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        if form != lemma:
            yield _text(form), _text(lemma)


@cache
def _forms_by_lemma(language: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    for form, lemma in inflections(language):
        forms.setdefault(lemma, []).append(form)
    return {lemma: tuple(found) for lemma, found in forms.items()}


def forms_of(headword: str, language: str) -> Iterable[str]:
    """The inflected forms of a headword: `go` → `went`, `gone`, `goes`, `going`; none where unknown.

    For a few words of a language: all its forms stay in memory.
    """
    known = _forms_by_lemma(language)
    return known.get(headword) or known.get(headword.casefold(), ())


def _text(word: str | bytes) -> str:
    return word.decode() if isinstance(word, bytes) else word
