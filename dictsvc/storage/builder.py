"""The file being built: dictionaries put in and taken out, then written. Nobody reads it before it is published."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import sqlite_utils
from msgspec import Struct

from dictsvc.entry_parts import glosses_of
from dictsvc.errors import StorageError
from dictsvc.language.frequency import used_commonness
from dictsvc.language.keys import VIETNAMESE
from dictsvc.language.vietnamese.compound_usage import CompoundUse
from dictsvc.model import Dictionary, Entry
from dictsvc.storage.connection_pool import open_read_only
from dictsvc.storage.entry_codec import decode_entry
from dictsvc.storage.entry_writer import TEXTS, EntryWriter
from dictsvc.storage.inspection import fault_of
from dictsvc.storage.schema import SCHEMA_VERSION, schema_sql
from dictsvc.storage.vocabulary import write_vocabulary

_PAGE_CACHE_KIB = 24_000


class StoredDictionary(Struct, frozen=True):
    """A dictionary in a file, and what it came from."""

    dictionary: Dictionary
    bundled: str
    """The digest of the bundled file it was loaded from; empty for other dictionaries."""


class _State(Struct, frozen=True):
    """What a file holds; two of the same state need not both be published."""

    generation: str
    """Digest of the dictionaries in their order: two machines with the same ones in the same order agree on it."""
    bundled: tuple[str, ...]
    """For each dictionary the digest of the bundled file it was loaded from."""


class DatabaseBuilder:
    """The file being built: replace and remove dictionaries in it, then write it whole to another path.

    After an error it can only be thrown away: it has no journal.
    """

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._db = sqlite_utils.Database(self._connection)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")  # synced once, before the swap
        self._connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
        if fresh:
            self._connection.executescript(schema_sql())
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._before = None if fresh else self._state()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def dictionaries(self) -> dict[str, StoredDictionary]:
        """The dictionaries in the file by id, in their order."""
        return read_dictionaries(self._connection)

    def remove(self, identifier: str) -> bool:
        """Take a dictionary out; returns whether it was there."""
        row = next(self._db.table("dictionary").rows_where("id = ?", [identifier]), None)
        if row is None:
            return False
        first, last = row["first_entry"], row["first_entry"] + row["entry_count"] - 1
        with self._transaction():
            self._delete_texts(first, last)
            for table, column in (("key", "entry"), ("permalink", "entry"), ("alphabet", "position"), ("entry", "id")):
                self._db.table(table).delete_where(f"{column} BETWEEN ? AND ?", [first, last])
            self._db.table("dictionary").delete(identifier)
        return True

    def replace(self, dictionary: Dictionary, entries: Iterable[Entry], *, bundled: str = "") -> Dictionary:
        """Put a dictionary in, in the place of the one of the same id; returns it with its count and digest.

        `bundled` is the digest of the bundled file it is read from.
        """
        position = self._number(_POSITION_SQL, dictionary.id)
        first = self._number("SELECT coalesce(max(id), 0) + 1 FROM entry")
        writer = EntryWriter(self._connection, dictionary, first)
        self.remove(dictionary.id)
        with self._transaction():
            for entry in entries:
                writer.write(entry)
            count, digest = writer.finish()
        loaded = msgspec.structs.replace(dictionary, entry_count=count, digest=digest)
        row = {name: getattr(loaded, name) for name in Dictionary.__struct_fields__}
        self._db.table("dictionary").insert(row | {"position": position, "bundled": bundled, "first_entry": first})
        return loaded

    def carry_over(self, older: Path) -> None:
        """Put every dictionary of a file of an older schema in, its keys made anew."""
        with contextlib.closing(open_read_only(older)) as connection:
            for identifier, stored in read_dictionaries(connection).items():
                self.replace(stored.dictionary, _entries(connection, identifier), bundled=stored.bundled)

    def write_to(self, path: Path) -> bool:
        """Write the file, complete and without gaps, to `path`; False, and nothing written, where nothing changed.

        Raises `StorageError` where the written file is not whole.
        """
        state = self._state()
        if state == self._before:
            return False
        self._weigh_by_use()
        self._db.table("library").delete_where()
        self._db.table("library").insert({"generation": state.generation, "keys": b"", "sounds": b""})
        write_vocabulary(self._connection)
        for table in TEXTS:
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
        self._connection.execute("VACUUM INTO ?", (str(path),))
        if fault := fault_of(path):
            raise StorageError(f"The new database came out damaged ({fault}); nothing was changed. Check the disk.")
        return True

    def _weigh_by_use(self) -> None:
        """Set how common Vietnamese headwords of several syllables are, also by how often glosses use them."""
        rows = self._connection.execute(_COMPOUNDS_SQL).fetchall()
        use = CompoundUse(headword for _, headword, _ in rows)
        for identifier, stored in self.dictionaries().items():
            if stored.dictionary.target_language == VIETNAMESE:
                for entry in _entries(self._connection, identifier):
                    use.count("; ".join(glosses_of(entry)))
        counted = ((used_commonness(prior, use[headword]), entry_id) for entry_id, headword, prior in rows)
        with self._transaction():
            self._connection.executemany("UPDATE entry SET commonness = ?1 WHERE id = ?2 AND commonness <> ?1", counted)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        yield
        self._connection.execute("COMMIT")

    def _delete_texts(self, first: int, last: int) -> None:
        for table, text_of in TEXTS.items():
            rows = self._db.table("entry").rows_where("id BETWEEN ? AND ?", [first, last], select="id, headword, body")
            texts = ((row["id"], text_of(decode_entry(row["headword"], row["body"]))) for row in rows)
            doomed = (row for row in texts if row[1])
            sql = f"INSERT INTO {table}({table}, rowid, folded) VALUES ('delete', ?, ?)"  # noqa: S608
            self._connection.executemany(sql, doomed)

    def _state(self) -> _State:
        digest = hashlib.blake2b(f"schema {SCHEMA_VERSION}".encode(), digest_size=8)
        present = self.dictionaries()
        for identifier, stored in present.items():
            digest.update(f"{identifier}\0{stored.dictionary.version}\0{stored.dictionary.digest}\0".encode())
        return _State(digest.hexdigest(), tuple(stored.bundled for stored in present.values()))

    def _number(self, sql: str, *values: object) -> int:
        return int(self._connection.execute(sql, values).fetchone()[0])


_POSITION_SQL = "SELECT coalesce((SELECT position FROM dictionary WHERE id = ?), max(position) + 1, 0) FROM dictionary"
_COMPOUNDS_SQL = (
    "SELECT e.id, e.headword, e.prior FROM dictionary d CROSS JOIN entry e "  # noqa: S608
    "ON e.id BETWEEN d.first_entry AND d.first_entry + d.entry_count - 1 "
    f"WHERE d.source_language = '{VIETNAMESE}' AND instr(e.headword, ' ')"
)


def read_dictionaries(connection: sqlite3.Connection) -> dict[str, StoredDictionary]:
    """The dictionaries in a file of this or an older schema by id, in their order."""
    names = Dictionary.__struct_fields__
    rows: Iterator[dict[str, Any]] = (
        sqlite_utils.Database(connection).table("dictionary").rows_where(order_by="position")
    )
    return {
        row["id"]: StoredDictionary(Dictionary(**{name: row[name] for name in names if name in row}), row["bundled"])
        for row in rows
    }


def _entries(connection: sqlite3.Connection, identifier: str) -> Iterator[Entry]:
    sql = (
        "SELECT headword, body FROM entry, dictionary d WHERE d.id = ? "
        "AND entry.id BETWEEN first_entry AND first_entry + entry_count - 1 ORDER BY entry.id"
    )
    for headword, body in connection.execute(sql, (identifier,)):
        yield decode_entry(headword, body)
