"""`GET /entry/{id}`: one entry as a page, at a URL that lasts."""

from __future__ import annotations

from dictsvc.errors import UnknownEntryError
from dictsvc.search.lookup import found_entry
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.answer_view import whole_entry_view
from dictsvc.web.html.error_page import ERROR_PAGES
from dictsvc.web.html.page_view import render_page
from dictsvc.web.html.urls import UrlBuilder
from dictsvc.web.parameters import LANG, Parameter, read_language
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_ID = Parameter("id", {"type": "string", "pattern": "^[0-9a-f]{14}$"}, "path", is_required=True)


def _view(request: Request) -> Reply:
    urls = UrlBuilder(request.base_url(), read_language(request.fields()))
    report_to, identifier = request.service.config.report_url, request.path_value

    def make(search_index: SearchIndex) -> Content:
        hit = found_entry(search_index, identifier)
        if hit is None:
            raise UnknownEntryError(f"There is no entry {identifier!r}.")
        page = render_page(
            search_index.snapshot.dictionaries,
            urls,
            other_url=urls.in_other_language().entry(identifier),
            title=hit.headword,
            text=hit.headword,
            fragment=whole_entry_view(search_index, hit, urls, report_to=report_to),
        )
        return Content(page)

    return from_snapshot(request, HTML, make, base_url=urls.base_url)


ENTRY = Route(
    path="/entry/{id}",
    name="getEntry",
    tag="pages",
    view=_view,
    parameters=(_ID, LANG),
    content_type=HTML,
    errors=ERROR_PAGES,
)
