"""What the service says of itself: its contract for programs and for people, and how a browser searches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, current_app, request
from msgspec import Struct

from dictsvc import messages
from dictsvc.messages import Language
from dictsvc.search.search_index import SearchIndex
from dictsvc.web import openapi
from dictsvc.web.html.rendering import HTML, render
from dictsvc.web.html.urls import Address
from dictsvc.web.parameters import read_fields, read_language
from dictsvc.web.reply import Reply, as_response, cacheable, etag
from dictsvc.web.service import Service

_OPENSEARCH = "application/opensearchdescription+xml"
_INDENT = 2


class ParameterView(Struct, frozen=True):
    """A parameter as the page shows it."""

    name: str
    required: bool
    text: str
    values: str


class RouteView(Struct, frozen=True):
    """A route as the page shows it."""

    name: str
    method: str
    path: str
    text: str
    try_url: str | None
    parameters: tuple[ParameterView, ...]
    body: str | None
    statuses: str
    content_type: str
    example: str | None


class DocsView(Struct, frozen=True):
    """The page `/docs`."""

    language: Language
    base_url: str
    home_url: str
    site: str
    title: str
    about: str
    routes: tuple[RouteView, ...]
    shapes: str

    def text(self, name: str) -> str:
        """A text of the documentation in the reader's language."""
        return messages.api(name, self.language)


class OpenSearchView(Struct, frozen=True):
    """The description of the search for browsers."""

    language: Language
    base_url: str
    short_name: str
    """At most 16 characters."""
    title: str
    description: str


def blueprint(service: Service) -> Blueprint:
    """The routes that describe the service."""
    documents = Blueprint("documents", __name__)

    @documents.get("/openapi.json")
    def get_openapi() -> Response:
        def body(search_index: SearchIndex, language: Language) -> bytes:
            return msgspec.json.encode(openapi.document(_served(), search_index, language))

        return _described(service, "application/json", body)

    @documents.get("/docs")
    def get_docs() -> Response:
        def body(search_index: SearchIndex, language: Language) -> str:
            contract = openapi.document(_served(), search_index, language)
            return render("docs.html", docs_view(contract, language, service.base_url(request.environ)))

        return _described(service, HTML, body)

    @documents.get("/opensearch.xml")
    def get_opensearch() -> Response:
        def body(_: SearchIndex, language: Language) -> str:
            view = OpenSearchView(
                language,
                service.base_url(request.environ),
                messages.api("short-name", language),
                messages.label("site-title", language),
                messages.api("search-description", language),
            )
            return render("opensearch.xml", view)

        return _described(service, _OPENSEARCH, body)

    return documents


def _described(service: Service, content_type: str, body: Callable[[SearchIndex, Language], bytes | str]) -> Response:
    environ = request.environ
    language = read_language(read_fields(request.query_string))
    base_url = service.base_url(environ)

    def answer(search_index: SearchIndex) -> Reply:
        tag = etag(environ, search_index.snapshot.generation, base_url)
        return cacheable(environ, tag, content_type, lambda: body(search_index, language))

    return as_response(service.live_snapshot.read(answer))


def _served() -> Iterator[tuple[str, str]]:
    """(method, path) of every route of the application, its path as OpenAPI writes it."""
    for rule in current_app.url_map.iter_rules():
        path = rule.rule.replace("<path:", "<").replace("<identifier>", "<id>").replace("<", "{").replace(">", "}")
        for method in (rule.methods or set()) & {"GET", "POST"}:
            yield method.lower(), path


def docs_view(contract: openapi.Json, language: Language, base_url: str) -> DocsView:
    """The page that shows a contract."""
    routes = tuple(
        _route_view(path, method, operation, base_url)
        for path, operations in contract["paths"].items()
        for method, operation in operations.items()
    )
    info = contract["info"]
    shapes = _pretty(contract["components"]["schemas"])
    home_url, site = Address(base_url, language).search(), messages.label("site-title", language)
    return DocsView(language, base_url, home_url, site, info["title"], info["description"], routes, shapes)


def _route_view(path: str, method: str, operation: openapi.Json, base_url: str) -> RouteView:
    content_type, content = next(iter(operation["responses"]["200"]["content"].items()))
    body = operation.get("requestBody")
    query = next((f"?{p['name']}={quote(p['example'])}" for p in operation["parameters"] if "example" in p), "")
    can_try = method == "get" and "{" not in path
    return RouteView(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        text=operation["summary"],
        try_url=f"{base_url}{path}{query}" if can_try else None,
        parameters=tuple(_parameter_view(parameter) for parameter in operation["parameters"]),
        body=_pretty(body["content"]["application/json"].get("example")) if body else None,
        statuses=", ".join(operation["responses"]),
        content_type=content_type,
        example=_pretty(content["example"]) if "example" in content else None,
    )


def _parameter_view(parameter: openapi.Json) -> ParameterView:
    schema = parameter["schema"]
    values = schema.get("enum") or list(filter(None, schema.get("items", {}).get("enum", ()))) or None
    if values is None and "minimum" in schema:
        values = [f"{schema['minimum']}–{schema['maximum']}"]
    return ParameterView(
        parameter["name"], parameter["required"], parameter["description"], ", ".join(map(str, values or ()))
    )


def _pretty(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=_INDENT).decode()
