"""How words sound, roughly: the key by which misspellings far from their word in letters come near it.

A sound key holds the consonants of a word in classes, and whether it begins with a vowel. It is made for English
and serves the other languages in Latin letters, which share the confusions that matter (ph/f, c/k/s, doubles,
silent h).
"""

import re
from functools import lru_cache
from typing import NewType

from dictsvc.language.keys import Folded

Sound = NewType("Sound", str)

_SPELLINGS = re.compile(
    r"\b[kgpm](?=n)|\bp(?=s)|\bw(?=[rh])"  # knife, gnat, psalm, write, what
    r"|(?:ss|sc|[tscx])i(?=[aou])"  # nation, mission, special
    r"|dg(?=e)|tch|ch|sh|ph|gh|ck|x|th|c(?=[eiy])|(?<=[aeiou])w"
)
_SOUNDS = {"dg": "g", "tch": "S", "ch": "S", "sh": "S", "ph": "f", "ck": "k", "x": "ks", "th": "t", "c": "s"}
_SILENT = frozenset("kgpmw") | {"gh"}
_SIBILANT = "S"
_CLASSES = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f", "j": "g", "b": "p", "d": "t", "y": "i"})
_DOUBLES = re.compile(r"(\w)\1+")
_FIRST_VOWEL = re.compile(r"\b[aeiou]")
_OTHER_VOWELS = re.compile(r"\B[aeiou]+|[h' .]+")


def _sound_of(match: re.Match[str]) -> str:
    letters = match[0]
    return "" if letters in _SILENT else _SOUNDS.get(letters, _SIBILANT)


def sounds_in(text: str) -> str:
    """A text of many folded keys with each as it sounds; between them stand characters that are in no key.

    >>> sounds_in("physics|fisiks|knight|nite")
    'fsks|fsks|nt|nt'
    """
    text = _DOUBLES.sub(r"\1", _SPELLINGS.sub(_sound_of, text).translate(_CLASSES))
    return _OTHER_VOWELS.sub("", _FIRST_VOWEL.sub("A", text))


@lru_cache(maxsize=256)  # near and far words are compared with the same query
def sound(key: Folded) -> Sound:
    """The sound key of one word: `bureaucracy` and `burocrasy` are `prkrs`."""
    return Sound(sounds_in(key))
