"""Reading one published file.

A published file is never written again, so connections need no locks. It is not memory-mapped: a mapped file
that somebody truncates kills the process, an unmapped one is an error that can be answered.
"""

from __future__ import annotations

import re
import sqlite3
import time
import weakref
import zlib
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from dictsvc.errors import UnavailableError
from dictsvc.model import Dictionary, Entry
from dictsvc.storage.entry_codec import SCHEMA_VERSION, Body, KeyKind, unpacked
from dictsvc.storage.vocabulary import KeyList, SpellingList, unpacked_text

_CACHE_KIB = 512
"""Pages that a connection keeps: those on the way to every key; the last one is seldom asked for twice."""
_CONNECTION_TRIES = 500
_CONNECTION_SECONDS = 0.002
"""A second in all, which is much longer than any other thread keeps a connection."""
_KEY_COLUMNS = "k.key, k.kind, k.entry, k.text, e.headword, e.ordinal, e.commonness, e.body"
"""The first fields of `KeyRow`."""
_PLACE_OF_ENTRY = 2
_ENTRIES_AT_ONCE = 1000
_ASKED_AT_ONCE = (1, 2, 4, 8, 16, 32, 64)
"""Numbers of keys or entries for which a statement is kept prepared; fewer are padded."""


Asked = TypeVar("Asked")


class KeyRow(Struct, frozen=True, gc=False):
    """A headword found under a key."""

    key: str
    kind: int
    """A `KeyKind`."""
    entry: int
    text: str | None
    """The variant, form or idiom as written, where it is not the key itself."""
    headword: str
    ordinal: int
    commonness: int
    packed: bytes
    """The rest of the entry, for `body_of`."""
    dictionary: str
    language: str
    """Of the headword."""

    @property
    def written(self) -> str:
        """The headword, variant, form or idiom as it is written."""
        return self.text or (self.headword if self.kind == KeyKind.FOLDED else self.key)


class StoredEntry(Struct, frozen=True):
    """An entry as it is read back."""

    number: int
    headword: str
    ordinal: int
    dictionary: str
    body: Body

    def entry(self) -> Entry:
        """The entry as it was loaded."""
        body = self.body
        return Entry(
            self.headword,
            body.variants,
            body.pronunciation,
            body.senses,
            body.idioms,
            body.forms,
            body.see_also,
        )


class DamagedError(Exception):
    """The file could not be read although it was opened; the live_snapshot opens it anew."""


def damaged(path: Path) -> UnavailableError:
    """What is said of a file that cannot be read."""
    return UnavailableError(f"{path} is damaged; run `dictsvc load` to rebuild it.", reason="damaged")


