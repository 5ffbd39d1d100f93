"""The HTML routes: the fragment, the page around it, the same in a frame, and one entry as a page."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from dictsvc.errors import DictsvcError, UnavailableError, UnknownEntryError
from dictsvc.match_kinds import Mode
from dictsvc.model import Dictionary, Hit, LookupResult
from dictsvc.search.browsing import idioms_with, longer_headwords, neighbours
from dictsvc.search.context import DEFAULT_LIMIT
from dictsvc.search.homographs import homographs
from dictsvc.search.lookup import found_entry
from dictsvc.search.search_index import SearchIndex, scope_of
from dictsvc.web.html.entry_view import entry_view
from dictsvc.web.html.fragment_view import (
    FragmentView,
    PhrasesView,
    box_view,
    credit,
    empty_view,
    error_view,
    neighbours_view,
    phrases_view,
    result_view,
)
from dictsvc.web.html.page_views import PageView, other_language, page_view
from dictsvc.web.html.rendering import HTML, render
from dictsvc.web.html.urls import Address
from dictsvc.web.parameters import Parameters, check_dictionaries, read_fields, read_language, read_parameters
from dictsvc.web.problems import as_dictsvc_error, problem_document, requested_language, with_retry
from dictsvc.web.reply import Reply, as_response, cacheable, etag
from dictsvc.web.service import Service, counted_lookup

_LONGER_HEADWORDS, _LONGER_HEADWORDS_OF_ENTRY = 10, 30
_IDIOMS_OF_ENTRY = 12
_NEIGHBOURS = 4
_HOME, _FRAME = "/", "/widget"


def blueprint(service: Service) -> Blueprint:
    """The HTML routes of a service."""
    pages = Blueprint("pages", __name__, static_folder="../static", static_url_path="/static")

    @pages.get("/fragment")
    def get_fragment() -> Response:
        return as_response(
            service.live_snapshot.read(lambda search_index: _answer(service, search_index, _HOME, whole_page=False))
        )

    @pages.get(_HOME)
    def get_page() -> Response:
        return as_response(
            service.live_snapshot.read(lambda search_index: _answer(service, search_index, _HOME, whole_page=True))
        )

    @pages.get(_FRAME)
    def get_frame() -> Response:
        return as_response(
            service.live_snapshot.read(lambda search_index: _answer(service, search_index, _FRAME, whole_page=True))
        )

    @pages.get("/entry/<identifier>")
    def get_entry(identifier: str) -> Response:
        return as_response(service.live_snapshot.read(lambda search_index: _entry(service, search_index, identifier)))

    @pages.errorhandler(DictsvcError)
    def dictsvc_error(error: DictsvcError) -> Response:
        return error_page(service, error)

    @pages.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return error_page(service, as_dictsvc_error(error))

    return pages


def _answer(service: Service, search_index: SearchIndex, home: str, *, whole_page: bool) -> Reply:
    base_url = service.base_url(request.environ)
    parameters = read_parameters(read_fields(request.query_string))
    address = Address(base_url, parameters.language, parameters.dictionaries, home)

    def body() -> str:
        check_dictionaries(parameters.dictionaries, search_index.snapshot.dictionaries)
        if whole_page:
            return _page(_fragment(service, search_index, parameters, address), parameters, search_index, address)
        if (parameters.text or "").strip():
            return render("fragment.html", _fragment(service, search_index, parameters, address))
        box = box_view(search_index.snapshot.dictionaries, address, text="", chosen=parameters.dictionaries)
        return render("fragment.html", empty_view(address, box))

    return cacheable(request.environ, etag(request.environ, search_index.snapshot.generation, base_url), HTML, body)


def _fragment(service: Service, search_index: SearchIndex, parameters: Parameters, address: Address) -> FragmentView:
    if not (parameters.text or "").strip():
        return empty_view(address, None)
    query = parameters.query()
    result = counted_lookup(request.environ, search_index, query)
    return result_view(
        result,
        parameters,
        search_index.snapshot.dictionaries,
        address,
        report_to=service.config.report_url,
        homographs=homographs(search_index, query.text.strip(), query.dictionaries) if query.mode is Mode.AUTO else (),
        phrases=_longer(search_index, result, address),
    )


def _longer(search_index: SearchIndex, result: LookupResult, address: Address) -> PhrasesView | None:
    """Longer headwords with the word that was surely meant, from the dictionaries of its language."""
    if not result.results or Mode.STRICT not in result.results[0].match.kind.traits.modes:
        return None
    best = result.results[0]
    language = search_index.snapshot.dictionaries[best.dictionary].source_language
    dictionaries = scope_of(search_index, tuple(dictionary.id for dictionary in result.dictionaries)).languages[
        language
    ]
    longer = longer_headwords(search_index, best.headword, sorted(dictionaries), _LONGER_HEADWORDS)
    return phrases_view(best.headword, language, longer, (), address)


def _page(fragment: FragmentView, parameters: Parameters, search_index: SearchIndex, address: Address) -> str:
    dictionaries = search_index.snapshot.dictionaries
    text = parameters.text or ""
    box = box_view(dictionaries, address, text=text, chosen=parameters.dictionaries)
    more: dict[str, object] = {} if parameters.limit == DEFAULT_LIMIT else {"limit": parameters.limit}
    if parameters.mode is not Mode.AUTO:
        more["mode"] = parameters.mode.value
    other_url = other_language(address).search(text, **more)
    view = page_view(box, address, dictionaries.values(), title=text, other_url=other_url, fragment=fragment)
    return render("page.html", view)


def _entry(service: Service, search_index: SearchIndex, identifier: str) -> Reply:
    address = Address(service.base_url(request.environ), read_language(read_fields(request.query_string)))
    tag = etag(request.environ, search_index.snapshot.generation, address.base_url)
    return cacheable(request.environ, tag, HTML, lambda: _entry_page(service, search_index, identifier, address))


def _entry_page(service: Service, search_index: SearchIndex, identifier: str, address: Address) -> str:
    hit = found_entry(search_index, identifier)
    if hit is None:
        raise UnknownEntryError(f"There is no entry {identifier!r}.")
    dictionaries = search_index.snapshot.dictionaries
    dictionary = dictionaries[hit.dictionary]
    box = box_view(dictionaries, address, text=hit.headword, chosen=())
    view = page_view(
        box,
        address,
        dictionaries.values(),
        title=hit.headword,
        other_url=other_language(address).entry(identifier),
        fragment=_entry_fragment(service, search_index, hit, dictionary, address),
    )
    return render("page.html", view)


def _entry_fragment(
    service: Service, search_index: SearchIndex, hit: Hit, dictionary: Dictionary, address: Address
) -> FragmentView:
    headword, within = hit.headword, [dictionary.id]
    longer = longer_headwords(search_index, headword, within, _LONGER_HEADWORDS_OF_ENTRY)
    idioms = idioms_with(search_index, headword, dictionary.id, _IDIOMS_OF_ENTRY)
    beside = neighbours(search_index, headword, dictionary.id, _NEIGHBOURS)
    return FragmentView(
        language=address.language,
        query=headword,
        summary=headword,
        entries=(entry_view(hit, dictionary, address, query=headword, report_to=service.config.report_url),),
        phrases=phrases_view(headword, dictionary.source_language, longer, idioms, address),
        neighbours=neighbours_view(headword, dictionary, beside, address),
        credits=(credit(dictionary),),
    )


def error_page(service: Service, error: DictsvcError) -> Response:
    """An error as a page, or as a fragment where a fragment was asked for: one friendly sentence."""
    document = problem_document(error, requested_language())
    fragment = error_view(document.detail, requested_language())
    if request.endpoint == "pages.get_fragment":
        body = render("fragment.html", fragment)
    else:
        body = render("page.html", _error_view(service, fragment))
    return with_retry(Response(body, document.status, content_type=HTML))


def _error_view(service: Service, fragment: FragmentView) -> PageView:
    sent = _sent()
    address = Address(
        service.base_url(request.environ), fragment.language, home=_FRAME if request.path == _FRAME else _HOME
    )
    try:
        dictionaries = service.live_snapshot.present().snapshot.dictionaries
    except UnavailableError:
        dictionaries = {}
    text = sent.text or "" if sent else ""
    box = box_view(dictionaries, address, text=text, chosen=sent.dictionaries if sent else ())
    other_url = other_language(address).search()
    return page_view(box, address, dictionaries.values(), title="", other_url=other_url, fragment=fragment)


def _sent() -> Parameters | None:
    """What can be kept in the box after an error: nothing that was typed is lost."""
    try:
        fields = read_fields(request.query_string)
        return read_parameters({name: values for name, values in fields.items() if name in ("q", "dict")})
    except DictsvcError:
        return None
