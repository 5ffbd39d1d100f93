"""`GET /` and `GET /widget`: the page with the box and the answer, by itself and inside a frame."""

from __future__ import annotations

from functools import partial

from dictsvc.match_kinds import Mode
from dictsvc.search.context import DEFAULT_LIMIT, checked_dictionaries
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.answer_view import answer_view
from dictsvc.web.html.error_page import ERROR_PAGES
from dictsvc.web.html.fragment_view import FragmentView, box_view, empty_view
from dictsvc.web.html.page_view import page_view
from dictsvc.web.html.rendering import render
from dictsvc.web.html.urls import HOME_PATH, WIDGET_PATH, UrlBuilder
from dictsvc.web.outcome import outcome_of
from dictsvc.web.parameters import PAGE_PARAMETERS, LookupParameters, read_parameters
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route


def _view(home: str, request: Request) -> Reply:
    parameters = read_parameters(request.fields())
    urls = UrlBuilder(request.base_url(), parameters.language, parameters.dictionaries, home)

    def make(search_index: SearchIndex) -> Content:
        checked_dictionaries(search_index, parameters.dictionaries)
        if parameters.is_blank:
            return Content(_page(search_index, parameters, urls, empty_view(urls, None)))
        result = lookup(search_index, parameters.query())
        view = answer_view(search_index, result, parameters, urls, report_to=request.service.config.report_url)
        return Content(_page(search_index, parameters, urls, view), (outcome_of(result),))

    return from_snapshot(request, HTML, make, base_url=urls.base_url)


def _page(search_index: SearchIndex, parameters: LookupParameters, urls: UrlBuilder, fragment: FragmentView) -> bytes:
    dictionaries = search_index.snapshot.dictionaries
    text = parameters.text or ""
    box = box_view(dictionaries, urls, text=text, chosen=parameters.dictionaries)
    more: dict[str, object] = {} if parameters.limit == DEFAULT_LIMIT else {"limit": parameters.limit}
    if parameters.mode is not Mode.AUTO:
        more["mode"] = parameters.mode.value
    other_url = urls.in_other_language().search(text, **more)
    view = page_view(box, urls, dictionaries.values(), title=text, other_url=other_url, fragment=fragment)
    return render("page.html", view)


PAGE = Route(
    path=HOME_PATH,
    name="getPage",
    tag="pages",
    view=partial(_view, HOME_PATH),
    parameters=PAGE_PARAMETERS,
    content_type=HTML,
    errors=ERROR_PAGES,
)
WIDGET = Route(
    path=WIDGET_PATH,
    name="getWidget",
    tag="embedding",
    view=partial(_view, WIDGET_PATH),
    parameters=PAGE_PARAMETERS,
    content_type=HTML,
    errors=ERROR_PAGES,
)
