"""`GET /docs`, `GET /openapi.json` and `GET /opensearch.xml`: the contract for people, programs and browsers."""

from collections.abc import Callable
from functools import partial

import msgspec
from msgspec.structs import replace

from dictsvc.messages import Language
from dictsvc.search.search_index import SearchIndex
from dictsvc.web import openapi
from dictsvc.web.html.docs_view import DescriptionView, docs_view
from dictsvc.web.html.rendering import render
from dictsvc.web.parameters import LANG, read_language
from dictsvc.web.reply import HTML, JSON, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route
from dictsvc.web.route_table import offered_routes

_OPENSEARCH = "application/opensearchdescription+xml"
_Renderer = Callable[[openapi.Json, Language, str], bytes]


def _contract_view(content_type: str, rendered: _Renderer, request: Request) -> Reply:
    language, base_url = read_language(request.fields()), request.base_url()
    routes = offered_routes(request.service.config)

    def make(search_index: SearchIndex) -> Content:
        return Content(rendered(openapi.document(routes, search_index, language, base_url), language, base_url))

    return from_snapshot(request, content_type, make, base_url=base_url)


def _page(contract: openapi.Json, language: Language, base_url: str) -> bytes:
    return render("docs.html", docs_view(contract, language, base_url))


def _json(contract: openapi.Json, _language: Language, _base_url: str) -> bytes:
    return msgspec.json.encode(contract)


def _open_search(request: Request) -> Reply:
    view = DescriptionView(language=read_language(request.fields()), base_url=request.base_url())
    body = render("opensearch.xml", view)
    return from_snapshot(request, _OPENSEARCH, lambda _: Content(body), base_url=view.base_url)


DOCS = Route(
    path="/docs",
    name="getDocs",
    tag="documentation",
    view=partial(_contract_view, HTML, _page),
    parameters=(LANG,),
    content_type=HTML,
    is_counted=False,
)
OPEN_API = replace(
    DOCS,
    path="/openapi.json",
    name="getOpenApi",
    view=partial(_contract_view, JSON, _json),
    content_type=JSON,
    statuses=(400, 429, 503),
)
OPEN_SEARCH = replace(
    OPEN_API, path="/opensearch.xml", name="getOpenSearch", view=_open_search, content_type=_OPENSEARCH
)
