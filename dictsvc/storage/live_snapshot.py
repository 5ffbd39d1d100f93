"""The published file that is present now, open and prepared for use; a new one takes its place by itself."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from dictsvc.errors import UnavailableError
from dictsvc.storage.connection_pool import DamagedError, FileIdentity, damaged, file_identity
from dictsvc.storage.snapshot import Snapshot

_log = logging.getLogger(__name__)
_NOTICE_SECONDS = 0.2
"""Seconds between two looks at the file; a new one is answered from within a second."""
Prepared = TypeVar("Prepared")
T = TypeVar("T")


class LiveSnapshot(Generic[Prepared]):
    """Holds what `prepare` makes of the present snapshot, and makes it anew when a new file appears.

    `on_change` is called with each newly prepared snapshot.
    """

    def __init__(
        self,
        path: Path,
        prepare: Callable[[Snapshot], Prepared],
        *,
        on_change: Callable[[Prepared], None] | None = None,
    ) -> None:
        self._path = path
        self._prepare = prepare
        self._on_change = on_change
        self._present: Prepared | None = None
        self._seen: FileIdentity | None = None
        self._why = UnavailableError(f"{path} does not exist; run `dictsvc serve` or `dictsvc load`.", reason="missing")
        self._opening = threading.Lock()
        self._stop = threading.Event()

    def watch(self) -> None:
        """Open the file, and look for new ones in a thread of its own from now on."""
        self.refresh()
        threading.Thread(target=self._watch, name="live-snapshot", daemon=True).start()

    def close(self) -> None:
        """Stop looking for new files."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(_NOTICE_SECONDS):
            self.refresh()

    def refresh(self, *, force: bool = False) -> None:
        """Open the file anew if it is not the one that was opened last."""
        with self._opening:
            seen = file_identity(self._path)
            if seen is None or (seen == self._seen and not force):
                return
            self._seen = seen
            try:
                prepared = self._prepare(Snapshot(self._path))
            except (UnavailableError, DamagedError, sqlite3.Error) as error:
                self._why = error if isinstance(error, UnavailableError) else damaged(self._path)
                _log.warning("%s", self._why)
                return
            self._present = prepared
        if self._on_change:
            self._on_change(prepared)

    def present(self) -> Prepared:
        """What was made of the present snapshot. Raises `UnavailableError` while there is none."""
        if self._present is None:
            raise UnavailableError(str(self._why), **self._why.values)
        return self._present

    def read(self, use: Callable[[Prepared], T]) -> T:
        """What `use` returns for the present snapshot, which it keeps to its end even when a new file appears.

        Where the file turns out to be damaged it is opened once more; raises `UnavailableError` where that
        does not help.
        """
        try:
            return use(self.present())
        except DamagedError:
            self.refresh(force=True)
        try:
            return use(self.present())
        except DamagedError as error:
            self._present = None
            self._why = damaged(self._path)
            raise damaged(self._path) from error
