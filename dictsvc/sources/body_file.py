"""The bodies of a dictionary whose index says where each lies: read within bounds, whatever the index says."""

from pathlib import Path

from dictsvc.model import Problem
from dictsvc.sources.files import unpacked

MOST_BODY = 4_000_000
"""Bytes of one entry; the longest real ones have 100,000."""
_MOST_SHARED = 20
"""How often the file's bytes may be read in all: several headwords may share a body."""
_UNSUSPICIOUS_BYTES = 64_000_000


class BodyFile:
    """A file of bodies, unpacked where it is gzip. Raises `SourceError` where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._stream = unpacked(path)
        self._size = self._stream.seek(0, 2)
        self._left = max(self._size * _MOST_SHARED, _UNSUSPICIOUS_BYTES)

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def body(self, location: str, offset: int, size: int) -> bytes | Problem:
        """The body at `offset`, or why there is none to be had; `location` names the record."""
        if offset + size > self._size:
            return Problem(location, "beyond-end", "the index points beyond the end of the bodies")
        if size > MOST_BODY:
            return Problem(location, "too-long", f"a body of over {MOST_BODY // 10**6} MB")
        self._left -= size
        if self._left < 0:
            return Problem(location, "too-much-text", "the index asks for the same bodies over and over")
        self._stream.seek(offset)
        return self._stream.read(size)
