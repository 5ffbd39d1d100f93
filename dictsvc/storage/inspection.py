"""Looking a published file over: whether it is whole, and how much room each table takes."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from msgspec import Struct

from dictsvc.storage.connection_pool import open_read_only

_FULL_TEXT = ("gloss", "phrase")
_COUNTS_SQL = (
    "SELECT d.id FROM dictionary d WHERE d.entry_count <> "
    "(SELECT count(*) FROM entry WHERE entry.id BETWEEN d.first_entry AND d.first_entry + d.entry_count - 1)"
)


class PartSize(Struct, frozen=True):
    """How much of a file a table takes."""

    table: str
    bytes: int


def fault_of(database: Path) -> str:
    """What is wrong with a file, in a few words; empty where every page and every dictionary is whole."""
    try:
        with contextlib.closing(open_read_only(database)) as connection:
            for (identifier,) in connection.execute(_COUNTS_SQL):
                return f"{identifier} lacks entries"
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            return "" if verdict == "ok" else "pages contradict each other"
    except sqlite3.DatabaseError:
        return "it cannot be read"


def part_sizes(database: Path) -> tuple[PartSize, ...]:
    """The tables of a file, the largest first; none where SQLite was built without dbstat.

    A full-text table is counted with those it keeps behind it.
    """
    with contextlib.closing(open_read_only(database)) as connection:
        try:
            pages = connection.execute("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE").fetchall()
        except sqlite3.OperationalError:
            return ()
        sizes: dict[str, int] = {}
        for name, size in pages:
            table = next((text for text in _FULL_TEXT if name.startswith(f"{text}_")), name)
            sizes[table] = sizes.get(table, 0) + size
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        parts = [PartSize(name, size) for name, size in sizes.items() if name in tables]
        return tuple(sorted(parts, key=lambda part: -part.bytes))
