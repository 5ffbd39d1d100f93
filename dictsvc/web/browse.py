"""`/browse`: a dictionary, the first of those chosen, in the alphabetical order of its language."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from dictsvc.errors import DictsvcError
from dictsvc.search.browsing import headword_page
from dictsvc.search.lexicon import Lexicon
from dictsvc.search.query import checked_dictionaries, checked_text
from dictsvc.web.addresses import Address
from dictsvc.web.caching import cacheable, etag, is_known, not_modified
from dictsvc.web.page_views import browse_view, other_language, page_view
from dictsvc.web.pages import error_page
from dictsvc.web.parameters import read_dictionaries, read_fields, read_language
from dictsvc.web.problems import as_dictsvc_error
from dictsvc.web.rendering import HTML, render
from dictsvc.web.service import Service
from dictsvc.web.views import box_view

_HEADWORDS = 120
"""Of one page."""


def blueprint(service: Service) -> Blueprint:
    """The route of a service's alphabetical lists."""
    browse = Blueprint("browse", __name__)

    @browse.get("/browse")
    def get_browse() -> Response:
        return service.shelf.read(lambda lexicon: _answer(service, lexicon))

    @browse.errorhandler(DictsvcError)
    def dictsvc_error(error: DictsvcError) -> Response:
        return error_page(service, error)

    @browse.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return error_page(service, as_dictsvc_error(error))

    return browse


def _answer(service: Service, lexicon: Lexicon) -> Response:
    fields = read_fields(request.query_string)
    address = Address(service.base_url(request), read_language(fields))
    tag = etag(request, lexicon.snapshot.generation, address.base_url)
    if is_known(request, tag):
        return not_modified(tag)
    chosen = checked_dictionaries(lexicon, read_dictionaries(fields.get("dict", [])))
    start = fields.get("from", [""])[-1].strip()
    if start:
        checked_text(start)
    dictionaries = lexicon.snapshot.dictionaries
    dictionary = dictionaries[chosen[0]]
    page = headword_page(lexicon, dictionary.id, start, _HEADWORDS)
    view = page_view(
        box_view(dictionaries, address, text="", chosen=(dictionary.id,)),
        address,
        dictionaries.values(),
        title=f"{dictionary.title}: {page.headwords[0]} … {page.headwords[-1]}" if page.headwords else dictionary.title,
        other_url=other_language(address).browse(dictionary.id, start),
        browsing=browse_view(page, dictionary, address, start=start, language=address.language),
    )
    return cacheable(render("page.html", view), HTML, tag)
