"""Writing: build a new file beside the present one, check it, swap it in.

The present file is never touched. Whatever goes wrong before the swap leaves it as it was, and what a killed
process leaves behind is cleared by the next one that gets the lock.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

import msgspec
import sqlite_utils

from dictsvc.errors import StorageError
from dictsvc.language.collation import sort_key
from dictsvc.language.frequency import commonness
from dictsvc.language.inflection import forms_of
from dictsvc.model import Dictionary, Entry
from dictsvc.storage.records import SCHEMA_VERSION, gloss_tokens, key_rows, packed, permalink, phrase_tokens, unpacked

_SCHEMA = Path(__file__).with_name("schema.sql")
_BATCH = 2000
_SQL_BATCH = 500  # rows a statement: below SQLite's limit of 32,766 values
VIETNAMESE = "vi"
_TEXTS: Mapping[str, Callable[[Entry], str]] = {"gloss": gloss_tokens, "phrase": phrase_tokens}
"""The full-text tables, each with what it holds of an entry."""


@contextlib.contextmanager
def publication(database: Path, *, wait: bool = True) -> Iterator[Publication]:
    """A new file being built, which replaces `database` when the block ends without an error.

    Only one can be built at a time: the second waits, or with `wait=False` raises `StorageError` that names
    the process that builds. Raises `StorageError` in one sentence where the folder cannot be written or is
    full.
    """
    with _described(database):
        database.parent.mkdir(parents=True, exist_ok=True)
    with _described(database), _locked(database, wait=wait):
        building = database.with_name(database.name + ".building")
        _clear(building)
        connection: sqlite3.Connection | None = None
        try:
            fresh = not _copied(database, building)
            connection = sqlite3.connect(building, isolation_level=None)
            work = Publication(connection, fresh=fresh)
            yield work
            if work.finished():
                connection.close()
                connection = None
                _swap(building, database)
        finally:
            if connection is not None:
                connection.close()
            _clear(building)


class Publication:
    """The file being built: replace and remove dictionaries in it; nobody sees it before the block ends."""

    def __init__(self, connection: sqlite3.Connection, *, fresh: bool) -> None:
        self._connection = connection
        self._db = sqlite_utils.Database(connection)
        connection.execute("PRAGMA journal_mode = MEMORY")  # a killed build is thrown away whole
        connection.execute("PRAGMA synchronous = OFF")  # synced once, before the swap
        connection.execute("PRAGMA cache_size = -64000")
        self._rewritten = False
        if fresh:
            connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._before = None if fresh else self._state()

    def dictionaries(self) -> dict[str, tuple[Dictionary, str]]:
        """The dictionaries in the file by id, each with the digest of the bundled file it came from."""
        names = Dictionary.__struct_fields__
        rows = self._db.table("dictionary").rows_where(order_by="position")
        return {row["id"]: (Dictionary(**{name: row[name] for name in names}), row["bundled"]) for row in rows}

    def remove(self, identifier: str) -> bool:
        """Take a dictionary out; returns whether it was there."""
        row = next(self._db.table("dictionary").rows_where("id = ?", [identifier]), None)
        if row is None:
            return False
        first, last = row["first_entry"], row["first_entry"] + row["entry_count"] - 1
        with self._db.atomic():
            self._delete_texts(first, last)
            for table, column in (("key", "entry"), ("permalink", "entry"), ("alphabet", "place"), ("entry", "id")):
                self._db.table(table).delete_where(f"{column} BETWEEN ? AND ?", [first, last])
            self._db.table("dictionary").delete(identifier)
        self._rewritten = True
        return True

    def replace(self, dictionary: Dictionary, entries: Iterable[Entry], *, bundled: str = "") -> Dictionary:
        """Put a dictionary in, in the place of the one of the same id; returns it with its count and digest.

        `bundled` is the digest of the bundled file it is read from.
        """
        present = self.dictionaries()
        position = list(present).index(dictionary.id) if dictionary.id in present else len(present)
        first = self._number("SELECT max(id) FROM entry") + 1
        writer = _EntryWriter(self._db, dictionary, first)
        self.remove(dictionary.id)
        with self._db.atomic():
            for entry in entries:
                writer.write(entry)
            count, digest = writer.finish()
        loaded = msgspec.structs.replace(dictionary, entry_count=count, digest=digest)
        row = {name: getattr(loaded, name) for name in Dictionary.__struct_fields__}
        self._db.table("dictionary").insert(row | {"position": position, "bundled": bundled, "first_entry": first})
        return loaded

    def finished(self) -> bool:
        """Seal the file; returns whether it differs from the present one at all."""
        generation, marks = self._state()
        if (generation, marks) == self._before:
            return False
        self._db.table("library").delete_where()
        self._db.table("library").insert({"generation": generation})
        for table in _TEXTS:
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
        if self._rewritten:
            self._connection.execute("VACUUM")
        self._check()
        return True

    def _delete_texts(self, first: int, last: int) -> None:
        for table, tokens in _TEXTS.items():
            rows = self._db.table("entry").rows_where("id BETWEEN ? AND ?", [first, last], select="id, headword, body")
            texts = ((row["id"], tokens(_entry(row["headword"], row["body"]))) for row in rows)
            doomed = (row for row in texts if row[1])
            sql = f"INSERT INTO {table}({table}, rowid, folded) VALUES ('delete', ?, ?)"  # noqa: S608
            self._connection.executemany(sql, doomed)

    def _check(self) -> None:
        for identifier, (dictionary, _) in self.dictionaries().items():
            first = self._number("SELECT first_entry FROM dictionary WHERE id = ?", identifier)
            found = self._number(
                "SELECT count(*) FROM entry WHERE id BETWEEN ? AND ?",
                first,
                first + dictionary.entry_count - 1,
            )
            if found != dictionary.entry_count:
                raise StorageError(f"{identifier} was not written whole; nothing was changed. Try again.")
        if self._connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise StorageError("The new database came out damaged; nothing was changed. Check the disk.")

    def _state(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The generation (two machines with the same dictionaries agree on it) and where bundled ones came from."""
        digest = hashlib.blake2b(f"schema {SCHEMA_VERSION}".encode(), digest_size=8)
        present = sorted(self.dictionaries().items())
        for identifier, (dictionary, _) in present:
            digest.update(f"{identifier}\0{dictionary.version}\0{dictionary.digest}\0".encode())
        return digest.hexdigest(), tuple((identifier, bundled) for identifier, (_, bundled) in present)

    def _number(self, sql: str, *values: object) -> int:
        return int(self._connection.execute(sql, values).fetchone()[0] or 0)


