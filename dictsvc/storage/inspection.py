"""Looking a published file over: whether it is whole, and what each part of it costs."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from msgspec import Struct

from dictsvc.storage.builder import read_only

_FULL_TEXT = ("gloss", "phrase")


class PartSize(Struct, frozen=True):
    """What a table takes in the file."""

    table: str
    bytes: int


def is_whole(database: Path) -> bool:
    """Whether every page of a file can be read and makes sense."""
    try:
        with contextlib.closing(read_only(database)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def part_sizes(database: Path) -> tuple[PartSize, ...]:
    """The tables of a file, the largest first; none where SQLite was built without dbstat.

    A full-text table is counted with those it keeps behind it.
    """
    with contextlib.closing(read_only(database)) as connection:
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
