"""`GET /opensearch.xml`: the description with which browsers search here."""

from __future__ import annotations

from msgspec import Struct

from dictsvc import messages
from dictsvc.messages import Language
from dictsvc.web.html.rendering import render
from dictsvc.web.parameters import LANG, read_language
from dictsvc.web.reply import Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_OPENSEARCH = "application/opensearchdescription+xml"


class OpenSearchView(Struct, frozen=True):
    """What the template is filled with."""

    language: Language
    base_url: str
    short_name: str
    """At most 16 characters."""
    title: str
    description: str


def _view(request: Request) -> Reply:
    language = read_language(request.fields())
    view = OpenSearchView(
        language,
        request.base_url(),
        messages.api("short-name", language),
        messages.label("site-title", language),
        messages.api("search-description", language),
    )
    return from_snapshot(
        request, _OPENSEARCH, lambda _: Content(render("opensearch.xml", view)), base_url=view.base_url
    )


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
