"""What slips cost: the noise model behind typos.

Between what was typed and a headword lie slips: a letter left out, a vowel for another, s for x. Each kind of
slip has a cost, minus the natural logarithm of how likely people make it (up to a constant), and the costs add
up. Two tables hold them all: `LETTER_COSTS` for languages written letter by letter, `SYLLABLE_COSTS` for
Vietnamese, whose syllables are compared part by part (onset, nucleus, coda, tone). Both are fitted on real
misspellings by `python -m tests.quality.fit`, which names the slips by the same functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, cast

from rapidfuzz.distance import OSA, Levenshtein

from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import TONE_MARKS, Toned, folded

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
LETTER_WORTH = 1.4 / STEPS_PER_ZIPF
SYLLABLE_WORTH = 0.6 / STEPS_PER_ZIPF
"""What a step of commonness is worth against the cost of slips: fitted with them."""
SYLLABLE_ALLOWANCE = 3.0
"""Taken off all costs in Vietnamese, so that guesses of equal loss are right equally often in every language."""
LETTER_AGREEMENT, SYLLABLE_AGREEMENT = 1.2, 0.4
"""What each letter of a query beyond eight is worth to a guess, up to fourteen: measured. A long word seldom looks like
another by chance, so that a guess at it with two slips is oftener right than one at a short word with one."""
_LEAST_AGREEING, _MOST_AGREEING = 8, 14
# `first letter`, `last letter` and `strange letter` (one that only one of the two words has) come on top of others.
_VOWELS = frozenset("aeiouy")
_UNSTRESSED = frozenset(("ae", "ea", "ei", "ie", "eu"))
"""Typed and meant: vowels that sound the same in unstressed syllables, so that e stands for most."""
_ALIKE = frozenset(
    pair for a, b in ("cs", "ck", "cq", "kq", "sz", "sx", "fv", "mn", "bp", "dt", "gj", "iy") for pair in (a + b, b + a)
)  # fmt: skip


def length_bonus(query: str, *, vietnamese: bool) -> float:
    """What the length of a folded query is worth to every guess at it."""
    each = SYLLABLE_AGREEMENT if vietnamese else LETTER_AGREEMENT
    return each * max(0, min(len(query), _MOST_AGREEING) - _LEAST_AGREEING)


def letter_slips(typed: str, meant: str) -> list[str]:
    """The slips by which a folded key `meant` comes out as `typed`, by name.

    >>> letter_slips("recieve", "receive"), letter_slips("tomorow", "tomorrow"), letter_slips("fotograf", "photograph")
    (['transposed'], ['one of a double left out'], ...)
    """
    slips: list[str] = []
    edits = cast("list[tuple[str, int, int]]", Levenshtein.editops(meant, typed).as_list())
    place = 0
    while place < len(edits):
        tag, i, j = edits[place]
        if place + 1 < len(edits) and _transposes(edits[place], edits[place + 1], typed, meant):
            slips.append("transposed")
            place += 1
        elif tag == "replace":
            slips.append(_replaced(typed[j], meant[i]))
        elif tag == "delete":
            slips.append(_left_out(meant, i))
        else:
            slips.append(_added(typed, j))
        if i == 0 and j == 0:
            slips.append("first letter")
        place += 1
    if typed[-1:] != meant[-1:]:
        slips.append("last letter")
    slips += ["strange letter"] * len(set(typed).symmetric_difference(meant))
    return slips


def _transposes(first: tuple[str, int, int], second: tuple[str, int, int], typed: str, meant: str) -> bool:
    (tag, i, j), (tag2, i2, j2) = first, second
    if tag == tag2 == "replace":
        return i2 == i + 1 and meant[i] == typed[j2] and meant[i2] == typed[j]
    if tag == "insert" and tag2 == "delete":
        return i2 == i + 1 and typed[j] == meant[i2]
    return tag == "delete" and tag2 == "insert" and i2 == i + 2 and meant[i] == typed[j2]


def _replaced(typed: str, meant: str) -> str:
    if typed == " " or meant == " ":
        return "space"
    if typed + meant in _ALIKE:
        return "like for like"
    if (typed in _VOWELS) != (meant in _VOWELS):
        return "vowel for consonant"
    if typed + meant in _UNSTRESSED:
        return "unstressed vowel"
    return "vowel for vowel" if typed in _VOWELS else "consonant for consonant"


def _left_out(meant: str, place: int) -> str:
    letter = meant[place]
    if letter in (meant[place - 1 : place], meant[place + 1 : place + 2]):
        return "one of a double left out"
    if letter == "e" and place == len(meant) - 1:
        return "final e left out"
    return _of_letter(letter) + (" left out" if letter != " " else "")


def _added(typed: str, place: int) -> str:
    letter = typed[place]
    if letter in (typed[place - 1 : place], typed[place + 1 : place + 2]):
        return "letter doubled"
    if letter == "e" and place == len(typed) - 1:
        return "final e added"
    return _of_letter(letter) + (" added" if letter != " " else "")


def _of_letter(letter: str) -> str:
    if letter == " ":
        return "space"
    return "vowel" if letter in _VOWELS else "consonant" if letter.isalpha() else "sign"


def letters_cost(typed: str, meant: str) -> float:
    """What the slips between two folded keys cost, their sound left aside."""
    costs = LETTER_COSTS
    return sum([costs[slip] for slip in letter_slips(typed, meant)])


SYLLABLE_COSTS = {
    "s/x": 1.0,
    "d/gi": 1.0,
    "l/n": 2.5,
    "ch/tr": 2.9,
    "gi/r": 2.2,
    "gi/v": 2.7,
    "g/r": 2.6,
    "d/r": 3.4,
    "d/v": 3.5,
    "onset respelled": 2.3,
    "d for đ": 2.8,
    "đ for d": 2.8,
    "another onset": 3.4,
    "onset letter": 3.4,
    "iêu/iu": 1.0,
    "half of ươ": 1.7,
    "vowel mark left out": 3.0,
    "vowel mark added": 3.1,
    "another vowel mark": 3.5,
    "vowel letter": 4.9,
    "n/ng, t/c": 2.7,
    "n/nh, t/ch": 3.4,
    "coda left out": 3.1,
    "coda added": 4.8,
    "coda letter": 3.5,
    "hỏi/ngã": 1.0,
    "tone left out": 2.6,
    "tone added": 4.1,
    "another tone": 4.2,
    "letter": 6.0,
    "mark": 4.3,
}
_NEVER_TYPED = 0.1
"""What a mark left out costs where no mark of its kind was typed at all: that is a way of typing, not a slip."""
_TONE_MARKS = frozenset(TONE_MARKS)
_HOI, _NGA = "\u0309", "\u0303"
_ONSETS = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p q r s t v x z w f j".split()  # noqa: SIM905
_SYLLABLE = re.compile(rf"({'|'.join(_ONSETS)})?([aăâeêioôơuưy]+)(ch|ng|nh|[cmnpt])?([{TONE_MARKS}])?")
_REGIONAL_ONSETS = {
    pair: f"{min(pair)}/{max(pair)}"
    for pair in map(frozenset, (("s", "x"), ("d", "gi"), ("l", "n"), ("ch", "tr"), ("gi", "r"), ("gi", "v"),
                                ("g", "r"), ("d", "r"), ("d", "v")))
}  # fmt: skip
_RESPELLED_ONSETS = frozenset(map(frozenset, (("c", "k"), ("g", "gh"), ("ng", "ngh"), ("c", "qu"), ("k", "qu"))))
_LIKE_RIMES = frozenset(["iu", "iêu", "yêu", "ưu", "ươu"]), frozenset(("i", "y")), frozenset(("uy", "ui"))
"""Vowels that many speak alike: of the first group, any for any."""
_HALVES = frozenset(("ưo", "uơ"))
_REGIONAL_CODAS = frozenset(map(frozenset, (("n", "ng"), ("t", "c"))))
_NEAR_CODAS = frozenset(map(frozenset, (("n", "nh"), ("t", "ch"), ("c", "ch"), ("ng", "nh"))))


class SyllableParts(NamedTuple):
    """A syllable as it is compared: `nghiêng` is ngh + iê + ng, level."""

    onset: str
    nucleus: str
    coda: str
    tone: str


@lru_cache(maxsize=4096)
def syllable_parts(syllable: str) -> SyllableParts | None:
    """The parts of a syllable of a toned key; None where it has not the build of one.

    Misspelled ones have parts too (`ngề`, `gách`), unlike with `syllables.parsed`.
    """
    match = _SYLLABLE.fullmatch(syllable)
    if match is None:
        return None
    onset, nucleus, coda, tone = (part or "" for part in match.groups())
    if onset == "g" and nucleus == "i":  # the i of gì and gìn is both the end of the onset and the vowel
        onset = "gi"
    elif onset == "gi" and nucleus[0] == "ê":  # and so is that of giêng
        nucleus = "i" + nucleus
    return SyllableParts(onset, nucleus, coda, tone)


@lru_cache(maxsize=4096)
def onset_slips(typed: str, meant: str) -> tuple[str, ...]:
    """The slips between two onsets."""
    if typed == meant:
        return ()
    pair = frozenset((typed, meant))
    if pair in _REGIONAL_ONSETS:
        return (_REGIONAL_ONSETS[pair],)
    if pair in _RESPELLED_ONSETS:
        return ("onset respelled",)
    if pair == {"d", "đ"}:
        return (f"{typed} for {meant}",)
    return ("another onset", *["onset letter"] * OSA.distance(typed, meant))


@lru_cache(maxsize=4096)
def nucleus_slips(typed: str, meant: str) -> tuple[str, ...]:
    """The slips between the vowels of two syllables."""
    if typed == meant:
        return ()
    if any(typed in like and meant in like for like in _LIKE_RIMES):
        return ("iêu/iu",)
    if typed in _HALVES and meant == "ươ":
        return ("half of ươ",)
    bare, bare_meant = _bare(typed), _bare(meant)
    if bare != bare_meant:
        return ("vowel letter",) * OSA.distance(typed, meant)
    slips = []
    for mine, theirs, letter in zip(typed, meant, bare, strict=True):
        if mine != theirs:
            left_out, added = mine == letter, theirs == letter
            slips.append(
                f"vowel mark {'left out' if left_out else 'added'}" if left_out or added else "another vowel mark"
            )
    return tuple(slips)


@lru_cache(maxsize=1024)
def coda_slips(typed: str, meant: str) -> tuple[str, ...]:
    """The slips between two final consonants."""
    if typed == meant:
        return ()
    if not typed or not meant:
        return ("coda added" if typed else "coda left out",)
    pair = frozenset((typed, meant))
    if pair in _REGIONAL_CODAS:
        return ("n/ng, t/c",)
    if pair in _NEAR_CODAS:
        return ("n/nh, t/ch",)
    return ("coda letter",) * OSA.distance(typed, meant)


@lru_cache(maxsize=64)
def tone_slips(typed: str, meant: str) -> tuple[str, ...]:
    """The slips between two tones, given as combining marks."""
    if typed == meant:
        return ()
    if not typed or not meant:
        return ("tone added" if typed else "tone left out",)
    return ("hỏi/ngã",) if {typed, meant} == {_HOI, _NGA} else ("another tone",)


PART_SLIPS = (onset_slips, nucleus_slips, coda_slips, tone_slips)
"""In the order of the fields of `SyllableParts`."""


class Marking(StrEnum):
    """How someone types: what is never typed is not left out by a slip."""

    FULL = "full"
    TONELESS = "toneless"
    BARE = "bare"


_TONELESS_COSTS = SYLLABLE_COSTS | {"tone left out": _NEVER_TYPED}
COSTS_OF_MARKING: Mapping[Marking, Mapping[str, float]] = {
    Marking.FULL: SYLLABLE_COSTS,
    Marking.TONELESS: _TONELESS_COSTS,
    Marking.BARE: _TONELESS_COSTS
    | dict.fromkeys(("vowel mark left out", "d for đ", "half of ươ", "mark"), _NEVER_TYPED),
}


def marking(typed: Toned) -> Marking:
    """Whether a query is typed with all its marks, without tones, or without any mark."""
    if typed.isascii():
        return Marking.BARE
    return Marking.TONELESS if _TONE_MARKS.isdisjoint(typed) else Marking.FULL


def syllable_slips(typed: Toned, meant: Toned) -> list[str]:
    """The slips by which one toned key comes out as another, by name; of two ways to see them the cheaper.

    >>> from dictsvc.language.keys import canonical, toned
    >>> syllable_slips(toned(canonical("sử lí")), toned(canonical("xử lý")))
    ['s/x']
    """
    by_parts = _slips_of_parts(typed, meant)
    if by_parts is None:
        return _slips_of_letters(typed, meant)
    cost = _cost(by_parts)
    edits = _edits_of_letters(typed, meant) if cost > SYLLABLE_COSTS["mark"] else 1
    if cost <= SYLLABLE_COSTS["mark"] * edits:  # no edit of a letter costs less
        return by_parts
    by_letters = _slips_of_letters(typed, meant)
    return by_letters if _cost(by_letters) < cost else by_parts


def _cost(slips: list[str], costs: Mapping[str, float] = SYLLABLE_COSTS) -> float:
    return sum([costs[slip] for slip in slips])


def _slips_of_parts(typed: Toned, meant: Toned) -> list[str] | None:
    mine, theirs = typed.split(" "), meant.split(" ")
    if len(mine) != len(theirs):
        return None
    slips: list[str] = []
    for one, other in zip(mine, theirs, strict=True):
        if one != other:
            parts, other_parts = syllable_parts(one), syllable_parts(other)
            if parts is None or other_parts is None:
                return None
            for slips_between, part, other_part in zip(PART_SLIPS, parts, other_parts, strict=True):
                if part != other_part:
                    slips += slips_between(part, other_part)
    return slips


def _slips_of_letters(typed: Toned, meant: Toned) -> list[str]:
    mine, theirs = folded(typed), folded(meant)
    letters = 0 if mine == theirs else OSA.distance(mine, theirs)
    return ["letter"] * letters + ["mark"] * max(0, _edits_of_letters(typed, meant) - letters)


def _edits_of_letters(typed: Toned, meant: Toned) -> int:
    """The edits between two keys whose marks are letters of their own."""
    return OSA.distance(unicodedata.normalize("NFD", typed), unicodedata.normalize("NFD", meant))


def syllables_cost(typed: Toned, meant: Toned) -> float:
    """What the slips between two toned keys cost."""
    if typed == meant:
        return 0.0
    return _cost(syllable_slips(typed, meant), COSTS_OF_MARKING[marking(typed)])


@lru_cache(maxsize=1024)
def _bare(letters: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c))
