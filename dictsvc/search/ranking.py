"""The order of results: two hard rules, and between them one score.

1. `exact`, then `spelling`, come before everything.
2. `prefix`, `translation` and `part` come after everything.

Between them the score decides, which is made of the candidates' losses.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from dictsvc.language.collation import sort_key
from dictsvc.language.confusions import (
    SYLLABLE_COSTS,
    Marking,
    marking,
    syllables_cost,
)
from dictsvc.language.keys import VIETNAMESE, Keys, Toned, keys_of, toned_key
from dictsvc.language.vietnamese.syllables import parsed
from dictsvc.model import Entry, Idiom, MatchKind, Mode, Sense
from dictsvc.search.candidate import LAST_TIER, SCORED_TIER, Candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.fuzzy.guess import HOPELESS, Guess

SLIP_OF_KEYSTROKES = 0.5
"""Keystrokes that make a headword: nearly certain."""
_SLIP_OF_CHARSET = 0.5
_SLIP_OF_UNLIKELY_CHARSET = 3.0
"""Where the text is possible Vietnamese as it stands."""
SLIP_OF_FORM = 0.7
SLIP_OF_IDIOM = 0.5
SLIP_OF_ARTICLE = 2.5
"""More than that of a space: `a gain` is rather `again`."""
_SLIP_OF_NO_MARKS = 0.5
_SLIP_OF_MISSING_MARK = 1.0
_SLIP_OF_WRONG_MARK = 2.0
_SLIP_OF_SPACE = 2.0
_SLIP_OF_MISSING_LETTER = 0.15
_SLIP_OF_PART, _SLIP_OF_PLACE = 11.0, 0.01
_GUESSED = frozenset({MatchKind.REGIONAL, MatchKind.JOINED, MatchKind.TYPO})
CERTAIN = -math.inf
CONVINCING = 1.0
"""A guess with no more doubt than this leaves no reason to search glosses and single words: eight in ten are right."""
CLEAR = -3.0
"""Nor to show what the query may be the beginning of."""
_PLAUSIBLE = 3.0
_FAR_FETCHED = 5.0
"""Of two hundred right guesses near the query one has more doubt than the first, hardly any more than the second."""
_MOST_PER_LETTER = 2.6
_FEW_LETTERS = 4
"""What slips may cost for each letter of the query: one in two hundred that are right cost more."""
_EXPLAINING = frozenset({MatchKind.FORM, MatchKind.PREFIX, MatchKind.TRANSLATION, MatchKind.PART})
_UNDER_ANOTHER = frozenset({MatchKind.FORM, MatchKind.IDIOM})
_OF_ANOTHER_CODE = frozenset({MatchKind.KEYSTROKES, MatchKind.CHARSET})
_EVEN = 8.0
"""The distance at which a hit is as likely to be meant as not."""


def doubt(search: QueryContext, candidates: Iterable[Candidate]) -> float:
    """How much reason finds leave to look for others: none where nobody needs to guess any more."""
    least = math.inf
    for candidate in candidates:
        if _is_certain(search, candidate):
            return CERTAIN
        if candidate.tier < LAST_TIER:
            least = min(least, _doubt(search, candidate))
    return least


def _doubt(search: QueryContext, candidate: Candidate) -> float:
    """The loss of a candidate, and for a guess how easily a query of its length looks like some headword by chance."""
    if candidate.kind in _GUESSED:
        return candidate.loss - search.length_bonus[candidate.row.language]
    return candidate.loss


def _is_certain(search: QueryContext, candidate: Candidate) -> bool:
    if candidate.tier < SCORED_TIER:
        return True
    kind = candidate.kind
    if kind is MatchKind.UNACCENTED:
        typed = search.keys_for(candidate.row.language).toned
        style = marking(typed)
        return style is Marking.BARE or (style is Marking.TONELESS and " " in typed)
    if kind is MatchKind.IDIOM:
        return candidate.slip <= SLIP_OF_IDIOM + _SLIP_OF_NO_MARKS
    if kind is MatchKind.JOINED:
        language = candidate.row.language
        return language == VIETNAMESE and candidate.slip <= _SLIP_OF_SPACE and not _is_possible_vietnamese(search.text)
    return kind in _OF_ANOTHER_CODE and candidate.slip < _SLIP_OF_UNLIKELY_CHARSET


def _is_possible_vietnamese(text: str) -> bool:
    return all(parsed(word) for word in text.split())


def without_noise(search: QueryContext, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without those guesses that are far behind the best find of their language.

    Where something else explains the query as well, a guess has to be better than elsewhere to be shown.
    """
    kinds = {candidate.kind for candidate in candidates}
    if kinds.isdisjoint(_GUESSED):
        return candidates
    losses = [(candidate.row.language, _doubt(search, candidate), candidate) for candidate in candidates]
    best: dict[str, float] = {}
    for language, lost, candidate in losses:
        if candidate.tier <= SCORED_TIER:
            best[language] = min(lost, best.get(language, math.inf))
    bound = _FAR_FETCHED if kinds & _EXPLAINING else math.inf
    worst = {}
    for language, nearest in best.items():
        elsewhere = min((lost for other, lost in best.items() if other != language), default=math.inf)
        worst[language] = min(nearest + HOPELESS, bound, CONVINCING if elsewhere < CONVINCING else math.inf)
    most = _MOST_PER_LETTER * max(len(search.text), _FEW_LETTERS)
    return [c for language, lost, c in losses if c.kind not in _GUESSED or (lost <= worst[language] and c.slip <= most)]


