"""The JSON routes."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request
from msgspec import Struct

from dictsvc.model import Dictionary
from dictsvc.search.lexicon import Lexicon
from dictsvc.search.lookup import lookup
from dictsvc.web.caching import cacheable, etag, is_known, not_modified
from dictsvc.web.parameters import read_fields, read_parameters
from dictsvc.web.service import Service

JSON = "application/json"
_encode = msgspec.json.Encoder().encode


class DictionaryList(Struct, frozen=True):
    """The answer of `/dictionaries`."""

    generation: str
    dictionaries: tuple[Dictionary, ...]


def blueprint(service: Service) -> Blueprint:
    """The JSON routes of a service."""
    api = Blueprint("api", __name__)

    @api.get("/lookup")
    def get_lookup() -> Response:
        query = read_parameters(read_fields(request.query_string)).query()

        def answer(lexicon: Lexicon) -> Response:
            tag = etag(request, lexicon.snapshot.generation)
            if is_known(request, tag):
                return not_modified(tag)
            return cacheable(_encode(lookup(lexicon, query)), JSON, tag)

        return service.shelf.read(answer)

    @api.get("/dictionaries")
    def get_dictionaries() -> Response:
        snapshot = service.shelf.present().snapshot
        tag = etag(request, snapshot.generation)
        if is_known(request, tag):
            return not_modified(tag)
        listed = DictionaryList(snapshot.generation, tuple(snapshot.dictionaries.values()))
        return cacheable(_encode(listed), JSON, tag)

    return api
