"""`/suggest`: how what is being typed may go on, as OpenSearch suggestions, for browsers and for the box."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request

from dictsvc.search.completion import Completion, completions
from dictsvc.search.lexicon import Lexicon
from dictsvc.web.addresses import Address
from dictsvc.web.caching import cacheable, etag, is_known, not_modified
from dictsvc.web.parameters import check_dictionaries, read_fields, read_parameters
from dictsvc.web.service import Service

SUGGESTIONS_JSON = "application/x-suggestions+json"
Suggestions = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The query, its completions, a gloss of each, and the page of each."""
_encode = msgspec.json.Encoder().encode


def blueprint(service: Service) -> Blueprint:
    """The route of a service's completions."""
    suggest = Blueprint("suggest", __name__)

    @suggest.get("/suggest")
    def get_suggest() -> Response:
        return service.shelf.read(lambda lexicon: _answer(service, lexicon))

    return suggest


def _answer(service: Service, lexicon: Lexicon) -> Response:
    parameters = read_parameters(read_fields(request.query_string))
    text = parameters.text or ""
    address = Address(service.base_url(request), parameters.language, parameters.dictionaries)
    tag = etag(request, lexicon.snapshot.generation, address.base_url)
    if is_known(request, tag):
        return not_modified(tag)
    check_dictionaries(parameters.dictionaries, lexicon.snapshot.dictionaries)
    found = completions(lexicon, parameters.query()) if text.strip() else ()  # browsers also ask for nothing
    return cacheable(_encode(_suggestions(text, found, address)), SUGGESTIONS_JSON, tag)


def _suggestions(text: str, found: tuple[Completion, ...], address: Address) -> Suggestions:
    headwords = tuple(completion.headword for completion in found)
    return text, headwords, tuple(completion.gloss for completion in found), tuple(map(address.search, headwords))
