"""The noise model of languages written letter by letter: what each error between two folded keys costs."""

from typing import cast

from rapidfuzz.distance import Levenshtein

from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.noise import NoiseModel

LETTER_COSTS = {
    "transposed": 1.2,
    "one of a double left out": 0.7,
    "letter doubled": 2.4,
    "vowel for vowel": 2.2,
    "unstressed vowel": 1.2,
    "like for like": 1.1,
    "consonant for consonant": 2.3,
    "vowel for consonant": 1.9,
    "vowel left out": 1.1,
    "consonant left out": 0.3,
    "final e left out": 0.3,
    "sign left out": 2.0,
    "vowel added": 2.8,
    "consonant added": 3.0,
    "final e added": 2.0,
    "sign added": 3.2,
    "space": 1.8,
    "first letter": 1.4,
    "last letter": 0.4,
    "strange letter": 0.7,
    "sound": 1.4,
}
"""Kind of error → cost, fitted on English. `first letter`, `last letter` and `strange letter` (one that only one of the
two words has) come on top of others; `sound` is that of each edit between the sound keys."""
UNSTRESSED_VOWELS = frozenset(("ae", "ea", "ei", "ie", "eu"))
"""Typed and meant: vowels that sound the same in unstressed syllables, so that e stands for most."""
LIKE_LETTERS = frozenset(
    pair for a, b in ("cs", "ck", "cq", "kq", "sz", "sx", "fv", "mn", "bp", "dt", "gj", "iy") for pair in (a + b, b + a)
)
"""Typed and meant: letters that sound or look alike."""
_VOWELS = frozenset("aeiouy")
_Edit = tuple[str, int, int]


class LetterModel(NoiseModel, frozen=True, eq=False, kw_only=True):
    """The noise model of a language written letter by letter; a language may have costs and pairs of its own."""

    commonness_weight: float = 1.4 / STEPS_PER_ZIPF
    letter_bonus: float = 1.2
    two_edits_from: int = 3
    like_letters: frozenset[str] = LIKE_LETTERS
    unstressed_vowels: frozenset[str] = UNSTRESSED_VOWELS

    def cost(self, typed: str, meant: str) -> float:
        """What the errors between two folded keys cost, their sound left aside."""
        costs = self.costs
        return sum([costs[error] for error in self.errors(typed, meant)])

    def errors(self, typed: str, meant: str) -> list[str]:
        """The errors by which a folded key `meant` comes out as `typed`, by name.

        >>> [LETTERS.errors(*pair) for pair in (("recieve", "receive"), ("tomorow", "tomorrow"))]
        [['transposed'], ['one of a double left out']]
        """
        errors: list[str] = []
        edits = cast("list[_Edit]", Levenshtein.editops(meant, typed).as_list())
        position = 0
        while position < len(edits):
            tag, i, j = edits[position]
            if position + 1 < len(edits) and _transposes(edits[position], edits[position + 1], typed, meant):
                errors.append("transposed")
                position += 1
            elif tag == "replace":
                errors.append(self._replaced(typed[j], meant[i]))
            elif tag == "delete":
                errors.append(_single(meant, i, "left out", "one of a double left out"))
            else:
                errors.append(_single(typed, j, "added", "letter doubled"))
            if i == 0 and j == 0:
                errors.append("first letter")
            position += 1
        if typed[-1:] != meant[-1:]:
            errors.append("last letter")
        errors += ["strange letter"] * len(set(typed).symmetric_difference(meant))
        return errors

    def _replaced(self, typed: str, meant: str) -> str:
        if typed == " " or meant == " ":
            return "space"
        if typed + meant in self.like_letters:
            return "like for like"
        if (typed in _VOWELS) != (meant in _VOWELS):
            return "vowel for consonant"
        if typed + meant in self.unstressed_vowels:
            return "unstressed vowel"
        return "vowel for vowel" if typed in _VOWELS else "consonant for consonant"


def _transposes(first: _Edit, second: _Edit, typed: str, meant: str) -> bool:
    (tag, i, j), (tag2, i2, j2) = first, second
    if tag == tag2 == "replace":
        return i2 == i + 1 and meant[i] == typed[j2] and meant[i2] == typed[j]
    if tag == "insert" and tag2 == "delete":
        return i2 == i + 1 and typed[j] == meant[i2]
    return tag == "delete" and tag2 == "insert" and i2 == i + 2 and meant[i] == typed[j2]


def _single(text: str, position: int, what: str, doubled: str) -> str:
    """The error that one letter of a text was left out or added (`what`); `doubled` where it stands twice there."""
    letter = text[position]
    if letter in (text[position - 1 : position], text[position + 1 : position + 2]):
        return doubled
    if letter == "e" and position == len(text) - 1:
        return f"final e {what}"
    return "space" if letter == " " else f"{_class_of(letter)} {what}"


def _class_of(letter: str) -> str:
    return "vowel" if letter in _VOWELS else "consonant" if letter.isalpha() else "sign"


LETTERS = LetterModel(costs=LETTER_COSTS)
"""The noise model of languages that have none of their own."""
