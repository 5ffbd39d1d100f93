"""The contract of every route as OpenAPI 3.1, its schemas made from the structs that the routes encode.

Its examples are real: they are what this service answers with the dictionaries it has loaded now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from dictsvc import __version__
from dictsvc.errors import BadQueryError
from dictsvc.match_kinds import Mode
from dictsvc.messages import DEFAULT_LANGUAGE, LANGUAGES, Language, api
from dictsvc.model import LookupResult
from dictsvc.search.context import DEFAULT_LIMIT, MOST_CHARACTERS, MOST_RESULTS, Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.problems import PROBLEM_JSON, ProblemDocument, problem_document
from dictsvc.web.routes.lookup_api import Batch, BatchAnswer, DictionaryList
from dictsvc.web.routes.operations import Health, Readiness, Unreadiness
from dictsvc.web.routes.segment import SegmentRequest, Segments
from dictsvc.web.routes.suggest import SUGGESTIONS_JSON

Json = dict[str, Any]
_JSON, _HTML = "application/json", "text/html"
_STATIC = Path(__file__).parent / "static"
_EXAMPLE = "nghi quyet"
_REFERENCE = "#/components/schemas/{name}"
_ENTRY_ID = "^[0-9a-f]{14}$"
_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]*$"
_LOOKUP_FIELDS = ("q", "dict", "limit", "mode", "lang")
_PAGE_FIELDS = ("q?", "dict", "limit", "mode", "lang")


class Route(Struct, frozen=True):
    """What the contract says of a route."""

    path: str
    name: str
    """Of the operation, and of its text in the table of messages."""
    fields: tuple[str, ...] = ()
    """Its parameters; `?` marks one that may be left out where it usually may not."""
    answer: type | None = None
    """The struct that it encodes; None where the answer is no JSON."""
    content_type: str = _JSON
    body: type | None = None
    method: Literal["get", "post"] = "get"
    cached: bool = True
    problem_type: str = PROBLEM_JSON
    """How it says what went wrong: pages do so in HTML."""
    statuses: tuple[int, ...] = ()
    """The statuses of its problems."""
    problem: type = ProblemDocument


_READING = (400, 404, 429, 503)
_SENDING = (400, 404, 408, 413, 415, 429, 503)
ROUTES: tuple[Route, ...] = (
    Route("/lookup", "lookup", _LOOKUP_FIELDS, LookupResult, statuses=_READING),
    Route("/lookup", "lookup-batch", (), BatchAnswer, body=Batch, method="post", cached=False, statuses=_SENDING),
    Route("/dictionaries", "dictionaries", (), DictionaryList, statuses=(429, 503)),
    Route("/suggest", "suggest", ("q?", "dict", "limit", "lang"), content_type=SUGGESTIONS_JSON, statuses=_READING),
    Route("/segment", "segment", ("lang",), Segments, body=SegmentRequest, method="post", cached=False,
          statuses=_SENDING),
    Route("/browse", "browse", ("dict", "from", "lang"), content_type=_HTML, problem_type=_HTML, statuses=_READING),
    Route("/fragment", "fragment", _PAGE_FIELDS, content_type=_HTML, problem_type=_HTML, statuses=_READING),
    Route("/", "page", _PAGE_FIELDS, content_type=_HTML, problem_type=_HTML, statuses=_READING),
    Route("/entry/{id}", "entry", ("id", "lang"), content_type=_HTML, problem_type=_HTML, statuses=_READING),
    Route("/widget", "widget", _PAGE_FIELDS, content_type=_HTML, problem_type=_HTML, statuses=_READING),
    Route("/widget.js", "widget.js", (), content_type="text/javascript", statuses=(429, 503)),
    Route("/demo/", "demo", (), content_type=_HTML, problem_type=_HTML, statuses=_READING),
    Route("/opensearch.xml", "opensearch", ("lang",), content_type="application/opensearchdescription+xml",
          statuses=(400, 429, 503)),
    Route("/openapi.json", "openapi", ("lang",), content_type=_JSON, statuses=(400, 429, 503)),
    Route("/docs", "docs", ("lang",), content_type=_HTML, statuses=_READING),
    Route("/static/{filename}", "static", ("filename",), content_type="*/*", problem_type=_HTML, statuses=(404, 429)),
    Route("/healthz", "healthz", (), Health, cached=False),
    Route("/readyz", "readyz", (), Readiness, cached=False, statuses=(503,), problem=Unreadiness),
    Route("/metrics", "metrics", (), content_type="text/plain", cached=False),
)  # fmt: skip
"""Every route that a client may use."""


def document(served: Iterable[tuple[str, str]], search_index: SearchIndex, language: Language) -> Json:
    """The contract of the routes that are served, given as (method, path) pairs."""
    served = set(served)
    routes = [route for route in ROUTES if (route.method, route.path) in served]
    structs = {kind for route in routes for kind in (route.answer, route.body, route.problem) if kind}
    ordered = sorted({*structs, LookupResult}, key=lambda kind: kind.__name__)
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_REFERENCE)
    paths: dict[str, Json] = {}
    examples = _examples(search_index, language)
    for route in routes:
        paths.setdefault(route.path, {})[route.method] = _operation(route, search_index, language, examples)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": api("title", language),
            "version": __version__,
            "description": api("about", language),
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(route: Route, search_index: SearchIndex, language: Language, examples: Mapping[type, Any]) -> Json:
    operation: Json = {
        "operationId": route.name,
        "summary": api(route.name, language),
        "parameters": [_parameter(field, search_index, language) for field in route.fields],
        "responses": _responses(route, language, examples),
    }
    if route.body:
        content = {"schema": _reference(route.body)} | _example(route.body, examples)
        operation["requestBody"] = {"required": True, "content": {_JSON: content}}
    return operation


def _parameter(field: str, search_index: SearchIndex, language: Language) -> Json:
    name = field.rstrip("?")
    text: Json = {"type": "string", "maxLength": MOST_CHARACTERS, "pattern": _NO_CONTROLS}
    schemas: dict[str, Json] = {
        "q": text | ({"minLength": 1} if name == field else {}),
        "dict": {"type": "array", "items": {"enum": ["", *search_index.snapshot.dictionaries]}},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": DEFAULT_LIMIT},
        "mode": {"enum": [mode.value for mode in Mode], "default": Mode.AUTO.value},
        "lang": {"enum": list(LANGUAGES), "default": DEFAULT_LANGUAGE},
        "id": {"type": "string", "pattern": _ENTRY_ID},
        "from": text,
        "filename": {"enum": sorted(path.name for path in _STATIC.iterdir())},
    }
    in_path = name in ("id", "filename")
    parameter: Json = {
        "name": name,
        "in": "path" if in_path else "query",
        "required": in_path or field == "q",
        "description": api(name, language),
        "schema": schemas[name],
    }
    if name == "q":
        parameter["example"] = _EXAMPLE
    return parameter


def _responses(route: Route, language: Language, examples: Mapping[type, Any]) -> Json:
    schema = _reference(route.answer) if route.answer else {}
    content = {"schema": schema} | _example(route.answer, examples)
    answer: Json = {"description": api("answer", language), "content": {route.content_type: content}}
    links = _links(route, language)
    if links:
        answer["links"] = links
    responses: Json = {"200": answer}
    if route.cached:
        responses["304"] = {"description": api("not-modified", language)}
    problem: Json = {"schema": {"type": "string"}}
    if route.problem_type == PROBLEM_JSON:
        problem = {"schema": _reference(route.problem)} | _example(route.problem, examples)
    for status in route.statuses:
        responses[str(status)] = {"description": api("problem", language), "content": {route.problem_type: problem}}
    return responses


def _links(route: Route, language: Language) -> Json:
    if route.name == "lookup":
        return {
            "entry": {
                "operationId": "entry",
                "parameters": {"id": "$response.body#/results/0/id"},
                "description": api("open-entry", language),
            }
        }
    if route.name == "dictionaries":
        return {
            "lookup": {
                "operationId": "lookup",
                "parameters": {"q": _EXAMPLE, "dict": "$response.body#/dictionaries/0/id"},
                "description": api("look-up-here", language),
            }
        }
    return {}


def _examples(search_index: SearchIndex, language: Language) -> dict[type, Any]:
    """A real value of each struct, as it stands in JSON."""
    snapshot = search_index.snapshot
    dictionaries = tuple(snapshot.dictionaries.values())
    found = lookup(search_index, Query(text=_EXAMPLE, limit=1))
    values = (
        found,
        problem_document(BadQueryError("blank-query", ""), language),
        Batch((_EXAMPLE,), limit=1),
        BatchAnswer(snapshot.generation, (found,)),
        DictionaryList(snapshot.generation, dictionaries),
        Health("ok", __version__),
        Readiness("ready", snapshot.generation, dictionaries),
    )
    return {type(value): msgspec.to_builtins(value) for value in values}


def _example(kind: type | None, examples: Mapping[type, Any]) -> Json:
    return {"example": examples[kind]} if kind and kind in examples else {}


def _reference(kind: type) -> Json:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}
