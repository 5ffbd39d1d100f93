"""`GET /fragment`: the answer as a fragment of HTML, or the box where there is no query."""

from __future__ import annotations

from dictsvc.search.context import checked_dictionaries
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.answer_view import answer_view
from dictsvc.web.html.error_page import ERROR_FRAGMENTS
from dictsvc.web.html.fragment_view import box_view, empty_view
from dictsvc.web.html.rendering import render
from dictsvc.web.html.urls import UrlBuilder
from dictsvc.web.outcome import outcome_of
from dictsvc.web.parameters import PAGE_PARAMETERS, read_parameters
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route


def _view(request: Request) -> Reply:
    parameters = read_parameters(request.fields())
    urls = UrlBuilder(request.base_url(), parameters.language, parameters.dictionaries)

    def make(search_index: SearchIndex) -> Content:
        checked_dictionaries(search_index, parameters.dictionaries)
        if parameters.is_blank:
            box = box_view(search_index.snapshot.dictionaries, urls, text="", chosen=parameters.dictionaries)
            return Content(render("fragment.html", empty_view(urls, box)))
        result = lookup(search_index, parameters.query())
        view = answer_view(search_index, result, parameters, urls, report_to=request.service.config.report_url)
        return Content(render("fragment.html", view), (outcome_of(result),))

    return from_snapshot(request, HTML, make, base_url=urls.base_url)


FRAGMENT = Route(
    path="/fragment",
    name="getFragment",
    tag="pages",
    view=_view,
    parameters=PAGE_PARAMETERS,
    content_type=HTML,
    errors=ERROR_FRAGMENTS,
)
