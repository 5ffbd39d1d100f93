"""`GET /dictionaries`: the dictionaries that are loaded."""

import msgspec
from msgspec import Struct

from dictsvc.model import Dictionary
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.parameters import EXAMPLE_QUERY
from dictsvc.web.reply import JSON, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import OpenApiLink, Route


class DictionaryList(Struct, frozen=True):
    """The answer of `/dictionaries`."""

    generation: str
    dictionaries: tuple[Dictionary, ...]


def _list(search_index: SearchIndex) -> DictionaryList:
    snapshot = search_index.snapshot
    return DictionaryList(snapshot.generation, tuple(snapshot.dictionaries.values()))


def _view(request: Request) -> Reply:
    return from_snapshot(request, JSON, lambda search_index: Content(msgspec.json.encode(_list(search_index))))


DICTIONARIES = Route(
    path="/dictionaries",
    name="listDictionaries",
    tag="lookup",
    view=_view,
    answer=DictionaryList,
    example=_list,
    statuses=(429, 503),
    links=(OpenApiLink("lookup", {"q": EXAMPLE_QUERY, "dict": "$response.body#/dictionaries/0/id"}, "look-up-here"),),
)
