"""`GET /openapi.json`: the contract for programs."""

from __future__ import annotations

import msgspec

from dictsvc.web import openapi
from dictsvc.web.parameters import LANG, read_language
from dictsvc.web.reply import JSON, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route
from dictsvc.web.route_table import offered_routes


def _view(request: Request) -> Reply:
    language, base_url = read_language(request.fields()), request.base_url()
    routes = offered_routes(request.service.config)
    return from_snapshot(
        request,
        JSON,
        lambda search_index: Content(msgspec.json.encode(openapi.document(routes, search_index, language, base_url))),
        base_url=base_url,
    )


OPEN_API = Route(
    path="/openapi.json",
    name="getOpenApi",
    tag="documentation",
    view=_view,
    parameters=(LANG,),
    statuses=(400, 429, 503),
    is_counted=False,
)
