"""Connections to one published file, which is never written again: they need no locks.

The file is not memory-mapped: a mapped file that somebody truncates kills the process, an unmapped one is an
error that can be answered.
"""

from __future__ import annotations

import sqlite3
import time
import weakref
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dictsvc.errors import UnavailableError

_PAGE_CACHE_KIB = 512
"""KiB of pages that a connection keeps: those on the way to every key; the last one is seldom asked for twice."""
_CONNECTION_TRIES = 500
_CONNECTION_SECONDS = 0.002
"""Seconds between two tries; together a second, much longer than any other thread keeps a connection."""
FileIdentity = tuple[int, int, int, int]
"""Device, inode, size and time of change: an inode alone is used again for the next file."""


class DamagedError(Exception):
    """A published file could not be read although it was opened; `LiveSnapshot` opens it anew."""


def damaged(path: Path) -> UnavailableError:
    """The error that tells a person that a database cannot be read."""
    return UnavailableError(f"{path} is damaged; run `dictsvc load` to rebuild it.", reason="damaged")


def file_identity(path: Path) -> FileIdentity | None:
    """What tells a file from the next one of the same name; None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def open_read_only(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection to a file that nobody writes."""
    uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=not any_thread)


class ConnectionPool:
    """Connections to a file for any number of threads, closed with the pool's last user.

    Raises `DamagedError` where the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity = file_identity(path)
        self._free: deque[sqlite3.Connection] = deque()
        weakref.finalize(self, _close_all, self._free)
        try:
            self._free.append(_with_small_page_cache(open_read_only(path, any_thread=True)))
        except sqlite3.OperationalError as error:
            raise DamagedError from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a statement. Raises `DamagedError` where the file cannot be read."""
        try:
            connection = self._free.pop()
        except IndexError:
            connection = self._another()
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedError from error
        finally:
            self._free.append(connection)

    def _another(self) -> sqlite3.Connection:
        """A new connection, or the next that becomes free where no more can be opened.

        That is so while another file or none stands in the place of this one, or no descriptors are left.
        """
        for _ in range(_CONNECTION_TRIES):
            with suppress(sqlite3.OperationalError):
                connection = open_read_only(self._path, any_thread=True)
                if file_identity(self._path) == self._identity:
                    return _with_small_page_cache(connection)
                connection.close()
            time.sleep(_CONNECTION_SECONDS)
            with suppress(IndexError):
                return self._free.pop()
        raise DamagedError


def _with_small_page_cache(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, keeping few pages. Raises `DamagedError`: the setting makes SQLite read the file."""
    try:
        connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    except sqlite3.DatabaseError as error:
        raise DamagedError from error
    return connection


def _close_all(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
