"""The names under which metrics and the log know the routes: never what a client wrote."""

from __future__ import annotations

from flask import Flask

OTHER = "other"
EXEMPT_ROUTES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Routes without a rate limit: those who watch the service must always get an answer."""


class RouteNames:
    """The route of a path: `/entry/<id>` is `/entry`, what is no route is `other`."""

    def __init__(self, app: Flask) -> None:
        rules = {rule.rule for rule in app.url_map.iter_rules()}
        self._whole = {rule: rule for rule in rules if "<" not in rule}
        self._beginnings = {start: start.rstrip("/") for rule in rules if (start := rule.partition("<")[0]) != rule}

    def name(self, path: str) -> str:
        """The route that a path leads to."""
        known = self._whole.get(path)
        if known:
            return known
        return self._beginnings.get(path[: path.rfind("/") + 1], OTHER)
