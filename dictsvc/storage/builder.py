"""The file being built: dictionaries put in and taken out, then sealed. Nobody reads it before it is published."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import sqlite_utils
from msgspec import Struct

from dictsvc.errors import StorageError
from dictsvc.language.frequency import used_commonness
from dictsvc.language.keys import VIETNAMESE
from dictsvc.language.vietnamese.compound_usage import CompoundUse
from dictsvc.model import Dictionary, Entry
from dictsvc.storage.entry_codec import SCHEMA_VERSION, glosses_of, unpacked
from dictsvc.storage.entry_writer import TEXTS, EntryWriter
from dictsvc.storage.vocabulary import write_vocabulary

_SCHEMA = Path(__file__).with_name("schema.sql")
_CACHE_KIB = 24_000


class Loaded(Struct, frozen=True):
    """A dictionary in a file, and what it came from."""

    dictionary: Dictionary
    bundled: str
    """The digest of the bundled file it was loaded from; empty for other dictionaries."""


class Publication:
    """The file being built: replace and remove dictionaries in it.

    There is no way back from an error but to throw the file away: it has no access_log.
    """

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._db = sqlite_utils.Database(self._connection)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")  # synced once, before the swap
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if fresh:
            self._connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._before = None if fresh else self._state()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def dictionaries(self) -> dict[str, Loaded]:
        """The dictionaries in the file by id, in their order."""
        return read_dictionaries(self._connection)

    def remove(self, identifier: str) -> bool:
        """Take a dictionary out; returns whether it was there."""
        row = next(self._db.table("dictionary").rows_where("id = ?", [identifier]), None)
        if row is None:
            return False
        first, last = row["first_entry"], row["first_entry"] + row["entry_count"] - 1
        with self._at_once():
            self._delete_texts(first, last)
            for table, column in (("key", "entry"), ("permalink", "entry"), ("alphabet", "place"), ("entry", "id")):
                self._db.table(table).delete_where(f"{column} BETWEEN ? AND ?", [first, last])
            self._db.table("dictionary").delete(identifier)
        return True

    def replace(self, dictionary: Dictionary, entries: Iterable[Entry], *, bundled: str = "") -> Dictionary:
        """Put a dictionary in, in the place of the one of the same id; returns it with its count and digest.

        `bundled` is the digest of the bundled file it is read from.
        """
        present = self.dictionaries()
        position = list(present).index(dictionary.id) if dictionary.id in present else len(present)
        first = self._number("SELECT max(id) FROM entry") + 1
        writer = EntryWriter(self._connection, dictionary, first)
        self.remove(dictionary.id)
        with self._at_once():
            for entry in entries:
                writer.write(entry)
            count, digest = writer.finish()
        loaded = msgspec.structs.replace(dictionary, entry_count=count, digest=digest)
        row = {name: getattr(loaded, name) for name in Dictionary.__struct_fields__}
        self._db.table("dictionary").insert(row | {"position": position, "bundled": bundled, "first_entry": first})
        return loaded

    def carry_over(self, older: Path) -> None:
        """Put every dictionary of a file of an older schema in, its keys made anew."""
        with contextlib.closing(read_only(older)) as connection:
            for identifier, loaded in read_dictionaries(connection).items():
                self.replace(loaded.dictionary, _entries(connection, identifier), bundled=loaded.bundled)

    def sealed(self, path: Path) -> bool:
        """Write the file, complete and without gaps, to `path`; False, and nothing written, where nothing changed.

        Raises `StorageError` where what was written is not what was to be.
        """
        generation, marks = self._state()
        if (generation, marks) == self._before:
            return False
        self._weigh_by_use()
        self._db.table("library").delete_where()
        self._db.table("library").insert({"generation": generation, "keys": b"", "sounds": b""})
        write_vocabulary(self._connection)
        for table in TEXTS:
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
        self._connection.execute("VACUUM INTO ?", (str(path),))
        with contextlib.closing(read_only(path)) as written:
            _check(written)
        return True

    def _weigh_by_use(self) -> None:
        """Set how common Vietnamese headwords of several syllables are, also by how often glosses use them."""
        rows = self._connection.execute(_COMPOUNDS_SQL).fetchall()
        use = CompoundUse(headword for _, headword, _ in rows)
        for identifier, loaded in self.dictionaries().items():
            if loaded.dictionary.target_language == VIETNAMESE:
                for entry in _entries(self._connection, identifier):
                    use.count("; ".join(glosses_of(entry)))
        counted = ((used_commonness(prior, use[headword]), number) for number, headword, prior in rows)
        with self._at_once():
            self._connection.executemany("UPDATE entry SET commonness = ?1 WHERE id = ?2 AND commonness <> ?1", counted)

    @contextlib.contextmanager
    def _at_once(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        yield
        self._connection.execute("COMMIT")

    def _delete_texts(self, first: int, last: int) -> None:
        for table, tokens in TEXTS.items():
            rows = self._db.table("entry").rows_where("id BETWEEN ? AND ?", [first, last], select="id, headword, body")
            texts = ((row["id"], tokens(_entry(row["headword"], row["body"]))) for row in rows)
            doomed = (row for row in texts if row[1])
            sql = f"INSERT INTO {table}({table}, rowid, folded) VALUES ('delete', ?, ?)"  # noqa: S608
            self._connection.executemany(sql, doomed)

    def _state(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The generation (two machines with the same dictionaries agree on it) and where bundled ones came from."""
        digest = hashlib.blake2b(f"schema {SCHEMA_VERSION}".encode(), digest_size=8)
        present = sorted(self.dictionaries().items())
        for identifier, loaded in present:
            digest.update(f"{identifier}\0{loaded.dictionary.version}\0{loaded.dictionary.digest}\0".encode())
        return digest.hexdigest(), tuple((identifier, loaded.bundled) for identifier, loaded in present)

    def _number(self, sql: str) -> int:
        return int(self._connection.execute(sql).fetchone()[0] or 0)


