"""The rows of one dictionary, written in batches so that memory stays level however large it is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter

import sqlite_utils

from dictsvc.language.collation import sort_key
from dictsvc.language.frequency import commonness
from dictsvc.language.inflection import inflections
from dictsvc.language.profiles import profile_of
from dictsvc.model import Dictionary, Entry
from dictsvc.storage.entry_codec import (
    KeyKind,
    KeyRow,
    gloss_tokens,
    key_rows,
    packed,
    permalink,
    phrase_tokens,
    spelling_rows,
)

_ENTRY_BATCH = 2000
_KEY_BATCH = 100_000
"""Key rows that are sorted before they are written: clustered rows go in fastest in their own order. 20 MB."""
_SQL_BATCH = 500  # rows a statement: below SQLite's limit of 32,766 values
TEXTS: Mapping[str, Callable[[Entry], str]] = {"gloss": gloss_tokens, "phrase": phrase_tokens}
"""The full-text tables, each with what it holds of an entry."""
_DIGESTED = ("id", "title", "source_language", "target_language", "licence", "origin", "description", "version")


class DictionaryDigest:
    """The digest of a dictionary: of its description and of every entry in their order."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._digest = hashlib.blake2b(digest_size=16)
        for name in _DIGESTED:
            self._digest.update(getattr(dictionary, name).encode() + b"\0")

    def add(self, headword: str, body: bytes) -> None:
        """Take the next entry in, by its headword and packed body."""
        self._digest.update(headword.encode() + b"\0" + body)

    def hexdigest(self) -> str:
        """The digest of what was taken in so far."""
        return self._digest.hexdigest()


def digest_of(dictionary: Dictionary, entries: Iterable[Entry]) -> str:
    """The digest that a dictionary with these entries gets when it is written."""
    digest = DictionaryDigest(dictionary)
    for entry in entries:
        digest.add(entry.headword, packed(entry))
    return digest.hexdigest()


class EntryWriter:
    """Writes the entries of one dictionary, numbered from `first`, with all that finds them."""

    def __init__(self, connection: sqlite3.Connection, dictionary: Dictionary, first: int) -> None:
        self._db = sqlite_utils.Database(connection)
        self._connection = connection
        self._dictionary = dictionary
        self._profile = profile_of(dictionary.source_language)
        self._first = self._next = first
        self._ordinals: dict[str, int] = {}
        self._entries: list[dict[str, object]] = []
        self._texts: dict[str, list[dict[str, object]]] = {table: [] for table in TEXTS}
        self._numbers: dict[str, list[int]] = {}
        """The entries of each headword, also under its small letters: forms are found by them."""
        self._keys: list[KeyRow] = []
        self._permalinks: list[tuple[int, int]] = []
        self._alphabet: list[tuple[str, str, int]] = []
        self._digest = DictionaryDigest(dictionary)

    def write(self, entry: Entry) -> None:
        """Take the next entry."""
        number, self._next = self._next, self._next + 1
        language = self._dictionary.source_language
        ordinal = self._ordinals.get(entry.headword, 0)
        self._ordinals[entry.headword] = ordinal + 1
        body, prior = packed(entry), commonness(entry, language)
        self._digest.add(entry.headword, body)
        self._entries.append(
            {
                "id": number,
                "headword": entry.headword,
                "ordinal": ordinal,
                "commonness": prior,
                "prior": prior,
                "body": body,
            }
        )
        self._permalinks.append((int(permalink(self._dictionary.id, entry.headword, ordinal), 16), number))
        for table, tokens in TEXTS.items():
            if text := tokens(entry):
                self._texts[table].append({"rowid": number, "folded": text})
        self._alphabet.append((sort_key(entry.headword, language), entry.headword, number))
        self._add_keys(key_rows(entry, number, self._profile))
        for word in {entry.headword, entry.headword.casefold()}:
            self._numbers.setdefault(word, []).append(number)
        if len(self._entries) >= _ENTRY_BATCH:
            self._write_entries()

    def finish(self) -> tuple[int, str]:
        """Write what is left, and the forms of all headwords; returns the count of entries and their digest."""
        self._write_entries()
        self._write_places()
        # last: meanwhile the forms of a language take up to 200 MB
        for form, lemma in inflections(self._dictionary.source_language):
            if numbers := self._numbers.get(lemma):
                self._add_keys(spelling_rows(KeyKind.FORM, (form,), numbers, self._profile))
        self._write_keys()
        return self._next - self._first, self._digest.hexdigest()

    def _write_places(self) -> None:
        """Write by which ids entries are found, and in which order they stand."""
        self._permalinks.sort()
        run = self._connection.executemany
        run("INSERT OR IGNORE INTO permalink(id, entry) VALUES (?, ?)", self._permalinks)
        self._permalinks.clear()
        self._alphabet.sort()
        places = ((self._first + place, entry) for place, (_, _, entry) in enumerate(self._alphabet))
        run("INSERT INTO alphabet(place, entry) VALUES (?, ?)", places)
        self._alphabet.clear()

    def _add_keys(self, rows: Iterable[KeyRow]) -> None:
        self._keys.extend(rows)
        if len(self._keys) >= _KEY_BATCH:
            self._write_keys()

    def _write_entries(self) -> None:
        for table, rows in (("entry", self._entries), *self._texts.items()):
            if rows:
                self._db.table(table).insert_all(rows, batch_size=_SQL_BATCH)
                rows.clear()

    def _write_keys(self) -> None:
        self._keys.sort(key=itemgetter(0, 1, 2))
        self._connection.executemany(
            "INSERT OR IGNORE INTO key(key, kind, entry, text) VALUES (?, ?, ?, ?)", self._keys
        )
        self._keys.clear()
