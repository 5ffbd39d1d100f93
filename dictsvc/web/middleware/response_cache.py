"""The replies that a worker keeps: the least recently used make room.

They are compressed for keeping, each with an earlier reply as zlib's preset dictionary, because replies share their
members' names and the list of dictionaries: a lookup of 880 bytes takes 114 instead of 545, and 2 µs instead of 5 to
unpack. What is sent is not compressed here, which is left to the proxy in front: gzip takes 9 µs for a reply of
800 bytes and 27 µs for a page of 5 KB, and Python would do it under its lock.
"""

import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from wsgiref.types import WSGIEnvironment

import msgspec
from cachetools import LRUCache
from msgspec import Struct
from msgspec.structs import replace

from dictsvc.web.reply import Reply, is_known, not_modified

_LEVEL = 1
"""zlib's fastest level: the best one saves a tenth more and takes half as long again."""
_ENTRY_BYTES = 400
"""Bytes that an entry takes beside its compressed reply: its key and the cache's own records."""
_SLOW_SECONDS = 0.0005
"""Seconds of processor time, ten times what keeping a reply takes."""
_MAX_MADE_ONCE = 1 << 15
"""Keys remembered of replies that were made once."""
_RAW = -zlib.MAX_WBITS
"""zlib's format without a header and a checksum."""
_MIN_SAMPLE_BYTES, _MAX_SAMPLE_BYTES = 1000, 1 << 15
"""Bytes of a sample: in shorter replies there is little that others share; farther zlib does not look back."""


class _Kept(Struct, frozen=True, gc=False):
    data: bytes
    """A reply, encoded and compressed."""
    sample: bytes
    """The preset dictionary with which it was compressed."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Reply).decode


class ResponseCache:
    """Replies of one generation, in at most `max_bytes`; none where that is 0.

    Most queries come once, and to compress their replies would take as long as to make some of them. So a reply is
    kept when it is made for the second time, and at once where making it was slow.
    """

    def __init__(self, max_bytes: int, present_generation: Callable[[], str | None]) -> None:
        self._max_bytes = max_bytes
        self._present_generation = present_generation
        self._generation = ""
        self._replies: LRUCache[str, _Kept] = LRUCache(max_bytes, getsizeof=lambda kept: len(kept.data) + _ENTRY_BYTES)
        self._made_once: set[int] = set()
        """Hashes of the keys of replies that were made once."""
        self._samples: dict[str, bytes] = {}
        """An encoded reply of each content type."""
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._replies)

    def reply_to(self, environ: WSGIEnvironment, make: Callable[[], Reply]) -> Reply:
        """The kept reply, or a 304 where the client has it; else the reply of `make`, which may be kept."""
        generation = self._present_generation()
        if not self._max_bytes or generation is None:
            return make()
        key = _key(environ)
        kept = self._find(key, generation)
        if kept:
            return not_modified(kept) if is_known(environ, kept.etag) else kept
        started = time.thread_time()
        reply = make()
        is_slow = time.thread_time() - started >= _SLOW_SECONDS
        can_be_kept = reply.status == "200 OK" and reply.etag and self._present_generation() == generation
        if can_be_kept and self._is_worth_keeping(key, is_slow=is_slow):
            self._keep(key, generation, reply)
        return reply

    def _find(self, key: str, generation: str) -> Reply | None:
        with self._lock:
            if generation != self._generation:
                self._replies.clear()
                self._generation = generation
            kept = self._replies.get(key)
        return None if kept is None else _decode(zlib.decompressobj(_RAW, kept.sample).decompress(kept.data))

    def _is_worth_keeping(self, key: str, *, is_slow: bool) -> bool:
        """Whether a reply was slow to make, or made before; remembers that it was made."""
        hashed = hash(key)
        if is_slow or hashed in self._made_once:
            return True
        if len(self._made_once) >= _MAX_MADE_ONCE:
            self._made_once.clear()
        self._made_once.add(hashed)
        return False

    def _keep(self, key: str, generation: str, reply: Reply) -> None:
        kept = self._compress(reply)
        with self._lock, suppress(ValueError):  # larger than the whole cache
            if generation == self._generation:
                self._replies[key] = kept

    def _compress(self, reply: Reply) -> _Kept:
        data = _encode(replace(reply, is_cached=True))
        content_type = dict(reply.headers).get("Content-Type", "")
        sample = self._samples.get(content_type, b"")
        if not sample and len(data) >= _MIN_SAMPLE_BYTES:
            self._samples[content_type] = data[:_MAX_SAMPLE_BYTES]
        compressor = zlib.compressobj(_LEVEL, wbits=_RAW, zdict=sample)
        return _Kept(compressor.compress(data) + compressor.flush(), sample)


def _key(environ: WSGIEnvironment) -> str:
    """What a reply depends on beside the generation; the host, because HTML holds absolute links.

    The path stands last, because it alone may hold a line's end.
    """
    base = environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", "")
    return "\n".join((*base, environ["QUERY_STRING"], environ["PATH_INFO"]))
