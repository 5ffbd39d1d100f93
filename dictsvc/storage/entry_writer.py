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
from dictsvc.storage.entry_codec import encode_body, permalink
from dictsvc.storage.key_rows import KeyKind, NewKeyRow, gloss_text, key_rows, phrase_text, spelling_rows

_ENTRY_BATCH = 2000
_KEY_BATCH = 100_000
"""Key rows (20 MB) that are sorted before they are written: clustered rows go in fastest in their own order."""
_SQL_BATCH = 500  # rows a statement: below SQLite's limit of 32,766 values
TEXTS: Mapping[str, Callable[[Entry], str]] = {"gloss": gloss_text, "phrase": phrase_text}
"""The full-text tables, each with what it holds of an entry."""
_NUMBER_HOMONYMS_SQL = (
    "UPDATE entry SET homonym = ordinal + 1 WHERE id >= ?1 AND headword IN "
    "(SELECT headword FROM entry WHERE id >= ?1 GROUP BY headword HAVING count(*) > 1)"
)
_DIGESTED = ("id", "title", "source_language", "target_language", "licence", "origin", "description", "version")


class DictionaryDigest:
    """The digest of a dictionary, made of its description and of every entry in their order."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._digest = hashlib.blake2b(digest_size=16)
        for name in _DIGESTED:
            self._digest.update(getattr(dictionary, name).encode() + b"\0")

    def add(self, headword: str, body: bytes) -> None:
        """Take the next entry in, by its headword and encoded body."""
        self._digest.update(headword.encode() + b"\0" + body)

    def hexdigest(self) -> str:
        """The digest of what was taken in so far."""
        return self._digest.hexdigest()


def digest_of(dictionary: Dictionary, entries: Iterable[Entry]) -> str:
    """The digest that a dictionary with these entries gets when it is written."""
    digest = DictionaryDigest(dictionary)
    for entry in entries:
        digest.add(entry.headword, encode_body(entry))
    return digest.hexdigest()


class EntryWriter:
    """Writes the entries of one dictionary, numbered from `first`, with all that finds them."""

    def __init__(self, connection: sqlite3.Connection, dictionary: Dictionary, first: int) -> None:
        self._db = sqlite_utils.Database(connection)
        self._connection = connection
        self._dictionary = dictionary
        self._profile = profile_of(dictionary.source_language)
        self._first = self._next = first
        self._next_ordinals: dict[str, int] = {}
        """By headword the ordinal from which its next entry without a number takes one."""
        self._numbered: set[tuple[str, int]] = set()
        """Headwords with the ordinals that numbers of the dictionary's own have taken."""
        self._entries: list[dict[str, object]] = []
        self._texts: dict[str, list[dict[str, object]]] = {table: [] for table in TEXTS}
        self._entry_ids: dict[str, list[int]] = {}
        """The entries of each headword, also under its small letters: forms are found by them."""
        self._keys: list[NewKeyRow] = []
        self._permalinks: list[tuple[int, int]] = []
        self._alphabet: list[tuple[str, str, int]] = []
        self._digest = DictionaryDigest(dictionary)

    def write(self, entry: Entry) -> None:
        """Take the next entry."""
        entry_id, self._next = self._next, self._next + 1
        language = self._dictionary.source_language
        ordinal = self._free_ordinal(entry)
        body, prior = encode_body(entry), commonness(entry, language)
        self._digest.add(entry.headword, body)
        self._entries.append(
            {
                "id": entry_id,
                "headword": entry.headword,
                "ordinal": ordinal,
                "homonym": entry.homonym,
                "commonness": prior,
                "prior": prior,
                "body": body,
            }
        )
        self._permalinks.append((int(permalink(self._dictionary.id, entry.headword, ordinal), 16), entry_id))
        for table, text_of in TEXTS.items():
            if text := text_of(entry):
                self._texts[table].append({"rowid": entry_id, "folded": text})
        self._alphabet.append((sort_key(entry.headword, language), entry.headword, entry_id))
        self._add_keys(key_rows(entry, entry_id, self._profile))
        for word in {entry.headword, entry.headword.casefold()}:
            self._entry_ids.setdefault(word, []).append(entry_id)
        if len(self._entries) >= _ENTRY_BATCH:
            self._write_entries()

    def _free_ordinal(self, entry: Entry) -> int:
        """The ordinal of an entry: what the dictionary's own number for it says, else the next that is free."""
        headword, ordinal = entry.headword, entry.homonym - 1
        following = self._next_ordinals.get(headword, 0)
        if ordinal >= following and (headword, ordinal) not in self._numbered:
            self._numbered.add((headword, ordinal))
            return ordinal
        while (headword, following) in self._numbered:
            following += 1
        self._next_ordinals[headword] = following + 1
        return following

    def finish(self) -> tuple[int, str]:
        """Write what is left, and the forms of all headwords; returns the count of entries and their digest."""
        self._write_entries()
        self._connection.execute(_NUMBER_HOMONYMS_SQL, (self._first,))
        self._write_permalinks_and_alphabet()
        # last: meanwhile the forms of a language take up to 200 MB
        for form, lemma in inflections(self._dictionary.source_language):
            if entry_ids := self._entry_ids.get(lemma):
                self._add_keys(spelling_rows(KeyKind.FORM, (form,), entry_ids, self._profile))
        self._write_keys()
        return self._next - self._first, self._digest.hexdigest()

    def _write_permalinks_and_alphabet(self) -> None:
        self._permalinks.sort()
        run = self._connection.executemany
        run("INSERT OR IGNORE INTO permalink(id, entry) VALUES (?, ?)", self._permalinks)
        self._permalinks.clear()
        self._alphabet.sort()
        positions = ((position, entry_id) for position, (_, _, entry_id) in enumerate(self._alphabet, self._first))
        run("INSERT INTO alphabet(position, entry) VALUES (?, ?)", positions)
        self._alphabet.clear()

    def _add_keys(self, rows: Iterable[NewKeyRow]) -> None:
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
