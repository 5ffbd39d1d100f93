"""Request ids: the name of a request in the log and in the header X-Request-Id."""

from __future__ import annotations

import itertools
import re
import secrets

_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """Gives each request an id: the proxy's where it sends one and is trusted, else a new one."""

    def __init__(self, *, trust_proxy: bool) -> None:
        self._trust_proxy = trust_proxy
        self._prefix = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def choose(self, received: str | None) -> str:
        """The id of a request that came with this X-Request-Id."""
        if received and self._trust_proxy and _ACCEPTED_ID.fullmatch(received):
            return received
        return f"{self._prefix}-{next(self._numbers):x}"
