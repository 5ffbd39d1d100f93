"""The HTML routes: the fragment, the page around it, and one entry as a page."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from werkzeug.exceptions import HTTPException

from dictsvc.errors import DictsvcError, UnavailableError, UnknownEntryError
from dictsvc.model import Dictionary, Mode
from dictsvc.search.lexicon import Lexicon
from dictsvc.search.lookup import found_entry
from dictsvc.search.query import DEFAULT_LIMIT
from dictsvc.web.caching import cacheable, etag, is_known, not_modified
from dictsvc.web.parameters import Parameters, check_dictionaries, read_fields, read_language, read_parameters
from dictsvc.web.problems import as_dictsvc_error, problem_document, requested_language, with_retry
from dictsvc.web.service import Service, counted_lookup
from dictsvc.web.views import (
    Address,
    FragmentView,
    empty_view,
    entry_view,
    error_view,
    page_view,
    result_view,
)

HTML = "text/html; charset=utf-8"
_FOLDER = Path(__file__).parent
_templates = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, view: Struct) -> str:
    """A template filled with its one typed object."""
    return _templates.get_template(template).render(view=view)


def blueprint(service: Service) -> Blueprint:
    """The HTML routes of a service."""
    pages = Blueprint("pages", __name__, static_folder="static", static_url_path="/static")

    @pages.get("/fragment")
    def get_fragment() -> Response:
        return service.shelf.read(lambda lexicon: _answer(service, lexicon, whole_page=False))

    @pages.get("/")
    def get_page() -> Response:
        return service.shelf.read(lambda lexicon: _answer(service, lexicon, whole_page=True))

    @pages.get("/entry/<identifier>")
    def get_entry(identifier: str) -> Response:
        return service.shelf.read(lambda lexicon: _entry(service, lexicon, identifier))

    @pages.errorhandler(DictsvcError)
    def dictsvc_error(error: DictsvcError) -> Response:
        return _error(service, error)

    @pages.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return _error(service, as_dictsvc_error(error))

    return pages


def _answer(service: Service, lexicon: Lexicon, *, whole_page: bool) -> Response:
    base_url = service.base_url(request)
    parameters = read_parameters(read_fields(request.query_string))
    tag = etag(request, lexicon.snapshot.generation, base_url)
    if is_known(request, tag):
        return not_modified(tag)
    address = Address(base_url, parameters, parameters.language)
    dictionaries = lexicon.snapshot.dictionaries
    check_dictionaries(parameters.dictionaries, dictionaries)
    if not (parameters.text or "").strip():
        view = empty_view(parameters.language, address)
    else:
        view = result_view(counted_lookup(lexicon, parameters.query()), parameters, dictionaries, address)
    return cacheable(_page_or_fragment(view, parameters, dictionaries, base_url, whole_page=whole_page), HTML, tag)


def _page_or_fragment(
    view: FragmentView,
    parameters: Parameters | None,
    dictionaries: dict[str, Dictionary],
    base_url: str,
    *,
    whole_page: bool,
    title: str | None = None,
) -> str:
    if not whole_page:
        return render("fragment.html", view)
    return render("page.html", page_view(view, parameters, dictionaries, base_url, title=title))


def _entry(service: Service, lexicon: Lexicon, identifier: str) -> Response:
    base_url = service.base_url(request)
    language = read_language(read_fields(request.query_string))
    tag = etag(request, lexicon.snapshot.generation, base_url)
    if is_known(request, tag):
        return not_modified(tag)
    hit = found_entry(lexicon, identifier)
    if hit is None:
        raise UnknownEntryError(f"There is no entry {identifier!r}.")
    dictionary = lexicon.snapshot.dictionaries[hit.dictionary]
    parameters = Parameters(hit.headword, (hit.dictionary,), DEFAULT_LIMIT, Mode.AUTO, language)
    shown = entry_view(hit, dictionary, Address(base_url, parameters, language), language)
    view = FragmentView(language, None, False, (shown,), (), None, None, (dictionary.title,), ())
    body = _page_or_fragment(
        view, parameters, lexicon.snapshot.dictionaries, base_url, whole_page=True, title=hit.headword
    )
    return cacheable(body, HTML, tag)


def _error(service: Service, error: DictsvcError) -> Response:
    language = requested_language()
    document = problem_document(error, language)
    view = error_view(document.detail, language)
    base_url = service.base_url(request)
    whole_page = request.endpoint != "pages.get_fragment"
    try:
        dictionaries = service.shelf.present().snapshot.dictionaries
    except UnavailableError:
        dictionaries = {}
    body = _page_or_fragment(view, _lenient(), dictionaries, base_url, whole_page=whole_page)
    return with_retry(Response(body, document.status, content_type=HTML))


def _lenient() -> Parameters | None:
    """What can be kept in the box after an error: nothing that was typed is lost."""
    try:
        fields = read_fields(request.query_string)
        kept = {name: values for name, values in fields.items() if name in ("q", "dict")}
        return read_parameters(kept)
    except DictsvcError:
        return None
