"""The pages: the answer (by itself, inside a frame, as a fragment), one entry, a dictionary in alphabetical order."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from dictsvc.errors import UnknownEntryError
from dictsvc.match_kinds import Mode
from dictsvc.search.browsing import headword_page
from dictsvc.search.context import DEFAULT_LIMIT, checked_dictionaries, checked_text
from dictsvc.search.lookup import found_entry, lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.answer_view import answer_view, whole_entry_view
from dictsvc.web.html.error_page import ERROR_FRAGMENTS, ERROR_PAGES
from dictsvc.web.html.fragment_view import FragmentView, box_view, empty_view
from dictsvc.web.html.page_view import browse_view, render_page
from dictsvc.web.html.rendering import render
from dictsvc.web.html.urls import HOME_PATH, WIDGET_PATH, UrlBuilder
from dictsvc.web.outcome import outcome_of
from dictsvc.web.parameters import (
    DICT,
    FROM,
    LANG,
    PAGE_PARAMETERS,
    LookupParameters,
    Parameter,
    read_dictionaries,
    read_language,
    read_parameters,
)
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_HEADWORDS = 120
"""Headwords on a page of a dictionary."""
_ID = Parameter("id", {"type": "string", "pattern": "^[0-9a-f]{14}$"}, "path", is_required=True)
_Renderer = Callable[[SearchIndex, LookupParameters, UrlBuilder, FragmentView], bytes]


def _answer(home: str, rendered: _Renderer, request: Request) -> Reply:
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


def _entry(request: Request) -> Reply:
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


def _browse(request: Request) -> Reply:
    fields = request.fields()
    urls = UrlBuilder(request.base_url(), read_language(fields))
    requested, start = read_dictionaries(fields.get("dict", ())), fields.get("from", [""])[-1].strip()

    def make(search_index: SearchIndex) -> Content:
        chosen = checked_dictionaries(search_index, requested)
        if start:
            checked_text(start)
        dictionaries = search_index.snapshot.dictionaries
        dictionary = dictionaries[chosen[0]]
        found = headword_page(search_index, dictionary.id, start, _HEADWORDS)
        headwords = found.headwords
        page = render_page(
            dictionaries,
            urls,
            other_url=urls.in_other_language().browse(dictionary.id, start),
            title=f"{dictionary.title}: {headwords[0]} … {headwords[-1]}" if headwords else dictionary.title,
            chosen=(dictionary.id,),
            browsing=browse_view(found, dictionary, urls, start=start),
        )
        return Content(page)

    return from_snapshot(request, HTML, make, base_url=urls.base_url)


PAGE = Route(
    path=HOME_PATH,
    name="getPage",
    tag="pages",
    view=partial(_answer, HOME_PATH, _page),
    parameters=PAGE_PARAMETERS,
    content_type=HTML,
    errors=ERROR_PAGES,
)
WIDGET = replace(PAGE, path=WIDGET_PATH, name="getWidget", tag="embedding", view=partial(_answer, WIDGET_PATH, _page))
FRAGMENT = replace(
    PAGE, path="/fragment", name="getFragment", view=partial(_answer, HOME_PATH, _fragment), errors=ERROR_FRAGMENTS
)
ENTRY = replace(PAGE, path="/entry/{id}", name="getEntry", view=_entry, parameters=(_ID, LANG))
BROWSE = replace(PAGE, path="/browse", name="browse", view=_browse, parameters=(DICT, FROM, LANG))
