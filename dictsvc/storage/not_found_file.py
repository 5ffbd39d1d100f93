"""The file of words that were looked up and not found: words, counts and days, nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from dictsvc.errors import StorageError

LEAST_SHOWN = 5
"""A word is shown once it was asked for so often: what only one person wrote stays unseen."""
KEPT_DAYS = 90
_MOST_ROWS = 200_000
_BUSY_SECONDS = 2.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS miss (
  word  TEXT NOT NULL,   -- canonical key of what was looked up
  day   TEXT NOT NULL,   -- ISO date in UTC
  count INTEGER NOT NULL,
  PRIMARY KEY (word, day)
) WITHOUT ROWID
"""


class Miss(Struct, frozen=True):
    """A word that was not found."""

    word: str
    count: int
    first_day: str
    last_day: str


class NotFoundFile:
    """A small SQLite file of its own, shared by all workers; raises `StorageError` where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def beside(cls, database: Path) -> NotFoundFile:
        """The file that belongs to a database: `dictsvc.misses.sqlite3` beside `dictsvc.sqlite3`."""
        return cls(database.with_name(f"{database.stem}.misses.sqlite3"))

    def add(self, words: Mapping[str, int], day: date | None = None) -> None:
        """Add to the counts of a day (default: today), and forget what is too old or too much."""
        today = day or datetime.now(UTC).date()
        with self._open() as database:
            database.execute(_SCHEMA)
            database.executemany(
                "INSERT INTO miss VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
                [(word, today.isoformat(), count) for word, count in words.items()],
            )
            database.execute("DELETE FROM miss WHERE day < ?", ((today - timedelta(days=KEPT_DAYS)).isoformat(),))
            database.execute(
                "DELETE FROM miss WHERE (word, day) IN (SELECT word, day FROM miss ORDER BY day DESC, count DESC, word"
                " LIMIT -1 OFFSET ?)",
                (_MOST_ROWS,),
            )

    def most_wanted(self, limit: int) -> list[Miss]:
        """The words asked for most often, at least five times, most often first."""
        if not self._path.exists():
            return []
        with self._open() as database:
            rows = database.execute(
                "SELECT word, sum(count), min(day), max(day) FROM miss GROUP BY word HAVING sum(count) >= ?"
                " ORDER BY 2 DESC, 1 LIMIT ?",
                (LEAST_SHOWN, limit),
            ).fetchall()
        return [Miss(*row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
            try:
                with database:
                    yield database
            finally:
                database.close()
        except sqlite3.Error as error:
            raise StorageError(f"{self._path} cannot be used: {error}.") from error
