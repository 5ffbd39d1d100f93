"""`POST /segment`: the words of a text, or the headwords that the word at one offset belongs to."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dictsvc.model import Part
from dictsvc.search.passages import MOST_CHARACTERS, Passage
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.parameters import LANG, read_dictionaries, read_language
from dictsvc.web.reply import JSON, Content, Reply, uncached
from dictsvc.web.request import Request
from dictsvc.web.request_bodies import read_json
from dictsvc.web.route import SENDING_STATUSES, Route


class SegmentRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /segment`."""

    text: Annotated[str, Meta(max_length=MOST_CHARACTERS)]
    offset: Annotated[float, Meta(ge=0, multiple_of=1)] | None = None
    """An offset in `text`, in code points: only what the word there belongs to is wanted.

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


def _view(request: Request) -> Reply:
    sent = read_json(request.environ, SegmentRequest)
    read_language(request.fields())
    dictionaries = read_dictionaries((sent.dict,))

    def segment(search_index: SearchIndex) -> Segments:
        passage = Passage(search_index, sent.text, dictionaries)
        return Segments(passage.parts() if sent.offset is None else passage.around(int(sent.offset)))

    return uncached(JSON, Content(msgspec.json.encode(request.service.live_snapshot.read(segment))))


SEGMENT = Route(
    path="/segment",
    method="post",
    name="segment",
    tag="lookup",
    view=_view,
    parameters=(LANG,),
    body=SegmentRequest,
    answer=Segments,
    statuses=SENDING_STATUSES,
    is_cached=False,
)
