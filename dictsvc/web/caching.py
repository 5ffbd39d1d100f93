"""The answers that a worker keeps.

Compression is left to the proxy in front: gzip takes 9 µs for an answer of 800 bytes and 27 µs for a page of
5 KB, and Python would do it under its lock.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict

from msgspec import Struct

from dictsvc.web.reply import Reply
from dictsvc.web.service import Outcome

MOST_KEPT_BYTES = 8192
"""Longer answers are not kept: a few of them would push out many others."""
CACHE_BYTES = 8 * 1024 * 1024
"""How much the answers that a worker keeps may take, however many they are."""
_BYTES_BESIDE_BODY = 1200
"""What an answer takes beside its body: its address, its headers, its place."""
_REMEMBERED = 8
"""Times as many addresses as answers are remembered to have been asked for."""

AnswerKey = tuple[str, ...]


class KeptAnswer(Struct, frozen=True):
    """An answer, what it was made from, and what it came to."""

    generation: str
    reply: Reply
    tag: str
    outcome: Outcome | None


class AnswerCache:
    """The answers that were asked for last, of the present generation only: at most `size` of them in 8 MB.

    Most queries come once. To keep their answers pushes out those that come again, and takes 31 µs each, because
    what makes room was made long ago and lies in no processor's cache: `expects` tells which are worth it.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._bytes = 0
        self._answers: OrderedDict[AnswerKey, KeptAnswer] = OrderedDict()
        self._asked = array("q", bytes(array("q").itemsize * _REMEMBERED * size))
        """Hashes of the addresses that were asked for last, each at its place."""
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: AnswerKey, generation: str) -> KeptAnswer | None:
        """The answer kept under a key, if it is of this generation."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                return None
            if answer.generation != generation:
                self._forget(key)
                return None
            self._answers.move_to_end(key)
            return answer

    def expects(self, key: AnswerKey) -> bool:
        """Whether an answer is worth keeping: one under this key was asked for before, not long ago."""
        if not self._size:
            return False
        number = hash(key)
        place = number % len(self._asked)
        before = self._asked[place] == number
        self._asked[place] = number
        return before

    def keep(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep an answer; those that were not asked for the longest time make room."""
        if not self._size or len(answer.reply.body) > MOST_KEPT_BYTES:
            return
        with self._lock:
            if key in self._answers:
                self._forget(key)
            self._answers[key] = answer
            self._bytes += len(answer.reply.body) + _BYTES_BESIDE_BODY
            while len(self._answers) > self._size or self._bytes > CACHE_BYTES:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: AnswerKey) -> None:
        self._bytes -= len(self._answers.pop(key).reply.body) + _BYTES_BESIDE_BODY
