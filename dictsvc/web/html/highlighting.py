"""Marking what matched in a text with `<mark>`; the only place outside the templates that makes markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from markupsafe import Markup, escape

from dictsvc.language.keys import Canonical, folded
from dictsvc.language.profiles.base import LanguageProfile

Marker = Callable[[str], str]
"""Gives a text back for a page: as it stands, or as markup in which what matched is marked."""
_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def unmarked(text: str) -> str:
    """The text as it stands."""
    return text


def beginning(text: str, letters: int) -> str:
    """The text with its first letters marked.

    >>> beginning("nghị quyết", 4)
    Markup('<mark>nghị</mark> quyết')
    """
    return _OPEN + text[:letters] + _CLOSE + text[letters:]


def word_marker(word: str, profile: LanguageProfile) -> Marker:
    """Marks `word` in a text, accents and all, wherever it stands as a word, also with regular endings of its language.

    >>> from dictsvc.language.profiles import profile_of
    >>> word_marker("run", profile_of("en"))("She runs <a runway>.")
    Markup('She <mark>runs</mark> &lt;a runway&gt;.')
    """
    needle = word.casefold()
    endings = profile.highlighted_endings(needle)

    def mark(text: str) -> str:
        lowered = text.casefold()
        if not needle or needle not in lowered or len(lowered) != len(text):
            return text
        return _marked(text, lowered, needle, endings)

    return mark


def folded_marker(query: str) -> Marker:
    """Marks a query in a text, whatever the accents of either.

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
    """`text` with the words marked that are `needle` and one of `endings` in `searched`, which has as many letters."""
    pieces: list[str] = []
    done = 0
    for found in re.finditer(re.escape(needle), searched):
        place, end = found.span()
        if place < done or text[place - 1 : place].isalnum():
            continue
        word_end = end
        while word_end < len(text) and text[word_end].isalnum():
            word_end += 1
        if searched[end:word_end] in endings:
            pieces += escape(text[done:place]), _OPEN, escape(text[place:word_end]), _CLOSE
            done = word_end
    return Markup().join([*pieces, text[done:]]) if done else text
