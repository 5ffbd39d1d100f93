"""`GET /`, `GET /widget` and `GET /fragment`: the answer as a page, as one inside a frame, and as a fragment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from dictsvc.match_kinds import Mode
from dictsvc.search.context import DEFAULT_LIMIT, checked_dictionaries
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.answer_view import answer_view
from dictsvc.web.html.error_page import ERROR_FRAGMENTS, ERROR_PAGES
from dictsvc.web.html.fragment_view import FragmentView, box_view, empty_view
from dictsvc.web.html.page_view import render_page
from dictsvc.web.html.rendering import render
from dictsvc.web.html.urls import HOME_PATH, WIDGET_PATH, UrlBuilder
from dictsvc.web.outcome import outcome_of
from dictsvc.web.parameters import PAGE_PARAMETERS, LookupParameters, read_parameters
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_Renderer = Callable[[SearchIndex, LookupParameters, UrlBuilder, FragmentView], bytes]


def _view(home: str, rendered: _Renderer, request: Request) -> Reply:
    parameters = read_parameters(request.fields())
    urls = UrlBuilder(request.base_url(), parameters.language, parameters.dictionaries, home)

    def make(search_index: SearchIndex) -> Content:
        checked_dictionaries(search_index, parameters.dictionaries)
        if parameters.is_blank:
            return Content(rendered(search_index, parameters, urls, empty_view(urls)))
        result = lookup(search_index, parameters.query())
        view = answer_view(search_index, result, parameters, urls, report_to=request.service.config.report_url)
        return Content(rendered(search_index, parameters, urls, view), (outcome_of(result),))

    return from_snapshot(request, HTML, make, base_url=urls.base_url)


def _page(search_index: SearchIndex, parameters: LookupParameters, urls: UrlBuilder, view: FragmentView) -> bytes:
    text = parameters.text or ""
    more: dict[str, object] = {} if parameters.limit == DEFAULT_LIMIT else {"limit": parameters.limit}
    if parameters.mode is not Mode.AUTO:
        more["mode"] = parameters.mode.value
    return render_page(
        search_index.snapshot.dictionaries,
        urls,
        other_url=urls.in_other_language().search(text, **more),
        title=text,
        text=text,
        chosen=parameters.dictionaries,
        fragment=view,
    )


def _fragment(search_index: SearchIndex, parameters: LookupParameters, urls: UrlBuilder, view: FragmentView) -> bytes:
    """The answer alone; with the box where there is no query."""
    if parameters.is_blank:
        box = box_view(search_index.snapshot.dictionaries, urls, text="", chosen=parameters.dictionaries)
        view = replace(view, box=box)
    return render("fragment.html", view)


PAGE = Route(
    path=HOME_PATH,
    name="getPage",
    tag="pages",
    view=partial(_view, HOME_PATH, _page),
    parameters=PAGE_PARAMETERS,
    content_type=HTML,
    errors=ERROR_PAGES,
)
WIDGET = replace(PAGE, path=WIDGET_PATH, name="getWidget", tag="embedding", view=partial(_view, WIDGET_PATH, _page))
FRAGMENT = replace(
    PAGE, path="/fragment", name="getFragment", view=partial(_view, HOME_PATH, _fragment), errors=ERROR_FRAGMENTS
)
