"""`GET /static/{filename}`: the files of the pages; `GET /widget.js`: the element that portals embed."""

from functools import cache
from pathlib import Path

import msgspec
from werkzeug.utils import send_from_directory

from dictsvc import messages
from dictsvc.web.html.error_page import ERROR_PAGES
from dictsvc.web.parameters import Parameter
from dictsvc.web.reply import Reply, from_file
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_FOLDER = Path(__file__).parents[1] / "static"
_MAX_AGE_SECONDS = 3600
"""Seconds for which a browser keeps a file without asking again."""
_NAMES = sorted(path.name for path in _FOLDER.iterdir() if path.is_file())
_JAVASCRIPT = "text/javascript; charset=utf-8"
_FILES = ("service.js", "speech.js", "combobox.js", "box.js", "element.js", "passage.js", "card.js", "start.js")
"""The parts of the script; they share one scope, and nothing of it is global."""
_FILENAME = Parameter("filename", {"type": "string", "enum": _NAMES}, "path", is_required=True)


def _view(request: Request) -> Reply:
    response = send_from_directory(_FOLDER, request.path_value, request.environ, max_age=_MAX_AGE_SECONDS)
    response.direct_passthrough = False
    body = response.get_data()
    response.close()
    return Reply(response.status, response.headers.to_wsgi_list(), body, response.headers.get("ETag", ""))


STATIC_FILE = Route(
    path="/static/{filename}",
    name="getStaticFile",
    tag="embedding",
    view=_view,
    parameters=(_FILENAME,),
    content_type="*/*",
    statuses=(404, 429),
    errors=ERROR_PAGES,
    is_counted=False,
)


def _script_view(request: Request) -> Reply:
    return from_file(request, _JAVASCRIPT, _script())


@cache
def _script() -> bytes:
    """The whole script, with the sentences that it shows."""
    words = {
        language: {name: text.in_(language) for name, text in messages.WIDGET.items()}
        for language in messages.LANGUAGES
    }
    parts = [f"const WORDS = {msgspec.json.encode(words).decode()};"]
    parts += [(_FOLDER / "widget" / name).read_text(encoding="utf-8") for name in _FILES]
    body = "\n".join(parts)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'.encode()


WIDGET_SCRIPT = Route(
    path="/widget.js",
    name="getWidgetScript",
    tag="embedding",
    view=_script_view,
    content_type=_JAVASCRIPT,
    statuses=(429, 503),
    is_counted=False,
)
