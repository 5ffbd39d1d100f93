"""The answers that a worker keeps, compressed to a quarter or less.

What is sent is not compressed here: that is left to the proxy in front. gzip takes 9 µs for an answer of
800 bytes and 27 µs for a page of 5 KB, and Python would do it under its lock.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict

import msgspec
from msgspec import Struct

from dictsvc.web.reply import Reply
from dictsvc.web.service import Outcome

MOST_KEPT_BYTES = 8192
"""Answers that are longer, compressed, are not kept: a few of them would push out many others."""
CACHE_BYTES = 24 * 1024 * 1024
"""How much the answers that a worker keeps may take, however many they are."""
_BYTES_BESIDE_DATA = 400
"""What an answer takes beside its data: its address, its place."""
_QUICKLY = 1
"""zlib's level: the best one saves a tenth more and takes half as long again."""
_RAW = -zlib.MAX_WBITS
"""zlib's format without a header and a checksum."""
_LEAST_PATTERN_BYTES, _MOST_PATTERN_BYTES = 1000, 1 << 15
"""Shorter answers have little that others share; of longer ones zlib does not look back at all."""
_COUNTED, _LATELY = 32, 8
"""Times as many places to count requests in as there are answers, and times as many requests until all counts are
halved: of addresses that come once, one in seventeen then looks like one that has come before."""
_AGAIN, _MOST_COUNTED = 2, 255
_SECONDS_KEPT_AT_ONCE = 0.0005
"""Ten times what it takes to keep an answer; what took less to make is kept when it is asked for again."""
_HALVED = bytes(count // 2 for count in range(256))


class Answer(Struct, frozen=True):
    """What goes back to the client, and what it came to."""

    reply: Reply
    outcome: Outcome | None = None


class _Packed(Struct, frozen=True, gc=False):
    data: bytes
    """An `Answer`, encoded and compressed."""
    pattern: bytes
    """The answer after which it was compressed: zlib refers to what both hold."""
    worth: float
    """What keeping it saves each time it is asked for, in seconds a byte."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Answer).decode


def _worth(answer: Answer, seconds: float) -> float:
    """What it took to make an answer, in seconds for each byte that it takes to keep it."""
    return seconds / (len(answer.reply.body) + _BYTES_BESIDE_DATA)


class ResponseCache:
    """The answers that save most, of one generation only: at most `size` of them in 24 MB.

    Most queries come once. To keep their answers would take 40 µs each and push out those that come again. So requests
    are counted, also for what is not kept (as in TinyLFU, Einziger and others, 2017), and an answer makes room only
    for one that is worth more: what is asked for as often, is as long and takes ten times as long to make is worth
    ten times as much.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._generation = ""
        self._bytes = 0
        self._answers: OrderedDict[str, _Packed] = OrderedDict()
        """By address."""
        self._patterns: dict[str, bytes] = {}
        """By content type an answer, encoded: others share its names and its list of dictionaries. Compressed after
        it they take less than half of what they would take, and half the time to unpack."""
        self._counts = bytearray(_COUNTED * size)
        """How often addresses were asked for lately: a count-min sketch, each counted in two places."""
        self._until_halved = _LATELY * size
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, address: str, generation: str) -> Answer | None:
        """The answer kept for an address in this generation."""
        if generation != self._generation:
            self._begin(generation)
        if address not in self._answers:
            return None
        with self._lock:
            packed = self._answers.get(address)
            if packed is None:
                return None
            self._answers.move_to_end(address)
        return _decode(zlib.decompressobj(_RAW, packed.pattern).decompress(packed.data))

    def _begin(self, generation: str) -> None:
        with self._lock:
            self._answers.clear()
            self._patterns.clear()
            self._bytes = 0
            self._generation = generation

    def count(self, address: str) -> int:
        """Count a request: how often the address was asked for lately, as far as that is known."""
        if not self._size:
            return 0
        # without the lock: a request that is not counted now and then does no harm
        counts = self._counts
        one, other = self._places(address)
        if counts[one] < _MOST_COUNTED:
            counts[one] += 1
        if counts[other] < _MOST_COUNTED:
            counts[other] += 1
        self._until_halved -= 1
        if self._until_halved <= 0:  # what was asked for long ago counts less and less
            self._until_halved = _LATELY * self._size
            self._counts = counts.translate(_HALVED)
        return min(self._counts[one], self._counts[other])

    def wants(self, answer: Answer, count: int, seconds: float) -> bool:
        """Whether to keep an answer that was asked for so often and took so long to make.

        It has to be one that caches may keep, and to save more than what would make room.
        """
        if not self._size or (seconds < _SECONDS_KEPT_AT_ONCE and count < _AGAIN):
            return False
        if answer.reply.status != "200 OK" or not answer.reply.tag:
            return False
        with self._lock:
            if len(self._answers) < self._size and self._bytes + MOST_KEPT_BYTES <= CACHE_BYTES:
                return True
            oldest = next(iter(self._answers))
            if count * _worth(answer, seconds) > self._asked(oldest) * self._answers[oldest].worth:
                return True
            self._answers.move_to_end(oldest)
            return False

    def _asked(self, address: str) -> int:
        one, other = self._places(address)
        return min(self._counts[one], self._counts[other])

    def _places(self, address: str) -> tuple[int, int]:
        row, place = divmod(hash(address), len(self._counts))
        return place, row % len(self._counts)

    def keep(self, address: str, generation: str, answer: Answer, seconds: float) -> None:
        """Keep an answer that took so long; those that were not asked for the longest time make room."""
        packed = self._packed(answer, seconds)
        if len(packed.data) > MOST_KEPT_BYTES:
            return
        with self._lock:
            if generation != self._generation:
                return
            if address in self._answers:
                self._forget(address)
            self._answers[address] = packed
            self._bytes += len(packed.data) + _BYTES_BESIDE_DATA
            while len(self._answers) > self._size or self._bytes > CACHE_BYTES:
                self._forget(next(iter(self._answers)))

    def _packed(self, answer: Answer, seconds: float) -> _Packed:
        data, content_type = _encode(answer), dict(answer.reply.headers).get("Content-Type", "")
        pattern = self._patterns.get(content_type, b"")
        compress = zlib.compressobj(_QUICKLY, wbits=_RAW, zdict=pattern)
        packed = _Packed(compress.compress(data) + compress.flush(), pattern, _worth(answer, seconds))
        if not pattern and len(data) >= _LEAST_PATTERN_BYTES:
            self._patterns[content_type] = data[:_MOST_PATTERN_BYTES]
        return packed

    def _forget(self, address: str) -> None:
        self._bytes -= len(self._answers.pop(address).data) + _BYTES_BESIDE_DATA
