"""The six tones of Vietnamese."""

import unicodedata

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Combining marks of the tones in the order of the dictionaries: ngang (none), huyền, hỏi, ngã, sắc, nặng."""
_MARKED = frozenset(TONES[1:])


def tone_of(syllable: str) -> str:
    """The tone of a Vietnamese syllable, as one of `TONES`.

    >>> tone_of("nghị") == TONES[5], tone_of("nghi") == TONES[0]
    (True, True)
    """
    return next((letter for letter in unicodedata.normalize("NFD", syllable) if letter in _MARKED), "")


def is_whole(text: str) -> bool:
    """Whether the last syllable of a text bears a tone, so that nobody goes on typing it."""
    return bool(tone_of(text.rsplit(maxsplit=1)[-1]))


def without_tone(syllable: str) -> str:
    """A syllable without its tone mark: `nghị` → `nghi`, but `quyết` → `quyêt`."""
    letters = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join([letter for letter in letters if letter not in _MARKED]))
