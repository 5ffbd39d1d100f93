"""A filter for keystrokes: which texts cannot be any headword typed in Telex, found out in no time.

To read a text as keystrokes in every way takes a quarter of a millisecond, and most misspelt words hold letters
that are keys in Telex. But a key only adds a mark: whatever the marks and wherever they are typed, the other
letters are those of the headword, in their order.
"""

from collections.abc import Iterable

_ORDERED = "bcghiklmnpqtv"
_PRESENT = "aeod"
"""Letters of which Telex takes two for one with a mark, or three for two: only whether there are any counts."""
_SAME = str.maketrans("y[", "io")
"""Keys that make a letter, and letters that are written for each other. All others may be keys."""
_NOT_ORDERED = str.maketrans(dict.fromkeys(set(map(chr, range(128))) - set(_ORDERED)))


class KeystrokeFilter:
    """The skeletons of many headwords: what no key of Telex makes or takes away."""

    def __init__(self, keys: Iterable[str]) -> None:
        """`keys` are folded: ASCII."""
        self._skeletons = frozenset(map(_skeleton, keys))

    def may_match(self, typed: str) -> bool:
        """Whether these keystrokes may be one of the headwords; False only where no reading of them is one.

        >>> prefilter = KeystrokeFilter(["tu dien", "nghi quyet"])
        >>> prefilter.may_match("tuwf ddieenr"), prefilter.may_match("dictionarry")
        (True, False)
        """
        return _skeleton(typed.lower()) in self._skeletons


def _skeleton(text: str) -> str:
    letters = text.translate(_SAME)
    return letters.translate(_NOT_ORDERED) + "".join([letter for letter in _PRESENT if letter in letters])
