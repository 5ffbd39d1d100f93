"""`POST /segment`: the words of a passage, or what the word at one place of it belongs to."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta, Struct

from dictsvc.model import Part
from dictsvc.search.passages import MOST_CHARACTERS, Passage
from dictsvc.web.parameters import read_dictionaries, read_fields, read_language
from dictsvc.web.request_bodies import read_json
from dictsvc.web.service import Service

JSON = "application/json"
_encode = msgspec.json.Encoder().encode


class SegmentRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /segment`."""

    text: Annotated[str, Meta(max_length=MOST_CHARACTERS)]
    offset: Annotated[float, Meta(ge=0, multiple_of=1)] | None = None
    """A place in `text`, in code points: only what the word there belongs to is wanted.

    JSON knows no integers: 3.0 is the whole number 3.
    """
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
        read_language(read_fields(request.query_string))

        def answer(passage: Passage) -> tuple[Part, ...]:
            return passage.parts() if asked.offset is None else passage.around(int(asked.offset))

        dictionaries = read_dictionaries((asked.dict,))
        parts = service.live_snapshot.read(lambda search_index: answer(Passage(search_index, asked.text, dictionaries)))
        response = Response(_encode(Segments(parts)), content_type=JSON)
        response.headers["Cache-Control"] = "no-store"
        return response

    return segment
