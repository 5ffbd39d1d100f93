"""`GET /widget.js`: the element that portals embed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from dictsvc import messages
from dictsvc.web.reply import Reply, from_file
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_JAVASCRIPT = "text/javascript; charset=utf-8"
_SOURCES = Path(__file__).parents[1] / "static" / "widget"
_FILES = ("service.js", "speech.js", "combobox.js", "box.js", "element.js", "passage.js", "card.js", "start.js")
"""The parts of the script; they share one scope, and nothing of it is global."""


def _view(request: Request) -> Reply:
    return from_file(request, _JAVASCRIPT, _script())


@cache
def _script() -> bytes:
    """The whole script, with the sentences that it shows."""
    words = {
        language: {name: text.in_(language) for name, text in messages.WIDGET.items()}
        for language in messages.LANGUAGES
    }
    parts = [f"const WORDS = {msgspec.json.encode(words).decode()};"]
    parts += [(_SOURCES / name).read_text(encoding="utf-8") for name in _FILES]
    body = "\n".join(parts)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'.encode()


WIDGET_SCRIPT = Route(
    path="/widget.js",
    name="getWidgetScript",
    tag="embedding",
    view=_view,
    content_type=_JAVASCRIPT,
    statuses=(429, 503),
    is_counted=False,
)
