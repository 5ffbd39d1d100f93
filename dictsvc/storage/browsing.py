"""Reading on: dictionaries in alphabetical order, and entries by the words of their phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from dictsvc.language.collation import sort_key
from dictsvc.storage.snapshot import Snapshot


class Headword(Struct, frozen=True):
    """A headword of a list, without its entry."""

    number: int
    """Of its entry."""
    headword: str
    ordinal: int
    commonness: int = 0


def place_of(snapshot: Snapshot, dictionary: str, headword: str) -> int:
    """Where a headword stands, or would stand, in its dictionary's alphabetical order."""
    first, last = snapshot.entry_range(dictionary)
    language = snapshot.dictionaries[dictionary].source_language

    def key(place: int) -> tuple[str, str]:
        found = str(snapshot.rows(_PLACE_SQL, (place, place))[0][1])
        return sort_key(found, language), found

    wanted = (sort_key(headword, language), headword)
    return bisect_left(range(last + 1), wanted, lo=first, key=key)


def headwords_between(snapshot: Snapshot, dictionary: str, start: int, end: int) -> list[Headword]:
    """The headwords at the places from `start` up to but not including `end`, as far as there are any."""
    first, last = snapshot.entry_range(dictionary)
    return [Headword(*row) for row in snapshot.rows(_PLACE_SQL, (max(start, first), min(end - 1, last)))]


def phrases_with(snapshot: Snapshot, words: Sequence[str], dictionary: str, most: int) -> list[Headword]:
    """Entries whose headword or idioms hold all the folded `words`, the commonest first.

    Of a word that is in more than `most` entries, the first so many in the file are looked at.
    """
    match = " ".join(f'"{word}"' for word in words if word.isascii() and word.isalnum())
    if not match:
        return []
    return [Headword(*row) for row in snapshot.rows(_PHRASE_SQL, (match, *snapshot.entry_range(dictionary), most))]


_PLACE_SQL = (
    "SELECT e.id, e.headword, e.ordinal FROM alphabet a CROSS JOIN entry e ON e.id = a.entry "
    "WHERE a.place BETWEEN ? AND ? ORDER BY a.place"
)
_PHRASE_SQL = (
    "SELECT e.id, e.headword, e.ordinal, e.commonness FROM "
    "(SELECT rowid FROM phrase WHERE phrase MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?) p "
    "CROSS JOIN entry e ON e.id = p.rowid ORDER BY e.commonness DESC, e.id"
)
