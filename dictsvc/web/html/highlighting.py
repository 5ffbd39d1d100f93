"""Marking what matched in a text with `<mark>`; nothing else outside the templates makes markup."""

import re
from collections.abc import Callable, Container

from markupsafe import Markup, escape

from dictsvc.language.keys import Canonical, folded
from dictsvc.language.profiles.base import LanguageProfile

Marker = Callable[[str], str]
"""Makes a text ready for a page: as it is, or as markup in which what matched is marked."""
_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def unmarked(text: str) -> str:
    """The text as it is."""
    return text


def beginning(text: str, letters: int) -> str:
    """The text with its first letters marked.

    >>> beginning("nghị quyết", 4)
    Markup('<mark>nghị</mark> quyết')
    """
    return _OPEN + text[:letters] + _CLOSE + text[letters:]


def word_marker(word: str, profile: LanguageProfile) -> Marker:
    """A marker of `word`, with its accents, wherever it is a whole word, also with regular endings of its language.

    >>> from dictsvc.language.profiles import profile_of
    >>> word_marker("run", profile_of("en"))("She runs <a runway>.")
    Markup('She <mark>runs</mark> &lt;a runway&gt;.')
    """
    needle = word.casefold()
    endings = profile.endings_of(needle)

    def mark(text: str) -> str:
        lowered = text.casefold()
        if not needle or needle not in lowered or len(lowered) != len(text):
            return text
        return _marked(text, lowered, needle, endings)

    return mark


def folded_marker(query: str) -> Marker:
    """A marker of a query, whatever the accents of query and text.

    >>> folded_marker("nghi quyet")("ra nghị quyết")
    Markup('ra <mark>nghị quyết</mark>')
    """
    needle = folded(Canonical(query.casefold().strip()))

    def mark(text: str) -> str:
        key = folded(Canonical(text.casefold()))
        if not needle or needle not in key or len(key) != len(text):  # œ and the like shift the letters
            return text
        return _marked(text, key, needle, {""})

    return mark


def _marked(text: str, searched: str, needle: str, endings: Container[str]) -> str:
    """`text` with the words marked that are `needle` and one of `endings` in `searched`, which is of equal length."""
    pieces: list[str] = []
    done = 0
    for found in re.finditer(re.escape(needle), searched):
        start, end = found.span()
        if start < done or text[start - 1 : start].isalnum():
            continue
        word_end = end
        while word_end < len(text) and text[word_end].isalnum():
            word_end += 1
        if searched[end:word_end] in endings:
            pieces += escape(text[done:start]), _OPEN, escape(text[start:word_end]), _CLOSE
            done = word_end
    return Markup().join([*pieces, text[done:]]) if done else text
