"""Rules about spelling: composed letters, real Vietnamese syllables, one place for tone marks, i or y, known words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dictsvc.entry_parts import senses_of
from dictsvc.language.frequency import frequencies
from dictsvc.language.keys import VIETNAMESE
from dictsvc.language.vietnamese.syllables import parsed, spelled
from dictsvc.model import Entry
from tests.dictionaries.lint.bundle import Bundle, BundledDictionary, examples_of
from tests.dictionaries.lint.entry_rules import Spot

_LETTERS = re.compile(r"[^\W\d_]+")
_ALWAYS_I = re.compile(r"\b(?:sỹ|vỹ|mỳ|lỳ)\b", re.IGNORECASE)
_I_OR_Y = re.compile(r"\b(?:[hklmt]|qu)[iíìỉĩị]\b", re.IGNORECASE)
_NOT_SPELLED_OUT = frozenset({"abbreviation"})


def not_composed(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A line is not in Unicode's composed form (NFC), or has spaces that do not belong there."""
    for number, line in enumerate(dictionary.text.splitlines(), 1):
        if unicodedata.normalize("NFC", line) != line:
            yield f"line {number}", "not composed"
        if "  " in line or " \t" in line or "\t " in line or line.endswith(" "):
            yield f"line {number}", "spaces"


def no_syllable(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[Spot]:
    """A Vietnamese word is not made of Vietnamese syllables, and no listed loanword; names and brackets aside."""
    allowed = bundle.exceptions.loanwords
    for headword, text in _vietnamese_texts(dictionary):
        for word in _LETTERS.findall(text):
            name = word[0].isupper() and text != headword
            if parsed(word) is None and word.lower() not in allowed and not name:
                yield headword, word


def misplaced_tone(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A tone mark does not stand in its traditional place (hòa, khỏe, thủy)."""
    for headword, text in _vietnamese_texts(dictionary):
        for word in _LETTERS.findall(text):
            syllable = parsed(word)
            if syllable and spelled(syllable) != word.lower():
                yield headword, f"{word} for {spelled(syllable)}"


def i_for_y(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[Spot]:
    """A syllable ends in i where the rule has y, or in y where it has i (README.md in dictionaries/)."""
    allowed = "|".join(sorted(map(re.escape, bundle.exceptions.written_with_i), key=len, reverse=True))
    listed = re.compile(rf"\b(?:{allowed})\b", re.IGNORECASE)
    for headword, text in _vietnamese_texts(dictionary):
        for found in (*_I_OR_Y.findall(listed.sub(" ", text)), *_ALWAYS_I.findall(text)):
            yield headword, f"{found} in {text!r}"


def unknown_word(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[Spot]:
    """An English or French headword is not known to wordfreq."""
    if dictionary.source_language == VIETNAMESE:
        return
    for entry in dictionary.entries:
        known = _is_known(entry.headword.replace("’", "'"), dictionary.source_language)
        if not known and entry.headword not in bundle.exceptions.not_in_wordfreq:
            yield entry.headword, "unknown"


def _vietnamese_texts(dictionary: BundledDictionary) -> Iterator[Spot]:
    """Every stretch of Vietnamese in a dictionary, with its headword; abbreviations and brackets aside."""
    for entry in dictionary.entries:
        texts = _headwords(entry) if dictionary.source_language == VIETNAMESE else _glosses(entry)
        for text in texts:
            yield entry.headword, re.sub(r"\([^()]*\)", " ", text)


def _headwords(entry: Entry) -> Iterator[str]:
    if not any(sense.part_of_speech in _NOT_SPELLED_OUT for sense in entry.senses):
        yield entry.headword
    yield from (idiom.phrase for idiom in entry.idioms)
    yield from (example.source for example in examples_of(entry))


def _glosses(entry: Entry) -> Iterator[str]:
    yield from (sense.gloss for sense in senses_of(entry))
    yield from (example.target or "" for example in examples_of(entry))


def _is_known(text: str, language: str) -> bool:
    """Whether wordfreq's list of a language holds a text, or every word of it."""
    known = frequencies(language)
    word = text.casefold()
    return word in known or all(w in known for w in word.replace("-", " ").split())
