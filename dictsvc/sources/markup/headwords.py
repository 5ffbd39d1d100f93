"""Headwords as files hold them → headwords as they were meant."""

import html
import re

from dictsvc.language.text import cleaned
from dictsvc.model import Problem

_CONTROLS = re.compile("[\x80-\x9f]")


def headword_of(word: str, location: str) -> tuple[str, list[Problem]]:
    r"""A headword as it was meant, empty where there is none, and the reports of what was wrong with it.

    C1 control characters are letters of windows-1250 that were taken for Latin-1: `ů\x9e` is `ůž`. Character
    references are resolved. Where a line of another entry slipped in, the headword is what follows its `@`.

    >>> headword_of("ko\x9eka", "record 7")[0], headword_of("&quot;a&quot;", "record 8")[0]
    ('kožka', '"a"')
    """
    problems = []
    if _CONTROLS.search(word):
        meant = _CONTROLS.sub(lambda found: found[0].encode("latin-1").decode("cp1250", "ignore"), word)
        problems.append(_mended(location, meant, "mojibake", "C1 control characters were read as windows-1250"))
        word = meant
    if "&" in word and (meant := html.unescape(word)) != word:
        problems.append(_mended(location, meant, "character-reference", "character references were resolved"))
        word = meant
    headword = cleaned(word)
    before, at, after = headword.rpartition("@")
    if at and after.strip(" :") and (not before or before.startswith("-")):
        problems.append(_mended(location, after, "stray-markup", f"the headword was taken from {headword[:60]!r}"))
        headword = after.strip(" :")
    if not headword:
        problems.append(empty_headword(location))
    return headword, problems


def _mended(location: str, headword: str, code: str, detail: str) -> Problem:
    return Problem(f"{location} ({cleaned(headword)})", code, detail, skipped=False)


def empty_headword(location: str) -> Problem:
    """The report of a record that no query could find."""
    return Problem(location, "empty-headword", "the record has no headword")