def _entry(headword: str, body: bytes) -> Entry:
    parts = unpacked(body)
    return Entry(headword, senses=parts.senses, idioms=parts.idioms)


class _EntryWriter:
    """Writes the rows of one dictionary's entries in batches, and digests them on the way."""

    def __init__(self, db: sqlite_utils.Database, dictionary: Dictionary, first: int) -> None:
        self._db = db
        self._dictionary = dictionary
        self._vietnamese = dictionary.source_language == VIETNAMESE
        self._first = self._next = first
        self._ordinals: dict[str, int] = {}
        self._entries: list[dict[str, object]] = []
        self._texts: dict[str, list[dict[str, object]]] = {table: [] for table in _TEXTS}
        self._keys: list[tuple[str, int, int, str | None]] = []
        self._permalinks: list[tuple[int, int]] = []
        self._alphabet: list[tuple[str, str, int]] = []
        self._digest = hashlib.blake2b(digest_size=16)
        for name in (
            "id",
            "title",
            "source_language",
            "target_language",
            "licence",
            "origin",
            "description",
            "version",
        ):
            self._digest.update(getattr(dictionary, name).encode() + b"\0")

    def write(self, entry: Entry) -> None:
        number, self._next = self._next, self._next + 1
        language = self._dictionary.source_language
        ordinal = self._ordinals.get(entry.headword, 0)
        self._ordinals[entry.headword] = ordinal + 1
        body = packed(entry)
        self._digest.update(entry.headword.encode() + b"\0" + body)
        self._entries.append(
            {
                "id": number,
                "headword": entry.headword,
                "ordinal": ordinal,
                "commonness": commonness(entry, language),
                "body": body,
            }
        )
        self._permalinks.append((int(permalink(self._dictionary.id, entry.headword, ordinal), 16), number))
        for table, tokens in _TEXTS.items():
            if text := tokens(entry):
                self._texts[table].append({"rowid": number, "folded": text})
        self._alphabet.append((sort_key(entry.headword, language), entry.headword, number))
        forms = tuple(dict.fromkeys((*entry.forms, *forms_of(entry.headword, language))))
        self._keys.extend(key_rows(entry, number, forms, vietnamese=self._vietnamese))
        if len(self._entries) >= _BATCH:
            self._flush()

    def finish(self) -> tuple[int, str]:
        """Write what is left; returns the count of entries and their digest."""
        self._flush()
        self._keys.sort(key=itemgetter(0, 1, 2))  # clustered rows go in fastest in their own order
        run = self._db.conn.executemany
        run("INSERT OR IGNORE INTO key(key, kind, entry, text) VALUES (?, ?, ?, ?)", self._keys)
        self._permalinks.sort()
        run("INSERT OR IGNORE INTO permalink(id, entry) VALUES (?, ?)", self._permalinks)
        self._alphabet.sort()
        places = ((self._first + place, entry) for place, (_, _, entry) in enumerate(self._alphabet))
        run("INSERT INTO alphabet(place, entry) VALUES (?, ?)", places)
        return self._next - self._first, self._digest.hexdigest()

    def _flush(self) -> None:
        for table, rows in (("entry", self._entries), *self._texts.items()):
            if rows:
                self._db.table(table).insert_all(rows, batch_size=_SQL_BATCH)
                rows.clear()


