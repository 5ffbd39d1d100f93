"""For operators: is the process alive, can it answer."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response
from msgspec import Struct

from dictsvc import __version__
from dictsvc.model import Dictionary
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


def blueprint(service: Service) -> Blueprint:
    """The operators' routes of a service."""
    operations = Blueprint("operations", __name__)

    @operations.get("/healthz")
    def healthz() -> Response:
        return _uncached(Health("ok", __version__))

    @operations.get("/readyz")
    def readyz() -> Response:
        def answer(lexicon: object) -> Response:
            snapshot = service.shelf.present().snapshot
            snapshot.probe()
            return _uncached(Readiness("ready", snapshot.generation, tuple(snapshot.dictionaries.values())))

        return service.shelf.read(answer)

    return operations


def _uncached(body: Struct) -> Response:
    response = Response(msgspec.json.encode(body), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
