"""The contract as OpenAPI 3.1, assembled from the declarations of routes and the structs that they encode.

Its examples are real answers of this service with the dictionaries that it has loaded now.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from dictsvc import __version__
from dictsvc.errors import BadQueryError
from dictsvc.match_kinds import MatchKind
from dictsvc.messages import Language, api, reason
from dictsvc.model import LookupResult
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.parameters import Parameter
from dictsvc.web.problems import ProblemDocument, problem_document
from dictsvc.web.reply import JSON
from dictsvc.web.route import TAGS, Route

Json = dict[str, Any]
_TITLE = "dictsvc"
"""In ASCII, because generators make names of packages and classes from it."""
_REFERENCE = "#/components/schemas/{name}"
_LICENCE = "GPL-3.0-or-later"


def document(routes: Sequence[Route], search_index: SearchIndex, language: Language, base_url: str) -> Json:
    """The contract of these routes for a service at `base_url`, described in one language."""
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method] = _operation(route, search_index, language)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _TITLE,
            "summary": api("title", language),
            "version": __version__,
            "description": api("about", language),
            "license": {"name": _LICENCE, "identifier": _LICENCE},
        },
        "servers": [{"url": base_url}],
        "security": [],
        "tags": [{"name": tag, "description": api(f"tag-{tag}", language)} for tag in TAGS],
        "paths": paths,
        "components": {"schemas": _schemas(routes, language)},
    }


def _schemas(routes: Sequence[Route], language: Language) -> Json:
    structs = {kind for route in routes for kind in (route.answer, route.body, route.errors.schema) if kind}
    ordered = sorted({*structs, LookupResult}, key=lambda kind: kind.__name__)
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_REFERENCE)
    # no enumeration: clients generated today must understand the kinds of later versions
    kinds = "; ".join(f"`{kind.value}`: {reason(kind, '…', language)}" for kind in MatchKind)
    schemas[MatchKind.__name__] = {
        "title": MatchKind.__name__,
        "type": "string",
        "description": api("match-kind", language).format(kinds=kinds),
    }
    return schemas


def _operation(route: Route, search_index: SearchIndex, language: Language) -> Json:
    operation: Json = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": api(route.name, language),
        "parameters": [_parameter(parameter, language) for parameter in route.parameters],
        "responses": _responses(route, search_index, language),
    }
    if route.body:
        content: Json = {"schema": _reference(route.body)}
        if route.body_example:
            content["example"] = msgspec.to_builtins(route.body_example)
        operation["requestBody"] = {"required": True, "content": {JSON: content}}
    return operation


def _parameter(parameter: Parameter, language: Language) -> Json:
    example = {"example": parameter.example} if parameter.example else {}
    return {
        "name": parameter.name,
        "in": parameter.location,
        "required": parameter.is_required,
        "description": api(parameter.name, language),
        "schema": parameter.schema,
        **example,
    }


def _responses(route: Route, search_index: SearchIndex, language: Language) -> Json:
    content: Json = {"schema": _reference(route.answer) if route.answer else {}}
    if route.example:
        content["example"] = msgspec.to_builtins(route.example(search_index))
    answer: Json = {"description": api("answer", language), "content": {_media_type(route.content_type): content}}
    if route.links:
        answer["links"] = {
            link.operation: {
                "operationId": link.operation,
                "parameters": dict(link.parameters),
                "description": api(link.text, language),
            }
            for link in route.links
        }
    responses: Json = {"200": answer}
    if route.is_cached:
        responses["304"] = {"description": api("not-modified", language)}
    problem = {"description": api("problem", language), "content": _problem_content(route, language)}
    return responses | {str(status): problem for status in route.statuses}


def _problem_content(route: Route, language: Language) -> Json:
    kind = route.errors.schema
    content: Json = {"schema": _reference(kind) if kind else {"type": "string"}}
    if kind is ProblemDocument:
        content["example"] = msgspec.to_builtins(problem_document(BadQueryError("blank-query", ""), language))
    return {_media_type(route.errors.content_type): content}


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0]


def _reference(kind: type) -> Json:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}