_COMPOUNDS_SQL = (
    "SELECT e.id, e.headword, e.prior FROM dictionary d CROSS JOIN entry e "  # noqa: S608
    "ON e.id BETWEEN d.first_entry AND d.first_entry + d.entry_count - 1 "
    f"WHERE d.source_language = '{VIETNAMESE}' AND instr(e.headword, ' ')"
)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)


def read_dictionaries(connection: sqlite3.Connection) -> dict[str, Loaded]:
    """The dictionaries in a file by id, in their order."""
    names = Dictionary.__struct_fields__
    rows: Iterator[dict[str, Any]] = (
        sqlite_utils.Database(connection).table("dictionary").rows_where(order_by="position")
    )
    return {
        row["id"]: Loaded(Dictionary(**{name: row[name] for name in names if name in row}), row["bundled"])
        for row in rows
    }


def _check(written: sqlite3.Connection) -> None:
    for identifier, loaded in read_dictionaries(written).items():
        sql = (
            "SELECT count(*) FROM entry, dictionary d WHERE d.id = ? "
            "AND entry.id BETWEEN first_entry AND first_entry + ?"
        )
        found = written.execute(sql, (identifier, loaded.dictionary.entry_count - 1)).fetchone()[0]
        if found != loaded.dictionary.entry_count:
            raise StorageError(f"{identifier} was not written whole; nothing was changed. Try again.")
    if written.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise StorageError("The new database came out damaged; nothing was changed. Check the disk.")


def _entry(headword: str, body: bytes) -> Entry:
    parts = unpacked(body)
    return Entry(headword, parts.variants, parts.pronunciation, parts.senses, parts.idioms, parts.forms, parts.see_also)


def _entries(connection: sqlite3.Connection, identifier: str) -> Iterator[Entry]:
    sql = (
        "SELECT headword, body FROM entry, dictionary d WHERE d.id = ? "
        "AND entry.id BETWEEN first_entry AND first_entry + entry_count - 1 ORDER BY entry.id"
    )
    for headword, body in connection.execute(sql, (identifier,)):
        yield _entry(headword, body)
