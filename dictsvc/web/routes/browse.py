"""`/browse`: a dictionary, the first of those chosen, in the alphabetical order of its language."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from dictsvc.errors import DictsvcError
from dictsvc.search.browsing import headword_page
from dictsvc.search.context import checked_dictionaries, checked_text
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.fragment_view import box_view
from dictsvc.web.html.page_views import browse_view, other_language, page_view
from dictsvc.web.html.rendering import HTML, render
from dictsvc.web.html.urls import Address
from dictsvc.web.parameters import Fields, read_dictionaries, read_fields, read_language
from dictsvc.web.problems import as_dictsvc_error
from dictsvc.web.reply import Reply, as_response, cacheable, etag
from dictsvc.web.routes.pages import error_page
from dictsvc.web.service import Service

_HEADWORDS = 120
"""Of one page."""


def blueprint(service: Service) -> Blueprint:
    """The route of a service's alphabetical lists."""
    browse = Blueprint("browse", __name__)

    @browse.get("/browse")
    def get_browse() -> Response:
        return as_response(service.live_snapshot.read(lambda search_index: _answer(service, search_index)))

    @browse.errorhandler(DictsvcError)
    def dictsvc_error(error: DictsvcError) -> Response:
        return error_page(service, error)

    @browse.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return error_page(service, as_dictsvc_error(error))

    return browse


def _answer(service: Service, search_index: SearchIndex) -> Reply:
    fields = read_fields(request.query_string)
    address = Address(service.base_url(request.environ), read_language(fields))
    tag = etag(request.environ, search_index.snapshot.generation, address.base_url)
    return cacheable(request.environ, tag, HTML, lambda: _page(search_index, fields, address))


def _page(search_index: SearchIndex, fields: Fields, address: Address) -> str:
    chosen = checked_dictionaries(search_index, read_dictionaries(fields.get("dict", [])))
    start = fields.get("from", [""])[-1].strip()
    if start:
        checked_text(start)
    dictionaries = search_index.snapshot.dictionaries
    dictionary = dictionaries[chosen[0]]
    page = headword_page(search_index, dictionary.id, start, _HEADWORDS)
    view = page_view(
        box_view(dictionaries, address, text="", chosen=(dictionary.id,)),
        address,
        dictionaries.values(),
        title=f"{dictionary.title}: {page.headwords[0]} … {page.headwords[-1]}" if page.headwords else dictionary.title,
        other_url=other_language(address).browse(dictionary.id, start),
        browsing=browse_view(page, dictionary, address, start=start, language=address.language),
    )
    return render("page.html", view)
