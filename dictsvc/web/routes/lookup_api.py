"""The JSON routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta, Struct

from dictsvc.errors import DictsvcError, TooManyRequestsError
from dictsvc.messages import Language
from dictsvc.model import Dictionary, LookupResult
from dictsvc.search.context import DEFAULT_LIMIT
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.parameters import query_string, read_fields, read_parameters, read_values
from dictsvc.web.problems import REFUSED, ProblemDocument, problem_document
from dictsvc.web.reply import Reply, as_response, cacheable, etag
from dictsvc.web.request_bodies import read_json
from dictsvc.web.service import Service, counted_lookup, outcome_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

JSON = "application/json"
MOST_QUERIES = 100
_encode = msgspec.json.Encoder().encode
_EITHER = [{"$ref": f"#/components/schemas/{kind.__name__}"} for kind in (LookupResult, ProblemDocument)]


class DictionaryList(Struct, frozen=True):
    """The answer of `/dictionaries`."""

    generation: str
    dictionaries: tuple[Dictionary, ...]


class BatchQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """One query of several; what it leaves out is as the whole batch says."""

    q: str
    dict: str | None = None
    """Ids of dictionaries, comma separated."""
    limit: int | None = None
    mode: str | None = None


class Batch(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /lookup`: the queries, and what holds for all that do not say otherwise."""

    queries: Annotated[tuple[str | BatchQuery, ...], Meta(min_length=1, max_length=MOST_QUERIES)]
    dict: str = ""
    """Ids of dictionaries, comma separated; empty for all."""
    limit: int = DEFAULT_LIMIT
    mode: str = "auto"
    lang: Language = "vi"


class BatchAnswer(Struct, frozen=True):
    """The answer of `POST /lookup`: an answer or a problem for each query, in the order asked."""

    generation: str
    answers: Annotated[tuple[Any, ...], Meta(extra_json_schema={"items": {"anyOf": _EITHER}})]
    """`LookupResult` or `ProblemDocument`; told apart by `status`, which only problems have."""


def blueprint(service: Service) -> Blueprint:
    """The JSON routes of a service."""
    api = Blueprint("api", __name__)

    @api.get("/lookup")
    def get_lookup() -> Response:
        return as_response(look_up(service, request.environ))

    @api.post("/lookup")
    def post_lookup() -> Response:
        batch = read_json(request, Batch)
        _charge(service, len(batch.queries) - 1)
        return service.live_snapshot.read(lambda search_index: _uncached(_answered(service, search_index, batch)))

    @api.get("/dictionaries")
    def get_dictionaries() -> Response:
        snapshot = service.live_snapshot.present().snapshot
        tag = etag(request.environ, snapshot.generation)
        listed = DictionaryList(snapshot.generation, tuple(snapshot.dictionaries.values()))
        return as_response(cacheable(request.environ, tag, JSON, lambda: _encode(listed)))

    return api


def look_up(service: Service, environ: WSGIEnvironment) -> Reply:
    """The answer to `GET /lookup`. Raises what its parameters and its query are refused with."""
    query = read_parameters(read_fields(query_string(environ))).query()

    def answer(search_index: SearchIndex) -> Reply:
        tag = etag(environ, search_index.snapshot.generation)
        return cacheable(environ, tag, JSON, lambda: _encode(counted_lookup(environ, search_index, query)))

    return service.live_snapshot.read(answer)


def _answered(service: Service, search_index: SearchIndex, batch: Batch) -> BatchAnswer:
    answers = tuple(_answer(service, search_index, batch, query) for query in batch.queries)
    return BatchAnswer(search_index.snapshot.generation, answers)


def _answer(
    service: Service, search_index: SearchIndex, batch: Batch, asked: str | BatchQuery
) -> LookupResult | ProblemDocument:
    one = BatchQuery(asked) if isinstance(asked, str) else asked
    try:
        parameters = read_values(
            text=one.q,
            dictionaries=batch.dict if one.dict is None else one.dict,
            limit=str(batch.limit if one.limit is None else one.limit),
            mode=one.mode or batch.mode,
            language=batch.lang,
        )
        result = lookup(search_index, parameters.query())
    except DictsvcError as error:
        return problem_document(error, batch.lang)
    service.metrics.looked_up(outcome_of(result).kind)
    return result


def _charge(service: Service, queries: int) -> None:
    """Count a batch as the requests that it saves. Raises `TooManyRequestsError`."""
    if service.limiter and queries:
        wait = service.limiter.wait(request.environ.get("REMOTE_ADDR", ""), queries)
        if wait is not None:
            request.environ[REFUSED] = wait
            raise TooManyRequestsError("The batch is more than this client may ask now.")


def _uncached(body: Struct) -> Response:
    response = Response(_encode(body), content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response
