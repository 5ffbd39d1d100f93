"""Alphabets: which letters a language has, in which order."""

import re

from dictsvc.language.keys import Canonical, canonical, folded

_IGNORED = re.compile(r"['.]")
_BETWEEN = re.compile(r"[\W_]+")
_FIRST_LETTER = 0x41  # above spaces, tones and digits


class Alphabet:
    """The letters of a language in order. Other characters sort as their base letters."""

    def __init__(self, letters: str, *, loans: str = "") -> None:
        """`letters` stand in order, with spaces between them; `loans` are those that begin loanwords only."""
        every = letters.split()
        self.initials = tuple(letter for letter in every if letter not in loans.split())
        """Letters under which headwords are looked for, in order."""
        self._rank = {letter: chr(_FIRST_LETTER + rank) for rank, letter in enumerate(every)}
        longest_first = sorted(every, key=len, reverse=True)
        self._pieces = re.compile("|".join([*map(re.escape, longest_first), r"[\s\S]"]))

    def ranks(self, text: str) -> str:
        """`text` with each letter replaced by a character that stands for its rank in the alphabet."""
        rank = self._rank
        return "".join([rank.get(piece) or self._derived(piece) for piece in self._pieces.findall(text)])

    def _derived(self, piece: str) -> str:
        rank = self._rank
        return "".join([rank.get(letter, letter) for letter in folded(Canonical(piece))]) or piece


LATIN = Alphabet("a b c d e f g h i j k l m n o p q r s t u v w x y z")


def collated(text: str) -> str:
    """A text as it is compared in alphabetical order: canonical, what is no letter replaced by a space or left out."""
    return _BETWEEN.sub(" ", _IGNORED.sub("", canonical(text))).strip()
