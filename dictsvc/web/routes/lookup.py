"""`GET /lookup`: the result of one query as JSON."""

from __future__ import annotations

import msgspec

from dictsvc.model import LookupResult
from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.outcome import outcome_of
from dictsvc.web.parameters import DICT, EXAMPLE_QUERY, LANG, LIMIT, MODE, Q, read_parameters
from dictsvc.web.reply import JSON, Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import OpenApiLink, Route

_encode = msgspec.json.Encoder().encode


def _view(request: Request) -> Reply:
    query = read_parameters(request.fields()).query()

    def make(search_index: SearchIndex) -> Content:
        result = lookup(search_index, query)
        return Content(_encode(result), (outcome_of(result),))

    return from_snapshot(request, JSON, make)


LOOKUP = Route(
    path="/lookup",
    name="lookup",
    tag="lookup",
    view=_view,
    parameters=(Q, DICT, LIMIT, MODE, LANG),
    answer=LookupResult,
    example=lambda search_index: lookup(search_index, Query(text=EXAMPLE_QUERY, limit=1)),
    links=(OpenApiLink("getEntry", {"id": "$response.body#/results/0/id"}, "open-entry"),),
)
