"""What errors in Vietnamese cost: syllables are compared part by part (onset, nucleus, coda, tone).

The costs are fitted on real misspellings by `python -m tests.quality.fit`, which names errors by the same functions.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import Toned, folded
from dictsvc.language.noise import NoiseModel
from dictsvc.language.vietnamese.keys import TONE_MARKS

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
"""What a mark left out costs where no mark of its kind was typed at all: that is a way of typing, not an error."""
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
_LIKE_NUCLEI = frozenset(["iu", "iêu", "yêu", "ưu", "ươu"]), frozenset(("i", "y")), frozenset(("uy", "ui"))
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
def onset_errors(typed: str, meant: str) -> tuple[str, ...]:
    """The errors between two onsets."""
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
def nucleus_errors(typed: str, meant: str) -> tuple[str, ...]:
    """The errors between the vowels of two syllables."""
    if typed == meant:
        return ()
    if any(typed in like and meant in like for like in _LIKE_NUCLEI):
        return ("iêu/iu",)
    if typed in _HALVES and meant == "ươ":
        return ("half of ươ",)
    bare, bare_meant = _bare(typed), _bare(meant)
    if bare != bare_meant:
        return ("vowel letter",) * OSA.distance(typed, meant)
    errors = []
    for one, other, letter in zip(typed, meant, bare, strict=True):
        if one != other:
            left_out, added = one == letter, other == letter
            errors.append(
                f"vowel mark {'left out' if left_out else 'added'}" if left_out or added else "another vowel mark"
            )
    return tuple(errors)


@lru_cache(maxsize=1024)
def coda_errors(typed: str, meant: str) -> tuple[str, ...]:
    """The errors between two final consonants."""
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
def tone_errors(typed: str, meant: str) -> tuple[str, ...]:
    """The errors between two tones, given as combining marks."""
    if typed == meant:
        return ()
    if not typed or not meant:
        return ("tone added" if typed else "tone left out",)
    return ("hỏi/ngã",) if {typed, meant} == {_HOI, _NGA} else ("another tone",)


PART_ERRORS = (onset_errors, nucleus_errors, coda_errors, tone_errors)
"""In the order of the fields of `SyllableParts`."""


class Marking(StrEnum):
    """How someone types: what is never typed is not left out by mistake."""

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


def syllable_errors(typed: Toned, meant: Toned) -> list[str]:
    """The errors by which one toned key comes out as another, by name; of two ways to see them the cheaper.

    >>> from dictsvc.language.keys import canonical
    >>> from dictsvc.language.vietnamese.keys import toned
    >>> syllable_errors(toned(canonical("sử lí")), toned(canonical("xử lý")))
    ['s/x']
    """
    by_parts = _errors_of_parts(typed, meant)
    if by_parts is None:
        return _errors_of_letters(typed, meant)
    cost = _cost(by_parts)
    edits = _edits_of_letters(typed, meant) if cost > SYLLABLE_COSTS["mark"] else 1
    if cost <= SYLLABLE_COSTS["mark"] * edits:  # no edit of a letter costs less
        return by_parts
    by_letters = _errors_of_letters(typed, meant)
    return by_letters if _cost(by_letters) < cost else by_parts


def _cost(errors: list[str], costs: Mapping[str, float] = SYLLABLE_COSTS) -> float:
    return sum([costs[error] for error in errors])


def _errors_of_parts(typed: Toned, meant: Toned) -> list[str] | None:
    typed_syllables, meant_syllables = typed.split(" "), meant.split(" ")
    if len(typed_syllables) != len(meant_syllables):
        return None
    errors: list[str] = []
    for one, other in zip(typed_syllables, meant_syllables, strict=True):
        if one != other:
            parts, other_parts = syllable_parts(one), syllable_parts(other)
            if parts is None or other_parts is None:
                return None
            for errors_between, part, other_part in zip(PART_ERRORS, parts, other_parts, strict=True):
                if part != other_part:
                    errors += errors_between(part, other_part)
    return errors


def _errors_of_letters(typed: Toned, meant: Toned) -> list[str]:
    letters = OSA.distance(folded(typed), folded(meant))
    return ["letter"] * letters + ["mark"] * max(0, _edits_of_letters(typed, meant) - letters)


def _edits_of_letters(typed: Toned, meant: Toned) -> int:
    """The edits between two keys whose marks are letters of their own."""
    return OSA.distance(unicodedata.normalize("NFD", typed), unicodedata.normalize("NFD", meant))


def syllables_cost(typed: Toned, meant: Toned) -> float:
    """What the errors between two toned keys cost."""
    if typed == meant:
        return 0.0
    return _cost(syllable_errors(typed, meant), COSTS_OF_MARKING[marking(typed)])


@lru_cache(maxsize=1024)
def _bare(letters: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c))


SYLLABLES = NoiseModel(
    costs=SYLLABLE_COSTS,
    commonness_weight=0.6 / STEPS_PER_ZIPF,
    allowance=3.0,
    letter_bonus=0.4,
    two_edits_from=4,  # two edits would reach half of all shorter syllables
)
"""The noise model of Vietnamese."""
