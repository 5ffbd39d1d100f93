"""`/suggest`: how what is being typed may go on, as OpenSearch suggestions, for browsers and for the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from flask import Blueprint, Response, request

from dictsvc.search.completion import Completion, completions
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.urls import Address
from dictsvc.web.parameters import check_dictionaries, query_string, read_fields, read_parameters
from dictsvc.web.reply import Reply, as_response, cacheable, etag
from dictsvc.web.service import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SUGGESTIONS_JSON = "application/x-suggestions+json"
Suggestions = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The query, its completions, a gloss of each, and the page of each."""
_encode = msgspec.json.Encoder().encode


def blueprint(service: Service) -> Blueprint:
    """The route of a service's completions."""
    suggest = Blueprint("suggest", __name__)

    @suggest.get("/suggest")
    def get_suggest() -> Response:
        return as_response(complete(service, request.environ))

    return suggest


def complete(service: Service, environ: WSGIEnvironment) -> Reply:
    """The answer to `GET /suggest`. Raises what its parameters and its query are refused with."""
    parameters = read_parameters(read_fields(query_string(environ)))
    text = parameters.text or ""
    address = Address(service.base_url(environ), parameters.language, parameters.dictionaries)

    def answer(search_index: SearchIndex) -> Reply:
        def body() -> bytes:
            check_dictionaries(parameters.dictionaries, search_index.snapshot.dictionaries)
            found = (
                completions(search_index, parameters.query()) if text.strip() else ()
            )  # browsers also ask for nothing
            return _encode(_suggestions(text, found, address))

        tag = etag(environ, search_index.snapshot.generation, address.base_url)
        return cacheable(environ, tag, SUGGESTIONS_JSON, body)

    return service.live_snapshot.read(answer)


def _suggestions(text: str, found: tuple[Completion, ...], address: Address) -> Suggestions:
    headwords = tuple(completion.headword for completion in found)
    return text, headwords, tuple(completion.gloss for completion in found), tuple(map(address.search, headwords))
