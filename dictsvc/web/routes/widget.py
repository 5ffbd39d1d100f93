"""`/widget.js`, the element that portals embed, and `/demo`, a portal's page with the element in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from dictsvc import messages
from dictsvc.web.html.rendering import HTML
from dictsvc.web.reply import as_response, cacheable, content_etag
from dictsvc.web.service import Service

JAVASCRIPT = "text/javascript; charset=utf-8"
_SOURCES = Path(__file__).parents[1] / "static" / "widget"
_FILES = ("service.js", "speech.js", "combobox.js", "box.js", "element.js", "passage.js", "card.js", "start.js")
"""One script, in parts that a person can read; they share one scope and nothing of it is global."""
_PORTAL = Path(__file__).resolve().parents[3] / "seeds"
_PORTAL_SERVICE = "http://127.0.0.1:8000"
"""The service as `seeds/portal.html` names it."""


@cache
def script() -> bytes:
    """The whole script, with what it says to people put in."""
    words = {
        language: {name: text.in_(language) for name, text in messages.WIDGET.items()}
        for language in messages.LANGUAGES
    }
    parts = [f"const WORDS = {msgspec.json.encode(words).decode()};"]
    parts += [(_SOURCES / name).read_text(encoding="utf-8") for name in _FILES]
    body = "\n".join(parts)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'.encode()


def blueprint(service: Service) -> Blueprint:
    """The routes of a service's element."""
    widget = Blueprint("widget", __name__)

    @widget.get("/widget.js")
    def get_script() -> Response:
        return _static(script(), JAVASCRIPT)

    if service.config.demo:

        @widget.get("/demo/")
        def get_demo() -> Response:
            page = _portal("portal.html").decode()
            return _static(page.replace(_PORTAL_SERVICE, service.base_url(request.environ)).encode(), HTML)

        @widget.get("/demo/portal.css")
        def get_demo_style() -> Response:
            return _static(_portal("portal.css"), "text/css; charset=utf-8")

    return widget


def _portal(name: str) -> bytes:
    file = _PORTAL / name
    if not file.is_file():  # a wheel holds no seeds
        raise NotFound
    return file.read_bytes()


def _static(body: bytes, content_type: str) -> Response:
    return as_response(cacheable(request.environ, content_etag(body), content_type, lambda: body))
