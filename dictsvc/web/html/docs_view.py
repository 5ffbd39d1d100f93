"""The view of the page `/docs`, made from the contract."""

from urllib.parse import quote

import msgspec
from msgspec import Struct

from dictsvc import messages
from dictsvc.messages import Language
from dictsvc.web.html.fragment_view import View
from dictsvc.web.html.urls import UrlBuilder
from dictsvc.web.openapi import Json

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


class DescriptionView(View, frozen=True, kw_only=True):
    """A description of the service: its documentation, or how browsers search it."""

    base_url: str

    def text(self, name: str) -> str:
        """A text of the documentation in the reader's language."""
        return messages.api(name, self.language)


class DocsView(DescriptionView, frozen=True, kw_only=True):
    """The page `/docs`."""

    home_url: str
    routes: tuple[RouteView, ...]
    shapes: str


def docs_view(contract: Json, language: Language, base_url: str) -> DocsView:
    """The page that shows a contract."""
    return DocsView(
        language=language,
        base_url=base_url,
        home_url=UrlBuilder(base_url, language).search(),
        routes=tuple(
            _route_view(path, method, operation, base_url)
            for path, operations in contract["paths"].items()
            for method, operation in operations.items()
        ),
        shapes=_pretty(contract["components"]["schemas"]),
    )


def _route_view(path: str, method: str, operation: Json, base_url: str) -> RouteView:
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


def _parameter_view(parameter: Json) -> ParameterView:
    schema = parameter["schema"]
    values = ", ".join(schema.get("enum", ()))
    if "minimum" in schema:
        values = f"{schema['minimum']}–{schema['maximum']}"
    return ParameterView(parameter["name"], parameter["required"], parameter["description"], values)


def _pretty(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=_INDENT).decode()
