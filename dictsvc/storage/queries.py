"""The statements that read a published file, and the rows they give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from dictsvc.model import Entry, Hit, Match
from dictsvc.storage.entry_codec import decode_entry, decode_hit
from dictsvc.storage.key_rows import KeyKind


class KeyRow(Struct, frozen=True, gc=False):
    """An entry found under a key."""

    key: str
    kind: int
    """A `KeyKind`."""
    entry_id: int
    text: str | None
    """The variant, form or idiom as written, where it is not the key itself."""
    headword: str
    ordinal: int
    homonym: int
    commonness: int
    body: bytes
    dictionary: str
    language: str
    """Of the headword."""

    @property
    def written(self) -> str:
        """The headword, variant, form or idiom as it is written."""
        return self.text or (self.headword if self.kind == KeyKind.FOLDED else self.key)

    def entry(self) -> Entry:
        """The whole entry. Raises `DamagedError` where its bytes are no entry."""
        return decode_entry(self.headword, self.body)

    def hit(self, match: Match) -> Hit:
        """The entry as a hit. Raises `DamagedError` where its bytes are no entry."""
        return decode_hit(self.headword, self.body, self.dictionary, self.ordinal, self.homonym, match)


class StoredEntry(Struct, frozen=True):
    """An entry as it lies in the file."""

    entry_id: int
    headword: str
    ordinal: int
    homonym: int
    body: bytes
    dictionary: str

    def entry(self) -> Entry:
        """The whole entry. Raises `DamagedError` where its bytes are no entry."""
        return decode_entry(self.headword, self.body)

    def hit(self, match: Match) -> Hit:
        """The entry as a hit. Raises `DamagedError` where its bytes are no entry."""
        return decode_hit(self.headword, self.body, self.dictionary, self.ordinal, self.homonym, match)


class Headword(Struct, frozen=True):
    """A headword of a list, without its entry."""

    entry_id: int
    headword: str
    ordinal: int
    commonness: int = 0


BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64)
"""Numbers of values for which a statement is kept prepared; fewer are padded."""
_MOST_TERMS = 12
"""Different words by which glosses are found: hardly any that holds so many does not hold the others."""
_TERM = re.compile("[a-z0-9]+")  # what the tokenizer makes of folded text; FTS5 then sees no operator

_KEY_COLUMNS = "k.key, k.kind, k.entry, k.text, e.headword, e.ordinal, e.homonym, e.commonness, e.body"
ENTRY_ID_COLUMN = 2
"""Index of the entry's number among the columns of a `KeyRow`."""
KEYS_SQL = {
    size: f"SELECT {_KEY_COLUMNS} FROM key k CROSS JOIN entry e ON e.id = k.entry "  # noqa: S608
    f"WHERE k.key IN ({', '.join('?' * size)})"
    for size in BATCH_SIZES
}
ANY_GLOSS_SQL = "SELECT 1 FROM gloss WHERE gloss MATCH ? LIMIT 1"
GLOSSES_SQL = (
    f"SELECT '', {KeyKind.FOLDED}, e.id, NULL, e.headword, e.ordinal, e.homonym, 0, e.body "  # noqa: S608
    "FROM (SELECT rowid FROM gloss WHERE gloss MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?) g "
    "CROSS JOIN entry e ON e.id = g.rowid"
)
ENTRIES_SQL = {
    size: f"SELECT id, headword, ordinal, homonym, body FROM entry WHERE id IN ({', '.join('?' * size)})"  # noqa: S608
    for size in BATCH_SIZES
}
ENTRY_RANGE_SQL = "SELECT id, headword, ordinal, homonym, body FROM entry WHERE id BETWEEN ? AND ? ORDER BY id"
ALPHABET_SQL = (
    "SELECT e.id, e.headword, e.ordinal FROM alphabet a CROSS JOIN entry e ON e.id = a.entry "
    "WHERE a.position BETWEEN ? AND ? ORDER BY a.position"
)
PHRASES_SQL = (
    "SELECT e.id, e.headword, e.ordinal, e.commonness FROM "
    "(SELECT rowid FROM phrase WHERE phrase MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?) p "
    "CROSS JOIN entry e ON e.id = p.rowid ORDER BY e.commonness DESC, e.id"
)
_Value = TypeVar("_Value")


def batches(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """The values in batches of `BATCH_SIZES`, the last value repeated where some are missing."""
    if len(values) == 1:
        yield values
        return
    most = BATCH_SIZES[-1]
    for start in range(0, len(values), most):
        batch = list(values[start : start + most])
        size = next(n for n in BATCH_SIZES if n >= len(batch))
        yield batch + batch[-1:] * (size - len(batch))


def gloss_pattern(words: Sequence[str]) -> str:
    """The FTS5 pattern of texts that hold all these folded words; empty where none of them has a letter."""
    terms = dict.fromkeys(term for word in words for term in _TERM.findall(word))
    return _all_of(islice(terms, _MOST_TERMS))


def phrase_pattern(words: Sequence[str]) -> str:
    """The FTS5 pattern of phrases that hold all these folded words; empty where none is written in letters only."""
    return _all_of(word for word in words if word.isascii() and word.isalnum())


def _all_of(terms: Iterator[str]) -> str:
    return " ".join(f'"{term}"' for term in terms)
