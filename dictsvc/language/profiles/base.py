"""What the service needs to know of a language, and what it assumes of one that has no profile of its own."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct

from dictsvc.language.alphabet import LATIN, Alphabet, collated
from dictsvc.language.keys import Canonical, Keys, Region, Toned, canonical, folded
from dictsvc.language.letter_costs import LETTERS
from dictsvc.language.noise import NoiseModel
from dictsvc.language.vietnamese.keystrokes import undone

_COST_OF_NO_MARKS = 0.5
_COST_OF_MISSING_MARK = 1.0
_COST_OF_WRONG_MARK = 2.0


class LanguageProfile(Struct, frozen=True, eq=False, kw_only=True):
    """One language of headwords or glosses; the defaults serve any language written letter by letter."""

    code: str = ""
    """ISO 639-1; empty for the profile of languages that have none of their own."""
    noise: NoiseModel = LETTERS
    """Costs of misspellings; languages of one model are searched together."""
    alphabet: Alphabet = LATIN
    article: re.Pattern[str] | None = None
    """Article or particle before a headword in running text, with the space behind it; None where there is none."""
    infinitive_marker: str = ""
    """What dictionaries put before a verb of an idiom, with the space behind it: the English `to `."""
    edge_punctuation: str = " .,;:!?…\"'()[]{}«»“”‘’"
    """Characters that are no part of a headword where they stand at either end of a query."""
    interchangeable: str = ""
    """Letters that fit each other in a pattern, as its keys do not tell them apart."""
    highlighted_endings: frozenset[str] = frozenset({""})
    """Regular endings with which a word is highlighted in a text."""
    doubling_endings: frozenset[str] = frozenset()
    """Those of them before which the word's last letter may be doubled."""
    is_inflected: bool = False
    """Whether simplemma's lists of inflected forms are read when a dictionary is loaded."""
    types_marks: bool = False
    """Whether marks are typed by keystrokes of their own, so that a reading of keystrokes has all its marks."""

    def toned(self, key: Canonical) -> Toned:
        """A key that treats alike the spellings of one word that this language allows."""
        return Toned(key)

    def region(self, key: Toned) -> Region:
        """A key that treats alike what speakers confuse; Vietnamese: by region. Empty where a language has none."""
        return Region("")

    def toned_key(self, text: str) -> Toned:
        """The toned key of a headword or query."""
        return self.toned(canonical(text))

    def keys_of(self, text: str) -> Keys:
        """The keys of a headword or query."""
        first = canonical(text)
        second = self.toned(first)
        return Keys(first, second, folded(second))

    def prefix_keys(self, text: str, keys: Keys) -> Sequence[str]:
        """The folded keys with which headwords that begin with a query of these keys may begin."""
        return (keys.folded,) if keys.folded else ()

    def sort_key(self, text: str) -> str:
        """A key whose order by code points is the alphabetical order of headwords."""
        return self.alphabet.ranks(collated(text))

    def without_article(self, text: str) -> str:
        """The text without the word that introduces it; as it stands where none does."""
        found = self.article.match(text) if self.article else None
        return text[found.end() :] if found else text

    def endings_of(self, word: str) -> frozenset[str]:
        """The endings, empty one included, with which a word of a text is still this word."""
        return self.highlighted_endings | {word[-1:] + ending for ending in self.doubling_endings}

    def keystroke_readings(self, text: str, may_be_keystrokes: Callable[[str], bool]) -> tuple[str, ...]:
        """What a text may mean that an input method should have caught, or should not have touched.

        `may_be_keystrokes` says at once of most texts that they are no headword's keystrokes.
        """
        return undone(text)

    def charset_readings(self, text: str) -> tuple[str, ...]:
        """What a text may have been in a legacy character set of this language."""
        return ()

    def is_well_spelled(self, text: str) -> bool:
        """Whether a text may be words of this language as it stands; True where the language has no rules for it."""
        return True

    def is_typed_without_marks(self, typed: Toned) -> bool:
        """Whether a query that lacks marks is typed so by habit, and lacks none by mistake."""
        return typed.isascii() or " " in typed

    def marks_cost(self, typed: Toned, meant: Toned) -> float:
        """The cost of writing one key as another of the same letters."""
        return _COST_OF_NO_MARKS if typed.isascii() else self.spelling_cost(typed, meant)

    def spelling_cost(self, typed: Toned, meant: Toned) -> float:
        """The cost of the errors between two keys that the noise model's costs of folded letters leave aside."""
        in_query, in_headword = Counter(_marks(typed)), Counter(_marks(meant))
        wrong, missing = (in_query - in_headword).total(), (in_headword - in_query).total()
        return _COST_OF_WRONG_MARK * wrong + _COST_OF_MISSING_MARK * max(0, missing - wrong)

    def typo_cost(self, typed: Toned, written: str, letters_cost: float, edits: int) -> float:
        """The cost of misspelling a headword, of whose folded key it is `letters_cost` for so many edits."""
        if typed.isascii():
            return letters_cost
        return letters_cost + self.spelling_cost(typed, self.toned_key(written))


def _marks(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c)]
