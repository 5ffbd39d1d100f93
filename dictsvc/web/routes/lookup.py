"""`GET /lookup`: the result of one query as JSON; `POST /lookup`: the results of several at once."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from dictsvc.errors import DictsvcError, TooManyRequestsError
from dictsvc.match_kinds import Mode
from dictsvc.messages import DEFAULT_LANGUAGE, Language
from dictsvc.model import LookupResult
from dictsvc.search.context import DEFAULT_LIMIT, Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.outcome import outcome_of
from dictsvc.web.parameters import (
    DICT,
    EXAMPLE_QUERY,
    LANG,
    LIMIT,
    MODE,
    Q,
    read_dictionaries,
    read_limit,
    read_mode,
    read_parameters,
)
from dictsvc.web.problems import ProblemDocument, problem_document
from dictsvc.web.reply import JSON, Content, Reply, from_snapshot, uncached
from dictsvc.web.request import Request
from dictsvc.web.request_bodies import read_json
from dictsvc.web.route import SENDING_STATUSES, OpenApiLink, Route

_encode = msgspec.json.Encoder().encode
_MAX_QUERIES = 100
_EITHER = [{"$ref": f"#/components/schemas/{kind.__name__}"} for kind in (LookupResult, ProblemDocument)]


def _view(request: Request) -> Reply:
    query = read_parameters(request.fields()).query()

    def make(search_index: SearchIndex) -> Content:
        result = lookup(search_index, query)
        return Content(_encode(result), (outcome_of(result),))

    return from_snapshot(request, JSON, make)


def _example(search_index: SearchIndex) -> LookupResult:
    return lookup(search_index, Query(text=EXAMPLE_QUERY, limit=1))


LOOKUP = Route(
    path="/lookup",
    name="lookup",
    tag="lookup",
    view=_view,
    parameters=(Q, DICT, LIMIT, MODE, LANG),
    answer=LookupResult,
    example=_example,
    links=(OpenApiLink("getEntry", {"id": "$response.body#/results/0/id"}, "open-entry"),),
)


class BatchQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """One query of several; what it leaves out is as the whole batch says."""

    q: str
    dict: str | None = None
    """Ids of dictionaries, comma separated."""
    limit: int | None = None
    mode: str | None = None


class Batch(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /lookup`: the queries, and what holds for all that do not say otherwise."""

    queries: Annotated[tuple[str | BatchQuery, ...], Meta(min_length=1, max_length=_MAX_QUERIES)]
    dict: str = ""
    """Ids of dictionaries, comma separated; empty for all."""
    limit: int = DEFAULT_LIMIT
    mode: str = Mode.AUTO.value
    lang: Language = DEFAULT_LANGUAGE


class BatchAnswer(Struct, frozen=True):
    """The answer of `POST /lookup`: an answer or a problem for each query, in the order asked."""

    generation: str
    answers: Annotated[tuple[Any, ...], Meta(extra_json_schema={"items": {"anyOf": _EITHER}})]
    """`LookupResult` or `ProblemDocument`; told apart by `status`, which only problems have."""


def _batch_view(request: Request) -> Reply:
    batch = read_json(request.environ, Batch)
    _charge(request, len(batch.queries) - 1)
    return request.service.live_snapshot.read(lambda search_index: _batch_reply(search_index, batch))


def _charge(request: Request, queries: int) -> None:
    """Count the further queries of a batch as requests. Raises `TooManyRequestsError`."""
    limiter = request.service.limiter
    if limiter and queries:
        seconds = limiter.count(request.environ.get("REMOTE_ADDR", ""), queries)
        if seconds is not None:
            raise TooManyRequestsError("Too many queries in a batch.", retry_seconds=seconds)


def _batch_reply(search_index: SearchIndex, batch: Batch) -> Reply:
    answers = tuple(_batch_item(search_index, batch, query) for query in batch.queries)
    outcomes = tuple(outcome_of(answer) for answer in answers if isinstance(answer, LookupResult))
    return uncached(JSON, Content(_encode(BatchAnswer(search_index.snapshot.generation, answers)), outcomes))


def _batch_item(search_index: SearchIndex, batch: Batch, sent: str | BatchQuery) -> LookupResult | ProblemDocument:
    one = BatchQuery(sent) if isinstance(sent, str) else sent
    try:
        query = Query(
            text=one.q,
            dictionaries=read_dictionaries((batch.dict if one.dict is None else one.dict,)),
            limit=read_limit(str(batch.limit if one.limit is None else one.limit)),
            mode=read_mode(one.mode or batch.mode),
        )
        return lookup(search_index, query)
    except DictsvcError as error:
        return problem_document(error, batch.lang)


def _batch_example(search_index: SearchIndex) -> BatchAnswer:
    return BatchAnswer(search_index.snapshot.generation, (_example(search_index),))


LOOKUP_BATCH = Route(
    path="/lookup",
    method="post",
    name="lookupBatch",
    tag="lookup",
    view=_batch_view,
    body=Batch,
    body_example=Batch((EXAMPLE_QUERY,), limit=1),
    answer=BatchAnswer,
    example=_batch_example,
    statuses=SENDING_STATUSES,
    is_cached=False,
)
