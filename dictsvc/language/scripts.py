"""Scripts: which of them the letters of a text belong to."""

import re
import unicodedata

_NOT_LATIN = re.compile("[^\\W\\d_\u0000-\u036f\u1e00-\u1eff]")
"""A letter outside the blocks of Latin letters; Latin letters of other blocks are told by their names."""
_LATIN = "LATIN"
_NONE: frozenset[str] = frozenset()


def foreign_scripts(text: str) -> frozenset[str]:
    """The scripts other than Latin of a text's letters, by the first word of their Unicode names.

    >>> foreign_scripts("nghị quyết"), foreign_scripts("北京"), foreign_scripts("mosty, мост")
    (frozenset(), frozenset({'CJK'}), frozenset({'CYRILLIC'}))
    """
    if text.isascii() or not _NOT_LATIN.search(text):
        return _NONE
    letters = unicodedata.normalize("NFKC", "".join(_NOT_LATIN.findall(text)))  # makes 𝒳 and ｘ a Latin letter
    names = (unicodedata.name(letter, "") for letter in letters if not letter.isascii())
    return frozenset(name.split(" ", 1)[0] for name in names if _LATIN not in name) - {""}
