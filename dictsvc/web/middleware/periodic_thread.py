"""Work done beside the requests: every few seconds, and once more before the process ends."""

import threading
import time
from collections.abc import Callable

_POLL_SECONDS = 0.1
"""Seconds between two looks whether the process is about to end."""


class PeriodicThread:
    """Calls `work` every `seconds` in a thread; for the last time when it is closed or the process ends."""

    def __init__(self, name: str, seconds: float, work: Callable[[], None]) -> None:
        self._name = name
        self._seconds = seconds
        self._work = work
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin. The thread is not a daemon: the process waits for its last call."""
        self._thread = threading.Thread(target=self._run, name=self._name)
        self._thread.start()

    def close(self) -> None:
        """Call `work` for the last time and end."""
        self._closed.set()
        if self._thread:
            self._thread.join()
        else:
            self._work()

    def _run(self) -> None:
        due = time.monotonic() + self._seconds
        while threading.main_thread().is_alive() and not self._closed.wait(min(_POLL_SECONDS, self._seconds)):
            if time.monotonic() >= due:
                self._work()
                due = time.monotonic() + self._seconds
        self._work()
