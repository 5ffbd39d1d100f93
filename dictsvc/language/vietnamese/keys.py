"""The keys that only Vietnamese has: tone marks at the ends of syllables; what regions confuse, treated alike."""

import re
import unicodedata
from functools import lru_cache

from dictsvc.language.keys import Canonical, Region, Toned

TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
"""Huyền, sắc, ngã, hỏi, nặng as combining characters."""

_LAST_ALPHABET = 0x2000
"""No letter beyond has a tone mark in it: a test looks at all of them."""


def _has_tone(character: str) -> bool:
    return any(c in TONE_MARKS for c in unicodedata.normalize("NFD", character))


_WITH_TONE = re.compile(f"[{''.join(filter(_has_tone, map(chr, range(_LAST_ALPHABET))))}]")
_FINAL_Y = re.compile(r"^([bcdđfghjklmnpqrstvxz]+|qu)y$")


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

    >>> from dictsvc.language.keys import canonical
    >>> toned(canonical("hoà")) == toned(canonical("hòa")), toned(canonical("kỹ")) == toned(canonical("kĩ"))
    (True, True)
    >>> toned(canonical("thúy")) == toned(canonical("thúi"))
    False
    """
    if key.isascii() and "y" not in key:
        return Toned(key)
    return Toned(" ".join([_toned_syllable(s) for s in key.split(" ")]))


_REGION_ONSETS = {"ngh": "ng", "gh": "g", "tr": "ch", "gi": "d", "s": "x", "r": "d", "v": "d", "l": "n"}
_REGION_ONSET = re.compile("(?:ngh|gh|tr|gi|[srvl])(?=.)|gi$")
_REGION_TONES = str.maketrans({"\u0309": "\u0303"})


@lru_cache(maxsize=4096)
def _region_syllable(syllable: str) -> str:
    bare = syllable.rstrip(TONE_MARKS)
    tones = syllable[len(bare) :]
    if found := _REGION_ONSET.match(bare):
        onset = found[0]
        # in `gì` and `giêng` the i is also the vowel
        rest = bare[len(onset) :] if onset != "gi" or bare[2:3] not in ("", "ê") else "i" + bare[2:]
        bare = _REGION_ONSETS[onset] + rest
    if bare.endswith("ng"):
        bare = bare[:-1]
    elif bare.endswith("c") and len(bare) > 1:
        bare = bare[:-1] + "t"
    return bare + tones.translate(_REGION_TONES)


def region(key: Toned) -> Region:
    """A Vietnamese key that treats alike what regions confuse.

    hỏi/ngã, d/gi/r/v, s/x, ch/tr, l/n, final n/ng and t/c, as heard from north to south.

    >>> from dictsvc.language.keys import canonical
    >>> region(toned(canonical("sử lí"))) == region(toned(canonical("xử lý")))
    True
    """
    return Region(" ".join([_region_syllable(s) for s in key.split(" ")]))
