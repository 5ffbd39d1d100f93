"""The replies that a worker keeps: of one generation, the least recently used make room, bounded in bytes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from dictsvc.web.middleware import response_cache
from dictsvc.web.middleware.response_cache import ResponseCache
from dictsvc.web.outcome import Outcome
from dictsvc.web.reply import Reply

_ENTRY_BYTES = response_cache._ENTRY_BYTES


def reply_of(body: bytes = b"x") -> Reply:
    return Reply("200 OK", [("Content-Type", "text/plain"), ("ETag", '"x"')], body, '"x"', (Outcome("exact"),))


_RANDOM = random.Random(1)


def incompressible(size: int) -> bytes:
    """Bytes that have nothing in common with any others."""
    return _RANDOM.randbytes(size)


def room_for(count: int) -> int:
    """Bytes for so many small replies, and for less than one more."""
    return count * (_ENTRY_BYTES + 150)


class Client:
    """Sends requests through a cache, and counts how many of them it had to make replies for."""

    def __init__(self, max_bytes: int = 100_000) -> None:
        self.generation: str | None = "1"
        self.cache = ResponseCache(max_bytes, lambda: self.generation)
        self.made: list[str] = []

    def get(self, path: str, make: Callable[[], Reply] = reply_of, **headers: str) -> Reply:
        environ: Any = {"wsgi.url_scheme": "http", "QUERY_STRING": "", "PATH_INFO": path, **headers}

        def counted() -> Reply:
            self.made.append(path)
            return make()

        return self.cache.reply_to(environ, counted)

    def kept(self, *paths: str) -> list[bool]:
        """Whether each reply is kept; asking for it keeps it."""
        self.made.clear()
        for path in paths:
            self.get(path)
        return [path not in self.made for path in paths]


def test_a_reply_comes_back_as_it_was_made() -> None:
    client = Client()
    body = incompressible(100) + b"x" * 100
    made = [client.get("a", lambda: reply_of(body)) for _ in range(3)]
    assert client.made == ["a", "a"], "kept when it is made for the second time"
    assert [reply.is_cached for reply in made] == [False, False, True]
    assert {reply.body for reply in made} == {body}
    assert made[0].headers == made[2].headers
    assert made[0].outcomes == made[2].outcomes


def test_what_is_slow_to_make_is_kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(time, "thread_time", lambda: next(clock))
    client = Client()
    assert [client.get("a").is_cached for _ in range(2)] == [False, True]


def test_the_least_recently_used_make_room() -> None:
    client = Client(room_for(3))
    for path in "aabbcc":
        client.get(path)
    assert client.kept("a") == [True]
    client.get("d")
    client.get("d")
    assert client.kept("a", "c", "d") == [True, True, True]
    assert client.kept("b") == [False]


def test_replies_are_of_one_generation_only() -> None:
    client = Client()
    for _ in range(2):
        client.get("a")
    assert client.kept("a") == [True]
    client.generation = "2"
    assert client.kept("a") == [False]


def test_a_reply_during_whose_making_the_dictionaries_changed_is_not_kept() -> None:
    client = Client()

    def replaced() -> Reply:
        client.generation = "2"
        return reply_of()

    for _ in range(3):
        client.generation = "1"
        client.get("a", replaced)
    assert len(client.cache) == 0


def test_nothing_is_kept_while_no_dictionary_can_be_read() -> None:
    client = Client()
    client.generation = None
    assert client.kept("a", "a", "a") == [False] * 3
    assert len(client.cache) == 0


def test_a_client_that_has_the_reply_gets_304_without_the_body() -> None:
    client = Client()
    for _ in range(2):
        client.get("a")
    reply = client.get("a", HTTP_IF_NONE_MATCH='"y", W/"x"')
    assert (reply.status, reply.headers, reply.body) == ("304 NOT MODIFIED", [("ETag", '"x"')], b"")
    assert reply.outcomes, "it counts as a lookup"


def test_a_reply_larger_than_the_cache_is_not_kept() -> None:
    client = Client(5000)
    for _ in range(3):
        client.get("a", lambda: reply_of(incompressible(5001)))
    assert len(client.cache) == 0
    for _ in range(3):
        client.get("b", lambda: reply_of(b"x" * 5001))
    assert len(client.cache) == 1


def test_no_bytes_keep_nothing() -> None:
    client = Client(0)
    assert client.kept("a", "a", "a") == [False] * 3


@pytest.mark.parametrize(
    "reply",
    [
        Reply("200 OK", [], b"x"),
        Reply("304 NOT MODIFIED", [("ETag", '"x"')], b"", '"x"'),
        Reply("404 NOT FOUND", [], b""),
    ],
)
def test_what_caches_must_not_keep(reply: Reply) -> None:
    client = Client()
    for _ in range(3):
        client.get("a", lambda: reply)
    assert len(client.made) == 3


def test_the_cache_is_bounded_in_bytes() -> None:
    client = Client(11_000)
    for number in range(50):
        for size in (1000, 1500):
            client.get(str(number), lambda size=size: reply_of(incompressible(size)))  # type: ignore[misc]
    assert len(client.cache) == 5
    assert client.kept("49") == [True]
    assert client.kept("44") == [False]
