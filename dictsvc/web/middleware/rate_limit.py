"""The rate limit of each client: counted by `limits`, in memory or in a Redis or Valkey that workers share.

A client is an IPv4 address or an IPv6 network of 64 bits, which is what one household gets.
"""

import ipaddress
import logging
import math
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from dictsvc.config import Config
from dictsvc.errors import UsageError

_log = logging.getLogger(__name__)
_STORE_SECONDS = 0.25
"""Seconds that a request waits for the shared store before it is counted in memory instead."""
_RETRY_SECONDS = 5.0
"""Seconds for which a store that failed is left alone."""
_IPV6_PREFIX = 64
"""Bits of an IPv6 address that name the client."""
MEMORY = "memory://"


class Limiter:
    """Counts requests by client. A store that fails is replaced by this worker's memory until it is back."""

    def __init__(
        self, limit: str, storage: str, workers: int, *, on_failure: Callable[[], None] = lambda: None
    ) -> None:
        self._limit = parse_limit(limit)
        share = max(1, math.ceil(self._limit.amount / workers))
        self._share = type(self._limit)(share, self._limit.multiples)
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._shared = None if storage == MEMORY else FixedWindowRateLimiter(open_storage(storage))
        self._away_until = 0.0
        self._on_failure = on_failure

    def count(self, address: str, cost: int = 1) -> int | None:
        """Count `cost` requests of a client; returns the seconds to wait where that is too many, else None."""
        client = client_of(address)
        if self._shared and not self.is_away():
            try:
                return _count(self._shared, self._limit, client, cost)
            except StorageError:
                self._away_until = time.monotonic() + _RETRY_SECONDS
                self._on_failure()
                _log.warning("The rate limit's store does not answer; requests are counted in memory until it does.")
        return _count(self._memory, self._share, client, cost)

    def is_away(self) -> bool:
        """Whether the shared store failed in the last few seconds."""
        return time.monotonic() < self._away_until


def _count(strategy: FixedWindowRateLimiter, limit: RateLimitItem, client: str, cost: int) -> int | None:
    if strategy.hit(limit, client, cost=cost):
        return None
    return max(1, math.ceil(strategy.get_window_stats(limit, client).reset_time - time.time()))


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """The client that an address counts for: the IPv4 address, or the network of an IPv6 address.

    >>> client_of("2001:db8::1") == client_of("2001:db8::2"), client_of("203.0.113.7")
    (True, '203.0.113.7')
    """
    try:
        if ipaddress.ip_address(address).version == 4:  # noqa: PLR2004
            return address
        return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))
    except ValueError:
        return "unknown"


def make_limiter(config: Config, on_failure: Callable[[], None] = lambda: None) -> Limiter | None:
    """The limiter of a configuration; None where it sets no limit. Raises `UsageError`."""
    if not config.rate_limit:
        return None
    return Limiter(config.rate_limit, config.rate_limit_storage, config.workers, on_failure=on_failure)


def parse_limit(text: str) -> RateLimitItem:
    """The limit that a text such as `60/minute` describes. Raises `UsageError`."""
    try:
        return parse(text)
    except ValueError as error:
        raise UsageError(f"DICTSVC_RATE_LIMIT is {text!r}; write it like 60/minute or 1000/hour.") from error


def open_storage(uri: str) -> RedisStorage:
    """The shared store at a URL. Raises `UsageError` where it is no URL of a Redis or Valkey."""
    if find_spec("redis") is None:
        raise UsageError("DICTSVC_RATE_LIMIT_STORAGE needs the package redis: pip install 'dictsvc[redis]'.")
    scheme, _, rest = uri.partition(":")
    # valkey speaks Redis' protocol: one client serves both
    uri = f"{scheme.replace('valkey', 'redis')}:{rest}"
    try:
        return RedisStorage(
            uri, wrap_exceptions=True, socket_timeout=_STORE_SECONDS, socket_connect_timeout=_STORE_SECONDS
        )
    except ValueError as error:
        raise UsageError(
            f"DICTSVC_RATE_LIMIT_STORAGE begins with {scheme!r}; "
            "write memory://, redis://host:6379/0 or valkey://host:6379/0."
        ) from error
