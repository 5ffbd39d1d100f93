"""`GET /healthz`: whether the process is alive."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from dictsvc import __version__
from dictsvc.web.reply import JSON, Content, Reply, uncached
from dictsvc.web.request import Request
from dictsvc.web.route import Route


class Health(Struct, frozen=True):
    """The answer of `/healthz`."""

    status: str
    version: str


_HEALTH = Health("ok", __version__)


def _view(_: Request) -> Reply:
    return uncached(JSON, Content(msgspec.json.encode(_HEALTH)))


HEALTH = Route(
    path="/healthz",
    name="getHealth",
    tag="operations",
    view=_view,
    answer=Health,
    example=lambda _: _HEALTH,
    statuses=(),
    is_cached=False,
    is_limited=False,
)
