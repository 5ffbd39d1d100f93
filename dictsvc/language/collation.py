"""Alphabetical order, each language's own.

Vietnamese is ordered as its printed dictionaries are: syllable by syllable, within a syllable by letters
(a ă â b c d đ …) and only then by tone (none, huyền, hỏi, ngã, sắc, nặng): ma, ma túy, mà, má, mạ, mác, mê.
"""

from __future__ import annotations

import re
import unicodedata

from dictsvc.language.keys import VIETNAMESE, Canonical, canonical, folded

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""The six tones in the order of the dictionaries, each as its combining mark."""
_TONE_NAMES = dict(zip(TONES, ("ngang", "huyền", "hỏi", "ngã", "sắc", "nặng"), strict=True))
_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_ALPHABETS = {
    VIETNAMESE: "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "ru": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
}
"""Letters that are letters of their own there; what is none of them sorts as the letter it is made from."""
_LOANS = frozenset("fjwz")
"""In Vietnamese these stand in loanwords only."""
_UNHEARD = re.compile(r"['.]")
_BETWEEN = re.compile(r"[\W_]+")
_FIRST_LETTER = 0x41  # above spaces, tones and digits
_FIRST_TONE = 0x21


class _Alphabet:
    def __init__(self, letters: str) -> None:
        self.letters = tuple(letters.split())
        self._rank = {letter: chr(_FIRST_LETTER + place) for place, letter in enumerate(self.letters)}
        longest_first = sorted(self.letters, key=len, reverse=True)
        self._pieces = re.compile("|".join([*map(re.escape, longest_first), r"[\s\S]"]))

    def ranks(self, text: str) -> str:
        """`text` with each letter replaced by its place in the alphabet."""
        rank = self._rank
        return "".join([rank.get(piece) or self._derived(piece) for piece in self._pieces.findall(text)])

    def _derived(self, piece: str) -> str:
        rank = self._rank
        return "".join([rank.get(letter, letter) for letter in folded(Canonical(piece))]) or piece


_BY_LANGUAGE = {language: _Alphabet(letters) for language, letters in _ALPHABETS.items()}
_PLAIN = _Alphabet(_LATIN)


def alphabet(language: str) -> tuple[str, ...]:
    """The letters under which a language's headwords are looked for, in order."""
    letters = _BY_LANGUAGE.get(language, _PLAIN).letters
    return tuple(letter for letter in letters if language != VIETNAMESE or letter not in _LOANS)


def tone_of(syllable: str) -> str:
    """The tone of a Vietnamese syllable, as one of `TONES`.

    >>> tone_of("nghị") == TONES[5], tone_of("nghi") == TONES[0]
    (True, True)
    """
    return next((letter for letter in unicodedata.normalize("NFD", syllable) if letter in _MARKED), "")


def tone_name(tone: str) -> str:
    """What a tone is called in Vietnamese."""
    return _TONE_NAMES[tone]


_MARKED = frozenset(TONES[1:])


def sort_key(text: str, language: str) -> str:
    """A key whose order by code points is the alphabetical order of headwords.

    >>> words = ["mê", "má", "mác", "ma túy", "mà", "mạ", "ma"]
    >>> sorted(words, key=lambda word: sort_key(word, "vi"))
    ['ma', 'ma túy', 'mà', 'má', 'mạ', 'mác', 'mê']
    """
    written = _BETWEEN.sub(" ", _UNHEARD.sub("", canonical(text))).strip()
    if language == VIETNAMESE:
        return " ".join([_syllable_key(syllable) for syllable in written.split(" ")])
    return _BY_LANGUAGE.get(language, _PLAIN).ranks(written)


def _syllable_key(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    bare = unicodedata.normalize("NFC", "".join([letter for letter in letters if letter not in _MARKED]))
    return _BY_LANGUAGE[VIETNAMESE].ranks(bare) + chr(_FIRST_TONE + TONES.index(tone_of(syllable)))