class Snapshot:
    """One published file, open for reading from any number of threads; closed with its last user."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._identity = identity(path)
        self._pool: deque[sqlite3.Connection] = deque()
        self._opened = False
        weakref.finalize(self, _close_all, self._pool)
        version = self.rows("PRAGMA user_version")[0][0]
        self._opened = True
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
        in_order = sorted(self.dictionaries.values(), key=lambda dictionary: self._ranges[dictionary.id])
        self._first_entries = [self._ranges[dictionary.id][0] for dictionary in in_order]
        self._owners = [(dictionary.id, dictionary.source_language) for dictionary in in_order]

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """What a statement of this package reads. Raises `DamagedError` where the file cannot be read."""
        try:
            connection = self._pool.pop()
        except IndexError:
            connection = self._another_connection()
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedError from error
        finally:
            self._pool.append(connection)

    def _another_connection(self) -> sqlite3.Connection:
        """A new connection, or the next that becomes free where no more can be opened.

        That is so while another file stands in the place of this one, or none, or no descriptors are left.
        """
        for _ in range(_CONNECTION_TRIES):
            try:
                fresh = sqlite3.connect(self._uri, uri=True, check_same_thread=False, isolation_level=None)
            except sqlite3.OperationalError as error:
                if not self._opened:
                    raise DamagedError from error
            else:
                if identity(self._path) == self._identity:
                    return _frugal(fresh)
                fresh.close()
            time.sleep(_CONNECTION_SECONDS)
            with suppress(IndexError):
                return self._pool.pop()
        raise DamagedError

    def probe(self) -> None:
        """Read something, so that a file damaged after it was opened shows."""
        self.rows("SELECT max(id) FROM entry")

    def _owner(self, entry: int) -> tuple[str, str]:
        """The dictionary that an entry belongs to, and the language of its headwords."""
        return self._owners[bisect_right(self._first_entries, entry) - 1]

    def entry_range(self, dictionary: str) -> tuple[int, int]:
        """The first and the last entry number of a dictionary."""
        return self._ranges[dictionary]

    def find(self, keys: Sequence[str]) -> list[KeyRow]:
        """Every headword, variant, form and idiom that stands under one of `keys`."""
        found: list[KeyRow] = []
        for asked in _batches(keys):
            found += self._key_rows(self.rows(_FIND_SQL[len(asked)], asked))
        return found

    def _key_rows(self, rows: list[Any]) -> list[KeyRow]:
        owner = self._owner
        return [KeyRow(*(row + owner(row[_PLACE_OF_ENTRY]))) for row in rows]

    def entries(self, numbers: Sequence[int]) -> list[StoredEntry]:
        """The entries of these numbers, in the order asked; a number that is none is left out."""
        found = {}
        for asked in _batches(numbers):
            for number, headword, ordinal, body in self.rows(_ENTRIES_SQL_OF[len(asked)], asked):
                found[number] = StoredEntry(number, headword, ordinal, self._owner(number)[0], body_of(body))
        return [found[number] for number in numbers if number in found]

    def all_entries(self, dictionary: str) -> Iterator[StoredEntry]:
        """Every entry of a dictionary in the order in which it was loaded, a few at a time."""
        first, last = self.entry_range(dictionary)
        for start in range(first, last + 1, _ENTRIES_AT_ONCE):
            values = (start, min(start + _ENTRIES_AT_ONCE - 1, last))
            for number, headword, ordinal, body in self.rows(_ENTRIES_SQL, values):
                yield StoredEntry(number, headword, ordinal, dictionary, body_of(body))

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

    def gloss_matches(self, words: Sequence[str], dictionaries: Iterable[str], most: int) -> list[KeyRow]:
        """Entries whose glosses hold all the folded `words`, under no key: `most` of each dictionary.

        Those with the shortest glosses come first.
        """
        terms = dict.fromkeys(term for word in words for term in _TERMS.findall(word))
        match = " ".join(f'"{term}"' for term in islice(terms, _MOST_TERMS))
        if not terms or not self.rows(_ANY_GLOSS_SQL, (match,)):
            return []
        found: list[KeyRow] = []
        for dictionary in dictionaries:
            found += self._key_rows(self.rows(_GLOSS_SQL, (match, *self.entry_range(dictionary), most)))
        return found


_FIND_SQL = {
    size: f"SELECT {_KEY_COLUMNS} FROM key k CROSS JOIN entry e ON e.id = k.entry "  # noqa: S608
    f"WHERE k.key IN ({', '.join('?' * size)})"
    for size in _ASKED_AT_ONCE
}
_ENTRIES_SQL_OF = {
    size: f"SELECT id, headword, ordinal, body FROM entry WHERE id IN ({', '.join('?' * size)})"  # noqa: S608
    for size in _ASKED_AT_ONCE
}
_MOST_TERMS = 12
"""Different words by which glosses are found: hardly any that holds so many does not hold the others."""
_TERMS = re.compile("[a-z0-9]+")  # what the tokenizer makes of folded text; FTS5 then sees no operator
_ENTRIES_SQL = "SELECT id, headword, ordinal, body FROM entry WHERE id BETWEEN ? AND ? ORDER BY id"
_ANY_GLOSS_SQL = "SELECT 1 FROM gloss WHERE gloss MATCH ? LIMIT 1"
_GLOSS_SQL = (
    f"SELECT '', {KeyKind.FOLDED}, e.id, NULL, e.headword, e.ordinal, 0, e.body "  # noqa: S608
    "FROM (SELECT rowid FROM gloss WHERE gloss MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?) g "
    "CROSS JOIN entry e ON e.id = g.rowid"
)


def _batches(asked: Sequence[Asked]) -> Iterator[Sequence[Asked]]:
    """What is asked for in numbers for which there is a statement, the last one repeated where some are missing."""
    if len(asked) == 1:
        yield asked
        return
    most = _ASKED_AT_ONCE[-1]
    for start in range(0, len(asked), most):
        batch = list(asked[start : start + most])
        size = next(n for n in _ASKED_AT_ONCE if n >= len(batch))
        yield batch + batch[-1:] * (size - len(batch))


def body_of(data: bytes) -> Body:
    """The body of an entry as it is stored. Raises `DamagedError`."""
    try:
        return unpacked(data)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise DamagedError from error


def _frugal(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, keeping few pages. Raises `DamagedError`: to say so it reads the file."""
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except sqlite3.DatabaseError as error:
        raise DamagedError from error
    return connection


def _close_all(pool: deque[sqlite3.Connection]) -> None:
    while pool:
        pool.pop().close()


def identity(path: Path) -> tuple[int, int, int, int] | None:
    """What tells one file from the next of the same name; an inode alone does not, because it is used again."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
