"""The order of results: two hard rules, and between them one score.

1. `exact`, then `spelling`, come before everything.
2. `prefix`, `translation` and `part` come after everything.

Between them the score decides: how likely it is to make this slip when this word is meant, times how common
the word is. Both are kept as natural logarithms: a slip costs, commonness is worth.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from dictsvc.language.frequency import STEPS_PER_ZIPF
from dictsvc.language.keys import Keys, keys_of
from dictsvc.model import Idiom, MatchKind, Mode, Sense
from dictsvc.search.query import Candidate, Search
from dictsvc.storage.records import Body

_FIRST = {MatchKind.EXACT: 0, MatchKind.SPELLING: 1}
_LAST = frozenset({MatchKind.PREFIX, MatchKind.TRANSLATION, MatchKind.PART})
_MIDDLE_TIER, _LAST_TIER = 2, 3

SLIP_OF_SPACE = 2.0
SLIP_OF_REGION = 3.0
_SLIP_OF_MISSING_MARKS = 0.5
_SLIP_OF_FORM = 0.7
_SLIP_OF_WRONG_MARK = 3.0
_SLIP_OF_EDIT = 4.5
_SLIP_OF_FIRST_LETTER = 2.0
_WORTH_OF_ZIPF = 0.9
_SCORE_SCALE = 8.0
_SHORT, _MIDDLING = 3, 5


def worth(commonness: int) -> float:
    """What a headword's commonness (in 1/25 Zipf) is worth against the cost of a slip."""
    return _WORTH_OF_ZIPF * commonness / STEPS_PER_ZIPF


def most_edits(key: str) -> int:
    """How many edits a key of this length may suffer and still be recognised."""
    return 1 if len(key) <= _SHORT else 2


def cost_of_edits(distance: int) -> float:
    """What edits to the folded key cost, wherever they are."""
    return _SLIP_OF_EDIT * distance


def slip_of_marks(kind: MatchKind, typed: str, meant: str) -> float:
    """The cost of writing `meant` as `typed`, which has the same letters."""
    if kind in _FIRST:
        return 0.0
    if kind is MatchKind.FORM:
        return _SLIP_OF_FORM
    if kind is MatchKind.UNACCENTED:
        return _SLIP_OF_MISSING_MARKS
    return _SLIP_OF_WRONG_MARK * max(1, _wrong_marks(typed, meant))


def _wrong_marks(typed: str, meant: str) -> int:
    mine, theirs = _marks(typed), _marks(meant)
    return sum(1 for mark in mine if mark not in theirs) if mine != theirs else 0


def _marks(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", text.casefold()) if unicodedata.combining(c)]


def slip_of_typo(mine: Keys, theirs: Keys, distance: int) -> float:
    """The cost of writing one headword as another, `distance` edits of letters away."""
    marked = OSA.distance(unicodedata.normalize("NFD", mine.toned), unicodedata.normalize("NFD", theirs.toned))
    slip = cost_of_edits(distance)
    if not mine.toned.isascii():
        slip += 1.5 * max(0, marked - distance)
    if mine.folded[:1] != theirs.folded[:1]:
        slip += _SLIP_OF_FIRST_LETTER
    return slip


def slip_of_prefix(letters_missing: int, *, accents_agree: bool) -> float:
    """The cost of leaving off the end of a headword."""
    return 0.15 * letters_missing + (0.0 if accents_agree else 2.0)


def slip_of_part(words: int, of_words: int) -> float:
    """The cost of a headword that is only some words of the query."""
    return 6.0 * (1 - words / of_words)


def best_gloss(body: Body, mine: Keys, *, vietnamese: bool) -> tuple[str, float] | None:
    """The gloss that agrees best with a query, and how far it is from being just that; None if none has it."""
    best: tuple[float, str] | None = None
    for place, gloss in enumerate(_glosses(body.senses, body.idioms)):
        for item in gloss.replace(";", ",").split(","):
            theirs = keys_of(item, vietnamese=vietnamese)
            if theirs.toned == mine.toned:
                slip = 0.5
            elif theirs.folded == mine.folded:
                slip = 1.5
            elif f" {mine.toned} " in f" {theirs.toned} ":
                slip = 2.0 + 0.1 * (len(theirs.toned) - len(mine.toned))
            elif f" {mine.folded} " in f" {theirs.folded} ":
                slip = 4.0 + 0.1 * (len(theirs.toned) - len(mine.toned))
            else:
                continue
            slip += 0.2 * min(place, 10)
            if best is None or slip < best[0]:
                best = slip, item.strip()
    return None if best is None else (best[1], best[0])


def _glosses(senses: Sequence[Sense], idioms: Sequence[Idiom]) -> list[str]:
    return [s.gloss for s in senses] + [s.gloss for idiom in idioms for s in idiom.senses]


def score(candidate: Candidate) -> float:
    """0 to 1: how probable it is that this headword is meant, comparable within one answer."""
    logarithm = worth(candidate.row.commonness) - candidate.slip
    return round(1 / (1 + math.exp(-(logarithm + 2.0) / _SCORE_SCALE * 4)), 4)


def ordered(search: Search, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, best first. The order is total: the same query always gets the same answer."""
    priority = search.priority
    alphabetical = search.query.mode is Mode.PREFIX

    def place(candidate: Candidate) -> tuple[int, float, int, str, int]:
        kind, row = candidate.kind, candidate.row
        tier = _FIRST.get(kind, _LAST_TIER if kind in _LAST else _MIDDLE_TIER)
        merit = 0.0 if alphabetical and tier == _LAST_TIER else candidate.slip - worth(row.commonness)
        return tier, merit, priority[row.dictionary], row.headword, row.ordinal

    if alphabetical:
        candidates = sorted(candidates, key=lambda c: c.row.key)
        return sorted(candidates, key=lambda c: (place(c)[0], c.row.key, *place(c)[2:]))
    return sorted(candidates, key=place)
