"""What it costs to write a query and mean a headword, beyond the errors that the noise model of its language knows.

Costs are negative natural logarithms of how likely people do so; the least of each kind of match is among its traits.
"""

import unicodedata

from rapidfuzz.distance import OSA

from dictsvc.language.keys import Keys
from dictsvc.match_kinds import MatchKind

ARTICLE_COST = 2.5
"""Cost of an article before the headword, more than that of a space: `a gain` is rather `again`."""
_COST_OF_UNLIKELY_CHARSET = 3.0
"""Cost of a legacy character set where the text is possible Vietnamese as it stands."""
_COST_OF_SPACE = MatchKind.JOINED.traits.least_cost
_COST_OF_WRONG_MARK = 2.0
_COST_OF_MISSING_LETTER = 0.15
_COST_OF_POSITION = 0.01
"""Cost of each word before one of a phrase, so that they stay in its order."""
_COST_OF_UNMARKED_GLOSS = 1.0
"""Cost of a gloss that is the query but for its marks."""
_COST_OF_LONGER_GLOSS, _COST_OF_LONGER_UNMARKED_GLOSS, _COST_OF_GLOSS_LETTER = 2.0, 4.0, 0.1
"""Costs of a gloss that only holds the query, of one that does so but for marks, and of each letter more."""
_COST_OF_GLOSS_POSITION, _MAX_GLOSS_POSITION = 0.2, 10


def charset_cost(*, is_well_spelled: bool) -> float:
    """The cost of pasting a headword in a legacy character set, seen as a text that may be well spelled as it is."""
    return _COST_OF_UNLIKELY_CHARSET if is_well_spelled else MatchKind.CHARSET.traits.least_cost


def spacing_cost(query: Keys, headword: Keys) -> float:
    """The cost of writing one key as another whose letters are the same but for spaces."""
    cost = _COST_OF_SPACE * abs(query.folded.count(" ") - headword.folded.count(" ")) or _COST_OF_SPACE
    if query.toned.isascii():
        return cost
    return cost + _COST_OF_WRONG_MARK * OSA.distance(_spaceless_marks(query), _spaceless_marks(headword))


def _spaceless_marks(keys: Keys) -> str:
    return unicodedata.normalize("NFD", keys.canonical).replace(" ", "")


def prefix_cost(missing_letters: int) -> float:
    """The cost of leaving off the end of a headword."""
    return _COST_OF_MISSING_LETTER * missing_letters


def part_cost(position: int) -> float:
    """The cost of a headword that is only one of the query's words."""
    return MatchKind.PART.traits.least_cost + _COST_OF_POSITION * position


def gloss_cost(query: Keys, gloss: Keys, position: int) -> float | None:
    """The cost of asking for an entry by its gloss at a position; None where the gloss does not hold the query."""
    least = MatchKind.TRANSLATION.traits.least_cost
    longer = _COST_OF_GLOSS_LETTER * (len(gloss.toned) - len(query.toned))
    if gloss.toned == query.toned:
        cost = least
    elif gloss.folded == query.folded:
        cost = least + _COST_OF_UNMARKED_GLOSS
    elif f" {query.toned} " in f" {gloss.toned} ":
        cost = _COST_OF_LONGER_GLOSS + longer
    elif f" {query.folded} " in f" {gloss.folded} ":
        cost = _COST_OF_LONGER_UNMARKED_GLOSS + longer
    else:
        return None
    return cost + _COST_OF_GLOSS_POSITION * min(position, _MAX_GLOSS_POSITION)
