"""How often Vietnamese compounds are used. Used at load time only.

Word lists count syllables, because spaces stand between these, so they take `điện từ` and `diễn từ` for commoner than
`điện tử`. How often the glosses of the dictionaries at hand use a compound tells better.
"""

import re
from collections.abc import Iterable

from dictsvc.language.keys import Toned, canonical
from dictsvc.language.vietnamese.keys import toned

_MOST_SYLLABLES = 4
_BREAK = "\ue000"
"""Character at which every compound ends."""
_PUNCTUATION = re.compile(r"[^\w\s'’-]+")


class CompoundUse:
    """Counts how often texts use compounds.

    >>> use = CompoundUse(["điện tử", "Điện từ"])
    >>> use.count("thư điện tử; máy tính điện tử")
    >>> use["điện tử"], use["điện từ"], use["nghị quyết"]
    (2, 0, 0)
    """

    def __init__(self, compounds: Iterable[str]) -> None:
        self._counts: dict[str, int] = dict.fromkeys(map(_key, compounds), 0)
        self._prefixes: set[str] = set()
        """Proper beginnings of compounds, in whole syllables."""
        for key in self._counts:
            syllables = key.split(" ")
            self._prefixes.update(" ".join(syllables[:end]) for end in range(1, min(len(syllables), _MOST_SYLLABLES)))

    def count(self, text: str) -> None:
        """Count the compounds in a text, also such as lie within one another."""
        counts, prefixes = self._counts, self._prefixes
        syllables = _key(_PUNCTUATION.sub(f" {_BREAK} ", text)).split(" ")
        for start, first in enumerate(syllables):
            key = first
            for syllable in syllables[start + 1 : start + _MOST_SYLLABLES]:
                if key not in prefixes:
                    break
                key = f"{key} {syllable}"
                if key in counts:
                    counts[key] += 1

    def __getitem__(self, compound: str) -> int:
        """How often a compound was used so far; 0 for one that is not counted."""
        return self._counts.get(_key(compound), 0)


def _key(text: str) -> Toned:
    return toned(canonical(text))
