"""`GET /opensearch.xml`: the description with which browsers search here."""

from __future__ import annotations

from dictsvc.web.html.docs_view import DescriptionView
from dictsvc.web.html.rendering import render
from dictsvc.web.parameters import LANG, read_language
from dictsvc.web.reply import Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_OPENSEARCH = "application/opensearchdescription+xml"


def _view(request: Request) -> Reply:
    view = DescriptionView(language=read_language(request.fields()), base_url=request.base_url())
    body = render("opensearch.xml", view)
    return from_snapshot(request, _OPENSEARCH, lambda _: Content(body), base_url=view.base_url)


OPEN_SEARCH = Route(
    path="/opensearch.xml",
    name="getOpenSearch",
    tag="documentation",
    view=_view,
    parameters=(LANG,),
    content_type=_OPENSEARCH,
    statuses=(400, 429, 503),
    is_counted=False,
)
