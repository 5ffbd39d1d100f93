"""The profile of Vietnamese: tones and regions have keys of their own, and marks are typed with keys of their own."""

from collections.abc import Callable

from dictsvc.language.alphabet import Alphabet, collated
from dictsvc.language.keys import VIETNAMESE, Canonical, Keys, Region, Toned, canonical, folded
from dictsvc.language.noise import NoiseModel
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.language.vietnamese.charsets import decodings
from dictsvc.language.vietnamese.keys import region, toned
from dictsvc.language.vietnamese.keystrokes import readings
from dictsvc.language.vietnamese.syllable_costs import SYLLABLE_COSTS, SYLLABLES, Marking, marking, syllables_cost
from dictsvc.language.vietnamese.syllables import parsed
from dictsvc.language.vietnamese.tones import TONES, is_whole, tone_of, without_tone

_FIRST_TONE = 0x21  # above the space, below all letters


class VietnameseProfile(LanguageProfile, frozen=True, eq=False, kw_only=True):
    """Vietnamese."""

    code: str = VIETNAMESE
    noise: NoiseModel = SYLLABLES
    alphabet: Alphabet = Alphabet("a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z", loans="f j w z")
    interchangeable: str = "iy"
    types_marks: bool = True

    def toned(self, key: Canonical) -> Toned:
        """The canonical key with each syllable's tone mark at its end, and i for y where either is written."""
        return toned(key)

    def region(self, key: Toned) -> Region:
        """A key that treats alike the sounds that regions confuse."""
        return region(key)

    def prefix_keys(self, text: str, keys: Keys) -> list[str]:
        """The folded keys with which headwords that begin with a query of these keys may begin.

        Two for `quy`: as a whole syllable it is keyed as `qui`, as the beginning of `quyết` as it stands.
        """
        prefixes: set[str] = {keys.folded, folded(canonical(text))}
        if is_whole(text):
            prefixes.add(keys.folded + " ")
        return sorted(prefix for prefix in prefixes if prefix.strip())

    def sort_key(self, text: str) -> str:
        """The order of printed dictionaries: syllable by syllable, and of equal letters by tone."""
        return " ".join([self._syllable_key(syllable) for syllable in collated(text).split(" ")])

    def _syllable_key(self, syllable: str) -> str:
        return self.alphabet.ranks(without_tone(syllable)) + chr(_FIRST_TONE + TONES.index(tone_of(syllable)))

    def keystroke_readings(self, text: str, may_be_keystrokes: Callable[[str], bool]) -> tuple[str, ...]:
        """What raw Telex, VNI or VIQR means; Telex, whose keys are letters, only where it may be a headword."""
        return readings(text, telex=may_be_keystrokes(text))

    def charset_readings(self, text: str) -> tuple[str, ...]:
        """What the text may have been in TCVN3, VNI-Windows or VISCII."""
        return tuple(decodings(text).values())

    def is_well_spelled(self, text: str) -> bool:
        """Whether every word is a possible syllable."""
        return all(parsed(word) for word in text.split())

    def is_typed_without_marks(self, typed: Toned) -> bool:
        """Whether no mark is typed, or no tone of several syllables."""
        style = marking(typed)
        return style is Marking.BARE or (style is Marking.TONELESS and " " in typed)

    def spelling_cost(self, typed: Toned, meant: Toned) -> float:
        """The cost of the errors between two keys, letters and marks, syllable by syllable."""
        return syllables_cost(typed, meant)

    def typo_cost(self, typed: Toned, written: str, letters_cost: float, edits: int) -> float:
        """The cost of misspelling a headword, of whose folded key it is `letters_cost` for so many edits."""
        is_by_parts = letters_cost < SYLLABLE_COSTS["letter"] * edits  # then no other way to see it is cheaper
        return letters_cost if is_by_parts else syllables_cost(typed, self.toned_key(written))


PROFILE = VietnameseProfile()
