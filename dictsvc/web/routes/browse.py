"""`GET /browse`: the headwords of a dictionary, the first of those chosen, in alphabetical order."""

from __future__ import annotations

from dictsvc.search.browsing import headword_page
from dictsvc.search.context import checked_dictionaries, checked_text
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.error_page import ERROR_PAGES
from dictsvc.web.html.page_view import browse_view, render_page
from dictsvc.web.html.urls import UrlBuilder
from dictsvc.web.parameters import DICT, FROM, LANG, read_dictionaries, read_language
from dictsvc.web.reply import HTML, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_HEADWORDS = 120
"""Headwords on a page."""


def _view(request: Request) -> Reply:
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


BROWSE = Route(
    path="/browse",
    name="browse",
    tag="pages",
    view=_view,
    parameters=(DICT, FROM, LANG),
    content_type=HTML,
    errors=ERROR_PAGES,
)
