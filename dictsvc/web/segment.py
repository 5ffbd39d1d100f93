"""`POST /segment`: the words of a passage, or what the word at one place of it belongs to."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request
from msgspec import Struct

from dictsvc.model import Part
from dictsvc.search.passage import Passage
from dictsvc.web.bodies import read_json
from dictsvc.web.parameters import bad_parameter, read_dictionaries
from dictsvc.web.service import Service

JSON = "application/json"
_encode = msgspec.json.Encoder().encode


class SegmentRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /segment`."""

    text: str
    """At most 2,000 characters."""
    offset: int | None = None
    """A place in `text`, in code points: only what the word there belongs to is wanted."""
    dict: str = ""
    """Ids of dictionaries, comma separated; empty for all."""


class Segments(Struct, frozen=True):
    """The answer of `POST /segment`.

    Without an offset every word of the text in order; with one the headwords that the word there belongs to,
    the likeliest and longest first, and last the word itself.
    """

    parts: tuple[Part, ...]


def blueprint(service: Service) -> Blueprint:
    """The route of a service's segmenter."""
    segment = Blueprint("segment", __name__)

    @segment.post("/segment")
    def post_segment() -> Response:
        asked = read_json(request, SegmentRequest)
        if asked.offset is not None and not 0 <= asked.offset <= len(asked.text):
            raise bad_parameter("offset", "a place in the text", "hãy dùng một vị trí trong đoạn văn")

        def answer(passage: Passage) -> tuple[Part, ...]:
            return passage.parts() if asked.offset is None else passage.around(asked.offset)

        dictionaries = read_dictionaries((asked.dict,))
        parts = service.shelf.read(lambda lexicon: answer(Passage(lexicon, asked.text, dictionaries)))
        response = Response(_encode(Segments(parts)), content_type=JSON)
        response.headers["Cache-Control"] = "no-store"
        return response

    return segment
