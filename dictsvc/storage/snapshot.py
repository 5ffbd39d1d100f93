"""Reading one published file: what is in it, and every question that is asked of it."""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dictsvc.errors import UnavailableError
from dictsvc.language.collation import sort_key
from dictsvc.model import Dictionary
from dictsvc.storage import queries
from dictsvc.storage.connection_pool import ConnectionPool, DamagedError
from dictsvc.storage.queries import Headword, KeyRow, StoredEntry, batches
from dictsvc.storage.schema import SCHEMA_VERSION
from dictsvc.storage.vocabulary import KeyList, SpellingList, unpacked_text

_ENTRIES_AT_ONCE = 1000


class Snapshot:
    """One published file, open for reading from any number of threads; closed with its last user.

    Raises `DamagedError` where the file cannot be read, `UnavailableError` where it is of another schema.
    """

    def __init__(self, path: Path) -> None:
        self.rows = ConnectionPool(path).rows
        """The rows of a statement of this package. Raises `DamagedError` where the file cannot be read."""
        version = self.rows("PRAGMA user_version")[0][0]
        if version != SCHEMA_VERSION:
            raise UnavailableError(
                f"{path} was made by {'an older' if 0 < version < SCHEMA_VERSION else 'another'} dictsvc "
                "or is no dictionary database; run `dictsvc serve` or `dictsvc load` to rebuild it.",
                reason="foreign",
            )
        self.generation = str(self.rows("SELECT generation FROM library")[0][0])
        names = Dictionary.__struct_fields__
        rows = self.rows(f"SELECT first_entry, {', '.join(names)} FROM dictionary ORDER BY position")  # noqa: S608
        self.dictionaries = {row[1]: Dictionary(**dict(zip(names, row[1:], strict=True))) for row in rows}
        """The dictionaries by id, in their order."""
        self._ranges = {row[1]: (row[0], row[0] + self.dictionaries[row[1]].entry_count - 1) for row in rows}
        by_entry = sorted(self.dictionaries.values(), key=lambda dictionary: self._ranges[dictionary.id])
        self._first_entries = [self._ranges[dictionary.id][0] for dictionary in by_entry]
        self._owners = [(dictionary.id, dictionary.source_language) for dictionary in by_entry]

    def probe(self) -> None:
        """Read something. Raises `DamagedError` where the file was damaged after it was opened."""
        self.rows("SELECT max(id) FROM entry")

    def _owner(self, entry_id: int) -> tuple[str, str]:
        """The dictionary that an entry belongs to, and the language of its headwords."""
        return self._owners[bisect_right(self._first_entries, entry_id) - 1]

    def entry_range(self, dictionary: str) -> tuple[int, int]:
        """The first and the last number of a dictionary's entries; also of its positions in the alphabet."""
        return self._ranges[dictionary]

    def find(self, keys: Sequence[str]) -> list[KeyRow]:
        """Every headword, variant, form and idiom that stands under one of `keys`."""
        found: list[KeyRow] = []
        for batch in batches(keys):
            found += self._key_rows(self.rows(queries.KEYS_SQL[len(batch)], batch))
        return found

    def _key_rows(self, rows: list[Any]) -> list[KeyRow]:
        owner = self._owner
        return [KeyRow(*(row + owner(row[queries.ENTRY_ID_COLUMN]))) for row in rows]

    def gloss_matches(self, words: Sequence[str], dictionaries: Iterable[str], most: int) -> list[KeyRow]:
        """Entries whose glosses hold all the folded `words`, under no key: `most` of each dictionary.

        Those with the shortest glosses come first.
        """
        pattern = queries.gloss_pattern(words)
        if not pattern or not self.rows(queries.ANY_GLOSS_SQL, (pattern,)):
            return []
        found: list[KeyRow] = []
        for dictionary in dictionaries:
            values = (pattern, *self.entry_range(dictionary), most)
            found += self._key_rows(self.rows(queries.GLOSSES_SQL, values))
        return found

    def entries(self, entry_ids: Sequence[int]) -> list[StoredEntry]:
        """The entries of these numbers, in the order given; unknown numbers are left out."""
        found = {}
        for batch in batches(entry_ids):
            for row in self.rows(queries.ENTRIES_SQL[len(batch)], batch):
                found[row[0]] = StoredEntry(*(*row, self._owner(row[0])[0]))
        return [found[entry_id] for entry_id in entry_ids if entry_id in found]

    def all_entries(self, dictionary: str) -> Iterator[StoredEntry]:
        """Every entry of a dictionary in the order in which it was loaded, a few at a time."""
        first, last = self.entry_range(dictionary)
        for start in range(first, last + 1, _ENTRIES_AT_ONCE):
            values = (start, min(start + _ENTRIES_AT_ONCE - 1, last))
            for row in self.rows(queries.ENTRY_RANGE_SQL, values):
                yield StoredEntry(*(*row, dictionary))

    def entry_at(self, permalink: str) -> StoredEntry | None:
        """The entry behind a public id, or None."""
        try:
            number = int(permalink, 16)
        except ValueError:
            return None
        if not 0 <= number < 1 << 63:
            return None
        rows = self.rows("SELECT entry FROM permalink WHERE id = ?", (number,))
        return self.entries([rows[0][0]])[0] if rows else None

    def position_of(self, dictionary: str, headword: str) -> int:
        """Where a headword stands, or would stand, in its dictionary's alphabetical order."""
        first, last = self.entry_range(dictionary)
        language = self.dictionaries[dictionary].source_language

        def key(position: int) -> tuple[str, str]:
            found = str(self.rows(queries.ALPHABET_SQL, (position, position))[0][1])
            return sort_key(found, language), found

        return bisect_left(range(last + 1), (sort_key(headword, language), headword), lo=first, key=key)

    def headwords_between(self, dictionary: str, start: int, end: int) -> list[Headword]:
        """The headwords at the positions from `start` up to but not including `end`, as far as there are any."""
        first, last = self.entry_range(dictionary)
        rows = self.rows(queries.ALPHABET_SQL, (max(start, first), min(end - 1, last)))
        return [Headword(*row) for row in rows]

    def phrases_with(self, words: Sequence[str], dictionary: str, most: int) -> list[Headword]:
        """Entries whose headword or idioms hold all the folded `words`, the commonest first.

        Of a word that is in more than `most` entries, the first so many in the file are looked at.
        """
        pattern = queries.phrase_pattern(words)
        if not pattern:
            return []
        rows = self.rows(queries.PHRASES_SQL, (pattern, *self.entry_range(dictionary), most))
        return [Headword(*row) for row in rows]

    def keys(self) -> KeyList:
        """The folded keys of every headword and variant."""
        keys, sounds = self._texts("SELECT keys, sounds FROM library")
        languages = [row[0] for row in self.rows("SELECT language FROM vocabulary ORDER BY rowid")]
        commonness = self._texts("SELECT commonness FROM vocabulary ORDER BY rowid")
        return KeyList(keys, sounds, dict(zip(languages, commonness, strict=True)))

    def spellings(self, language: str) -> SpellingList:
        """Every headword and variant of a language as it is written, in the order of `keys`: of Vietnamese only."""
        sql = "SELECT counts, written, written_commonness FROM vocabulary WHERE language = ?"
        counts, written, commonness = self._texts(sql, (language,))
        return SpellingList(counts, written, commonness)

    def _texts(self, sql: str, values: Sequence[object] = ()) -> list[str]:
        """The long texts that a statement reads. Raises `DamagedError`."""
        try:
            return [unpacked_text(data) for row in self.rows(sql, values) for data in row]
        except (zlib.error, UnicodeDecodeError) as error:
            raise DamagedError from error