@contextlib.contextmanager
def _described(database: Path) -> Iterator[None]:
    """Turn what the disk refuses into one sentence."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        full = getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error)
        if full:
            raise StorageError(
                f"The disk that holds {database.parent} is full; nothing was changed. Make room and try again."
            ) from error
        if isinstance(error, PermissionError) or getattr(error, "errno", None) == errno.EROFS:
            raise StorageError(
                f"{database.parent} cannot be written; nothing was changed. "
                "Give this user the right to write there, or set DICTSVC_DATABASE."
            ) from error
        raise StorageError(f"{database} cannot be written; nothing was changed.") from error


@contextlib.contextmanager
def _locked(database: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock file beside the database; its text is the number of the process that holds it."""
    with database.with_name(database.name + ".lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise StorageError(
                f"Another dictsvc (process {holder}) is changing the dictionaries; try again when it has finished."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _copied(database: Path, building: Path) -> bool:
    """Copy the present file to build on; False where there is none that can be built on.

    A file that is no dictionary database of this schema is set aside, not overwritten.
    """
    if not database.exists():
        return False
    if is_published(database):
        shutil.copyfile(database, building)
        return True
    database.replace(database.with_name(database.name + ".set-aside"))
    return False


def is_published(database: Path) -> bool:
    """Whether a file is a whole database of this schema."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return bool(
                version == SCHEMA_VERSION
                and connection.execute("SELECT count(*) FROM library").fetchone()[0]
                and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            )
    except sqlite3.Error:
        return False


def _swap(building: Path, database: Path) -> None:
    with building.open("rb") as file:
        os.fsync(file.fileno())
    building.replace(database)
    folder = os.open(database.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _clear(building: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        building.with_name(building.name + ending).unlink(missing_ok=True)
