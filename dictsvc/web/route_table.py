"""The routes of a service, found by walking `dictsvc.web.routes`: a new file there is a new route."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from msgspec import Struct

from dictsvc.config import Config
from dictsvc.web import routes as package
from dictsvc.web.problems import PROBLEM_DOCUMENTS, ErrorFormat
from dictsvc.web.route import OTHER, TAGS, Route


class Endpoint(Struct, frozen=True):
    """All methods of one path."""

    label: str
    metric_label: str
    is_limited: bool
    routes: dict[str, Route]
    """The routes by HTTP method."""

    def errors(self, method: str) -> ErrorFormat:
        """The way in which errors of a method are reported; problem documents where there is no route."""
        route = self.routes.get(method)
        return route.errors if route else PROBLEM_DOCUMENTS


_NOWHERE = Endpoint(OTHER, OTHER, is_limited=True, routes={})


@cache
def all_routes() -> tuple[Route, ...]:
    """Every route of the package, in the order in which the documentation shows them."""
    modules = [import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__)]
    routes = [value for module in modules for value in vars(module).values() if isinstance(value, Route)]
    return tuple(sorted(routes, key=lambda route: (TAGS.index(route.tag), len(route.path), route.path, route.method)))


def offered_routes(config: Config) -> tuple[Route, ...]:
    """The routes that a service of this configuration has."""
    return tuple(route for route in all_routes() if route.is_offered(config))


class RouteTable:
    """Finds what there is at a path."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, Endpoint] = {}
        self._prefixes: dict[str, Endpoint] = {}
        for route in routes:
            start, brace, _ = route.path.partition("{")
            endpoints = self._prefixes if brace else self._fixed
            metric_label = route.label if route.is_counted else OTHER
            endpoint = endpoints.setdefault(start, Endpoint(route.label, metric_label, route.is_limited, {}))
            endpoint.routes[route.method.upper()] = route
            if route.method == "get":
                endpoint.routes["HEAD"] = route

    def find(self, path: str) -> Endpoint:
        """What there is at a path; where nothing is, an endpoint without routes."""
        return self._fixed.get(path) or self._prefixes.get(path[: path.find("/", 1) + 1], _NOWHERE)