def is_plausible(search: QueryContext, candidate: Candidate) -> bool:
    """Whether a person would accept a headword as what was meant."""
    return _doubt(search, candidate) <= _PLAUSIBLE


def slip_of_marks(typed: Toned, meant: Toned, language: str) -> float:
    """The cost of writing one key as another of the same letters."""
    if typed.isascii():
        return _SLIP_OF_NO_MARKS
    if language == VIETNAMESE:
        return syllables_cost(typed, meant)
    mine, theirs = Counter(_marks(typed)), Counter(_marks(meant))
    wrong, missing = (mine - theirs).total(), (theirs - mine).total()
    return _SLIP_OF_WRONG_MARK * wrong + _SLIP_OF_MISSING_MARK * max(0, missing - wrong)


def _marks(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c)]


def slip_of_charset(typed: str) -> float:
    """The cost of pasting a headword in a legacy character set, seen as this text."""
    return _SLIP_OF_UNLIKELY_CHARSET if _is_possible_vietnamese(typed) else _SLIP_OF_CHARSET


def slip_of_spaces(mine: Keys, theirs: Keys) -> float:
    """The cost of writing one key as another whose letters are the same but for spaces."""
    slip = _SLIP_OF_SPACE * abs(mine.folded.count(" ") - theirs.folded.count(" ")) or _SLIP_OF_SPACE
    if mine.toned.isascii():
        return slip
    apart = OSA.distance(_spaceless_marks(mine), _spaceless_marks(theirs))
    return slip + _SLIP_OF_WRONG_MARK * apart


def _spaceless_marks(keys: Keys) -> str:
    return unicodedata.normalize("NFD", keys.canonical).replace(" ", "")


def slip_of_typo(mine: Keys, written: str, language: str, guess: Guess) -> float:
    """The cost of misspelling a headword, as a guess found it."""
    if language == VIETNAMESE:
        by_parts = guess.cost < SYLLABLE_COSTS["letter"] * guess.distance  # then no other way to see it is cheaper
        return guess.cost if by_parts else syllables_cost(mine.toned, toned_key(written, vietnamese=True))
    if mine.toned.isascii():
        return guess.cost
    return guess.cost + slip_of_marks(mine.toned, toned_key(written, vietnamese=False), language)


def slip_of_prefix(letters_missing: int) -> float:
    """The cost of leaving off the end of a headword."""
    return _SLIP_OF_MISSING_LETTER * letters_missing


def slip_of_part(place: int) -> float:
    """The cost of a headword that is only one of the query's words, the `place`th: they stay in its order."""
    return _SLIP_OF_PART + _SLIP_OF_PLACE * place


def best_gloss(entry: Entry, mine: Keys, *, vietnamese: bool) -> tuple[str, float] | None:
    """The gloss that agrees best with a query, and how far it is from being just that; None if none has it."""
    best: tuple[float, str] | None = None
    for place, gloss in enumerate(_glosses(entry.senses, entry.idioms)):
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
    return round(1 / (1 + math.exp((candidate.normalized_cost - _EVEN) / 2)), 4)


def ordered(search: QueryContext, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, best first. The order is total: the same query always gets the same answer.

    Entries of one headword stay together, in the order in which the dictionaries were asked for.
    """
    if len(candidates) <= 1:
        return candidates
    nearest: dict[tuple[int, str], float] = {}
    for candidate in candidates:
        headword = candidate.tier, candidate.row.headword
        far = candidate.normalized_cost
        if far < nearest.get(headword, math.inf):
            nearest[headword] = far
    alphabetical = search.query.mode is Mode.PREFIX
    unaccented = MatchKind.UNACCENTED in [candidate.kind for candidate in candidates]

    def place(candidate: Candidate) -> tuple[int, str, bool, float, str, int, int]:
        tier, row = candidate.tier, candidate.row
        spelled, merit = "", nearest[tier, row.headword]
        if alphabetical:
            spelled, merit = sort_key(row.headword, row.language), 0.0
        inside = unaccented and candidate.kind in _UNDER_ANOTHER  # after headwords of the same letters
        return tier, spelled, inside, merit, row.headword, search.priority[row.dictionary], row.ordinal

    return sorted(candidates, key=place)
