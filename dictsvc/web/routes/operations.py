"""For operators: is the process alive, can it answer, what has it done."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from flask import Blueprint, Response
from msgspec import Struct

from dictsvc import __version__
from dictsvc.errors import UnavailableError
from dictsvc.model import Dictionary
from dictsvc.web.middleware import metrics
from dictsvc.web.problems import ProblemDocument, problem_document, problem_response, requested_language
from dictsvc.web.service import Service


class Health(Struct, frozen=True):
    """The answer of `/healthz`."""

    status: str
    version: str


class Readiness(Struct, frozen=True):
    """The answer of `/readyz` while dictionaries can be read."""

    status: str
    generation: str
    dictionaries: tuple[Dictionary, ...]


class Unreadiness(ProblemDocument, frozen=True):
    """The answer of `/readyz` while they cannot."""

    reason: str
    """`missing`, `damaged` or `foreign`: what is the matter with the database."""


def blueprint(service: Service) -> Blueprint:
    """The operators' routes of a service."""
    operations = Blueprint("operations", __name__)

    @operations.get("/healthz")
    def healthz() -> Response:
        return _uncached(Health("ok", __version__))

    @operations.get("/readyz")
    def readyz() -> Response:
        def answer(search_index: object) -> Response:
            snapshot = service.live_snapshot.present().snapshot
            snapshot.probe()
            return _uncached(Readiness("ready", snapshot.generation, tuple(snapshot.dictionaries.values())))

        try:
            return service.live_snapshot.read(answer)
        except UnavailableError as error:
            problem = problem_document(error, requested_language())
            reason = str(error.values.get("reason", "damaged"))
            return problem_response(Unreadiness(**msgspec.structs.asdict(problem), reason=reason))

    @operations.get("/metrics")
    def get_metrics() -> Response:
        def dictionaries() -> Iterable[Dictionary]:
            try:
                return service.live_snapshot.present().snapshot.dictionaries.values()
            except UnavailableError:
                return ()

        return _plain(service.metrics.exposition(dictionaries), metrics.CONTENT_TYPE)

    return operations


def _uncached(body: Struct) -> Response:
    return _plain(msgspec.json.encode(body), "application/json")


def _plain(body: bytes, content_type: str) -> Response:
    return Response(body, content_type=content_type, headers={"Cache-Control": "no-store"})
