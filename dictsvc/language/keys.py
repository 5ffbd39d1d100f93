"""The keys under which headwords are stored and queries looked up.

Each key is a type of its own, made by one function from the next finer key, so that what is equal under
one key is equal under every coarser one. A query goes through the same functions as the headwords did.

| key | what it makes one | example |
|---|---|---|
| canonical | composition, case, spaces, apostrophes, hyphens | `Hà-Nội` = `hà nội` |
| toned | (Vietnamese) where the tone mark stands; i/y ending a syllable | `hoà` = `hòa`, `quí` = `quý` |
| folded | every diacritic; scripts | `nghi quyet`, `bei jing` |
| region | (Vietnamese) sounds that regions confuse | `sử lí` = `xử lý` |
| spaceless | spaces | `hocsinh` |
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NewType

from msgspec import Struct
from rapidfuzz.distance import OSA
from unidecode import unidecode

from dictsvc.language.text import INVISIBLE, composed

Canonical = NewType("Canonical", str)
Toned = NewType("Toned", str)
Folded = NewType("Folded", str)
Region = NewType("Region", str)
Spaceless = NewType("Spaceless", str)

VIETNAMESE = "vi"
"""The code of the language that has keys of its own."""
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
"""Huyền, sắc, ngã, hỏi, nặng as combining characters."""

_JOINED = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2212_"), " ") | dict.fromkeys(
    map(ord, "\u2019\u2018\u02bc\u02b9\u00b4\u0060\uff07"), "'"
)
_NOT_SHOWN = {code: None for code in INVISIBLE if chr(code) >= " "} | dict.fromkeys(range(32), " ")
_UNIFIED = _JOINED | _NOT_SHOWN
_TO_UNIFY = re.compile(f"[{re.escape(''.join(map(chr, _UNIFIED)))}]")
"""Most texts hold none of these, and looking for them is faster than translating."""
_LAST_ALPHABET = 0x2000
"""No letter beyond has a tone mark in it: a test looks at all of them."""


def _has_tone(character: str) -> bool:
    return any(c in TONE_MARKS for c in unicodedata.normalize("NFD", character))


_WITH_TONE = re.compile(f"[{''.join(filter(_has_tone, map(chr, range(_LAST_ALPHABET))))}]")
_FINAL_Y = re.compile(r"^([bcdđfghjklmnpqrstvxz]+|qu)y$")


def canonical(text: str) -> Canonical:
    """`text` with composition, case, spaces, apostrophes and hyphens made one.

    >>> canonical(" HA\u0300-Nội ")
    'hà nội'
    """
    if text.isascii():
        text = text.lower()
        if text.isalpha():
            return Canonical(text)
    else:
        text = composed(composed(text).casefold())
    if _TO_UNIFY.search(text):
        text = text.translate(_UNIFIED)
    return Canonical(" ".join(text.split()))


def _toned_syllable(syllable: str) -> str:
    if _WITH_TONE.search(syllable):
        return _syllable_and_tone(syllable)
    return _FINAL_Y.sub(r"\1i", syllable) if syllable.endswith("y") else syllable


@lru_cache(maxsize=8192)  # more than there are syllables
def _syllable_and_tone(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    bare = "".join([c for c in letters if c not in TONE_MARKS])
    tones = "".join([c for c in letters if c in TONE_MARKS])
    return _FINAL_Y.sub(r"\1i", unicodedata.normalize("NFC", bare)) + tones


def toned(key: Canonical) -> Toned:
    """A Vietnamese key with each syllable's tone mark at its end, and i for y where either is written.

    The key is never shown, so the end of the syllable is as good a place for the mark as any.

    >>> toned(canonical("hoà")) == toned(canonical("hòa")), toned(canonical("kỹ")) == toned(canonical("kĩ"))
    (True, True)
    >>> toned(canonical("thúy")) == toned(canonical("thúi"))
    False
    """
    if key.isascii() and "y" not in key:
        return Toned(key)
    return Toned(" ".join([_toned_syllable(s) for s in key.split(" ")]))


_SURROGATES = range(0xD800, 0xE000)


class _Transliteration(dict[int, str]):
    """Code point → its letters in ASCII, filled as letters are met, for `str.translate`."""

    _LAST_KEPT = 0x2FFF  # what alphabets need; an ideograph is computed each time, so that memory stays bounded

    def __missing__(self, code: int) -> str:
        letters = "" if code in _SURROGATES else unidecode(chr(code))
        if code <= self._LAST_KEPT:
            self[code] = letters
        return letters


_TO_ASCII = _Transliteration()


def folded(key: Canonical | Toned) -> Folded:
    """The key in ASCII letters: no diacritics, đ as d, œ as oe, other scripts transliterated.

    >>> folded(canonical("Nghị quyết")), folded(canonical("北京")), folded(canonical("cœur"))
    ('nghi quyet', 'bei jing', 'coeur')
    """
    if key.isascii():
        return Folded(key)
    return Folded(" ".join([word for word in map(_folded_word, key.split(" ")) if word]))


@lru_cache(maxsize=4096)
def _folded_word(word: str) -> str:
    return word if word.isascii() else canonical(word.translate(_TO_ASCII))


def spaceless(key: Folded) -> Spaceless:
    """The folded key without spaces, apostrophes and stops: `hoc sinh` → `hocsinh`."""
    return Spaceless(key.replace(" ", "").replace("'", "").replace(".", ""))


_REGION_ONSETS = {"ngh": "ng", "gh": "g", "tr": "ch", "gi": "d", "s": "x", "r": "d", "v": "d", "l": "n"}
_REGION_ONSET = re.compile("(?:ngh|gh|tr|gi|[srvl])(?=.)|gi$")
_REGION_TONES = str.maketrans({"\u0309": "\u0303"})
_TONES_AT_END = re.compile(f"[{TONE_MARKS}]*$")


@lru_cache(maxsize=4096)
def _region_syllable(syllable: str) -> str:
    tones = _TONES_AT_END.search(syllable)
    bare = syllable[: tones.start()] if tones else syllable
    if found := _REGION_ONSET.match(bare):
        onset = found[0]
        # in `gì` and `giêng` the i is also the vowel
        rest = bare[len(onset) :] if onset != "gi" or bare[2:3] not in ("", "ê") else "i" + bare[2:]
        bare = _REGION_ONSETS[onset] + rest
    if bare.endswith("ng"):
        bare = bare[:-1]
    elif bare.endswith("c") and len(bare) > 1:
        bare = bare[:-1] + "t"
    return bare + syllable[len(syllable[: tones.start()]) if tones else len(syllable) :].translate(_REGION_TONES)


def region(key: Toned) -> Region:
    """A Vietnamese key with what regions confuse made one.

    hỏi/ngã, d/gi/r/v, s/x, ch/tr, l/n, final n/ng and t/c, as heard from north to south.

    >>> region(toned(canonical("sử lí"))) == region(toned(canonical("xử lý")))
    True
    """
    return Region(" ".join([_region_syllable(s) for s in key.split(" ")]))


class Keys(Struct, frozen=True):
    """The keys of one text in one language, finest first."""

    canonical: Canonical
    toned: Toned
    folded: Folded


def toned_key(text: str, *, vietnamese: bool) -> Toned:
    """The toned key of a headword or query; where it is not Vietnamese that is the canonical one."""
    key = canonical(text)
    return toned(key) if vietnamese else Toned(key)


def keys_of(text: str, *, vietnamese: bool) -> Keys:
    """The keys of a headword or query; where it is not Vietnamese its toned key is the canonical one."""
    first = canonical(text)
    second = toned(first) if vietnamese else Toned(first)
    return Keys(first, second, folded(second))


def _marks_apart(key: Canonical | Toned) -> str:
    """A key with each mark a character of its own, behind its letter; the bar of đ is one."""
    return unicodedata.normalize("NFD", key).replace("đ", "d\u0335")


def lacks_only_marks(query: Toned, headword: Toned) -> bool:
    """Whether two keys of one folded form differ only by marks that `query` leaves out.

    >>> lacks_only_marks(Toned("nghi quyêt"), toned(canonical("nghị quyết")))
    True
    >>> lacks_only_marks(toned(canonical("má")), toned(canonical("mà")))
    False
    """
    if query.isascii():
        return True
    typed, meant = _marks_apart(query), _marks_apart(headword)
    return OSA.distance(typed, meant) == len(meant) - len(typed)  # then nothing but insertions lies between them
