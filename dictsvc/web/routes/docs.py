"""`GET /docs`: the contract for people."""

from __future__ import annotations

from dictsvc.search.search_index import SearchIndex
from dictsvc.web import openapi
from dictsvc.web.html.docs_view import docs_view
from dictsvc.web.html.rendering import render
from dictsvc.web.parameters import LANG, read_language
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route
from dictsvc.web.route_table import offered_routes


def _view(request: Request) -> Reply:
    language, base_url = read_language(request.fields()), request.base_url()

    def make(search_index: SearchIndex) -> Content:
        contract = openapi.document(offered_routes(request.service.config), search_index, language, base_url)
        return Content(render("docs.html", docs_view(contract, language, base_url)))

    return from_snapshot(request, HTML, make, base_url=base_url)


DOCS = Route(
    path="/docs",
    name="getDocs",
    tag="documentation",
    view=_view,
    parameters=(LANG,),
    content_type=HTML,
    is_counted=False,
)
