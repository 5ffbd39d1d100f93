"""What the views share: the configuration and the shelf of dictionaries."""

from __future__ import annotations

from flask import Request
from msgspec import Struct

from dictsvc.config import Config
from dictsvc.search.lexicon import Lexicon, prepare
from dictsvc.storage.snapshot import Shelf


class Service(Struct, frozen=True):
    """One per process."""

    config: Config
    shelf: Shelf[Lexicon]

    def base_url(self, request: Request) -> str:
        """Where browsers reach the service, without a slash at the end."""
        return self.config.public_url.rstrip("/") or request.url_root.rstrip("/")


def open_service(config: Config) -> Service:
    """A service whose shelf watches the configured database."""
    shelf = Shelf(config.database, prepare)
    shelf.watch()
    return Service(config, shelf)
