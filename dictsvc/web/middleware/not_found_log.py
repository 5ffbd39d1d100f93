"""Words that were not found, for editors: counted by a thread of its own, without any trace of the client."""

import logging
from collections import Counter, deque

from dictsvc.errors import StorageError
from dictsvc.language.keys import canonical
from dictsvc.storage.not_found_file import NotFoundFile
from dictsvc.web.middleware.periodic_thread import PeriodicThread

_log = logging.getLogger(__name__)
_WRITE_SECONDS = 30.0
"""Seconds between two writes."""
_MAX_WAITING = 10_000
"""Words kept for the next write."""
_MAX_CHARACTERS = 60
"""Characters of a text that can be a word."""
_PERSONAL = frozenset("0123456789@/")
"""Characters of telephone numbers, identity cards, mail and web addresses, which words do not have."""


class NotFoundLog:
    """Gathers words in memory and adds them to the file now and then."""

    def __init__(self, file: NotFoundFile) -> None:
        self._file = file
        self._waiting: deque[str] = deque(maxlen=_MAX_WAITING)
        self._failed = False
        self._writer = PeriodicThread("misses", _WRITE_SECONDS, self.flush)
        self.start = self._writer.start
        self.close = self._writer.close

    def note(self, text: str) -> None:
        """Remember a query that was not found, if it can be a word."""
        if len(text) <= _MAX_CHARACTERS and _PERSONAL.isdisjoint(text):
            self._waiting.append(text)

    def flush(self) -> None:
        """Add the gathered words to the file; where that fails they are lost, and one warning is logged."""
        words = Counter[str](canonical(self._waiting.popleft()) for _ in range(len(self._waiting)))
        words.pop(canonical(""), None)
        if not words:
            return
        try:
            self._file.add(words)
            self._failed = False
        except StorageError as error:
            if not self._failed:
                _log.warning("%s", error)
            self._failed = True
