"""The keys under which headwords are stored and queries looked up.

Each key is a type of its own, made by one function from the next finer key, so that what is equal under
one key is equal under every coarser one. A query goes through the same functions as the headwords did. Those that only
some languages have are made by their profiles.

| key | what it treats alike | example |
|---|---|---|
| canonical | composition, case, spaces, apostrophes, hyphens | `Hà-Nội` = `hà nội` |
| toned | (Vietnamese) where the tone mark stands; i/y ending a syllable | `hoà` = `hòa`, `quí` = `quý` |
| folded | every diacritic; scripts | `nghi quyet`, `bei jing` |
| region | (Vietnamese) sounds that regions confuse | `sử lí` = `xử lý` |
| spaceless | spaces | `hocsinh` |
"""

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
"""ISO 639-1 code of Vietnamese."""

_UNIFIED_PUNCTUATION = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2212_"), " ") | dict.fromkeys(
    map(ord, "\u2019\u2018\u02bc\u02b9\u00b4\u0060\uff07"), "'"
)
_NOT_SHOWN = {code: None for code in INVISIBLE if chr(code) >= " "} | dict.fromkeys(range(32), " ")
_UNIFIED = _UNIFIED_PUNCTUATION | _NOT_SHOWN
_TO_UNIFY = re.compile(f"[{re.escape(''.join(map(chr, _UNIFIED)))}]")
"""Most texts hold none of these, and looking for them is faster than translating."""


def canonical(text: str) -> Canonical:
    """`text` with composition, case, spaces, apostrophes and hyphens unified.

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


class Keys(Struct, frozen=True, gc=False):
    """The keys of one text in one language, finest first."""

    canonical: Canonical
    toned: Toned
    folded: Folded


def _marks_apart(key: Canonical | Toned) -> str:
    """A key with each mark a character of its own, behind its letter; the bar of đ is one."""
    return unicodedata.normalize("NFD", key).replace("đ", "d\u0335")


def lacks_only_marks(query: Toned, headword: Toned) -> bool:
    r"""Whether two keys of one folded form differ only by marks that `query` leaves out.

    >>> lacks_only_marks(Toned("nghi quyêt"), Toned("nghi\u0323 quyêt\u0301"))
    True
    >>> lacks_only_marks(Toned("ma\u0301"), Toned("ma\u0300"))
    False
    """
    if query.isascii():
        return True
    typed, meant = _marks_apart(query), _marks_apart(headword)
    return OSA.distance(typed, meant) == len(meant) - len(typed)  # then nothing but insertions lies between them
