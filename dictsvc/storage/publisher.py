"""Publishing a new file: build it beside the present one, check it, swap it in.

The present file is never touched. Whatever goes wrong before the swap leaves it as it was, and what a killed
process leaves behind is cleared by the next one that gets the lock.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from dictsvc.errors import StorageError
from dictsvc.storage.builder import DatabaseBuilder, StoredDictionary, read_dictionaries
from dictsvc.storage.connection_pool import open_read_only
from dictsvc.storage.schema import SCHEMA_VERSION, UPGRADED_VERSIONS

_log = logging.getLogger(__name__)
_BUILDING = (".building", ".new")
"""Endings of the files that stand beside the database while a new one is built."""


_TABLES = {"library", "dictionary", "entry"}
"""Tables by which our files are told from other SQLite databases."""


@contextlib.contextmanager
def publishing(database: Path, *, wait: bool = True) -> Iterator[DatabaseBuilder]:
    """A new file being built, which replaces `database` when the block ends without an error.

    Only one can be built at a time: the second waits, or with `wait=False` raises `StorageError` that names
    the process that builds. Raises `StorageError` in one sentence where the folder cannot be written or is
    full, or where `database` is a file of something else.
    """
    database = database.resolve()  # a link stays one, and what it points to is what is replaced
    with _storage_errors(database):
        database.parent.mkdir(parents=True, exist_ok=True)
    with _storage_errors(database), _lock(database, wait=wait):
        building, new = (database.with_name(database.name + ending) for ending in _BUILDING)
        _clear(database)
        try:
            with contextlib.closing(_begin(database, building)) as builder:
                yield builder
                changed = builder.write_to(new)
            if changed:
                _swap(new, database)
        finally:
            _clear(database)


def published(database: Path) -> dict[str, StoredDictionary]:
    """The dictionaries of a published file by id; none where there is no file of the present schema."""
    with _storage_errors(database):
        if not database.exists() or _condition(database, thorough=False) is not _Condition.PRESENT:
            return {}
    with contextlib.closing(open_read_only(database)) as connection:
        return read_dictionaries(connection)


class _Condition(Enum):
    """State of the existing file, and what is done with it."""

    PRESENT = "built on"
    OLDER = "its dictionaries are carried over"
    NEWER = "refused: this version would lose what it holds"
    DAMAGED = "set aside"
    FOREIGN = "refused: it belongs to something else"


_HEADER = b"SQLite format 3\0"


def _condition(database: Path, *, thorough: bool = True) -> _Condition:
    with database.open("rb") as file:
        header = file.read(len(_HEADER))
    if header != _HEADER:
        return _Condition.DAMAGED if not any(header) else _Condition.FOREIGN  # zeros are what a power cut leaves
    try:
        with contextlib.closing(open_read_only(database)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if not tables >= _TABLES:
                return _Condition.FOREIGN
            if version > SCHEMA_VERSION:
                return _Condition.NEWER
            whole = not thorough or connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            if version in UPGRADED_VERSIONS and whole:
                return _Condition.OLDER
            return _Condition.PRESENT if version == SCHEMA_VERSION and whole else _Condition.DAMAGED
    except sqlite3.Error:
        return _Condition.DAMAGED


def _begin(database: Path, building: Path) -> DatabaseBuilder:
    """The file to build on: a copy of the present one, or a new one with what an older one holds."""
    if not database.exists() or not database.stat().st_size:
        return DatabaseBuilder(building, fresh=True)
    condition = _condition(database)
    if condition is _Condition.FOREIGN:
        raise StorageError(
            f"{database} is no dictionary database; nothing was changed. Choose another with --database."
        )
    if condition is _Condition.NEWER:
        raise StorageError(f"{database} was made by a newer dictsvc; nothing was changed. Upgrade this one.")
    if condition is _Condition.DAMAGED:
        aside = database.with_name(f"{database.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
        database.rename(aside)
        _log.warning("%s was damaged and is kept as %s; load its dictionaries again.", database, aside.name)
        return DatabaseBuilder(building, fresh=True)
    if condition is _Condition.OLDER:
        builder = DatabaseBuilder(building, fresh=True)
        builder.carry_over(database)
        return builder
    shutil.copyfile(database, building)
    return DatabaseBuilder(building, fresh=False)


@contextlib.contextmanager
def _storage_errors(database: Path) -> Iterator[None]:
    """Raise what the disk refuses in the block as a `StorageError` of one sentence."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        folder = database.parent
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or _is_full(error):
            raise StorageError(
                f"The disk of {folder} is full; nothing was changed. Make room and try again."
            ) from error
        if getattr(error, "errno", None) in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise StorageError(
                f"{folder} cannot be written; nothing was changed. "
                "Give this user the right to write there, or set DICTSVC_DATABASE."
            ) from error
        raise StorageError(f"{database} cannot be written; nothing was changed. Check the disk.") from error


def _is_full(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


@contextlib.contextmanager
def _lock(database: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock file beside the database; its text is the number of the process that holds it."""
    with database.with_name(database.name + ".lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = f"Another dictsvc (process {lock.read().strip() or 'unknown'}) is changing the dictionaries"
            if not wait:
                raise StorageError(f"{holder}; try again when it has finished.") from error
            _log.warning("%s; waiting for it to finish.", holder)
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _swap(new: Path, database: Path) -> None:
    if database.exists():
        _make_alike(new, database)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(database)
    folder = os.open(database.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _make_alike(new: Path, present: Path) -> None:
    """Give a file the owner and the rights of the one it replaces, as far as this user may."""
    status = present.stat()
    new.chmod(status.st_mode & 0o777)
    with contextlib.suppress(PermissionError):
        os.chown(new, status.st_uid, status.st_gid)


def _clear(database: Path) -> None:
    for ending in _BUILDING:
        for further in ("", "-journal"):
            database.with_name(database.name + ending + further).unlink(missing_ok=True)
