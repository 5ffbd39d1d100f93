"""`GET /static/{filename}`: the files of the pages."""

from __future__ import annotations

from pathlib import Path

from werkzeug.utils import send_from_directory

from dictsvc.web.html.error_page import ERROR_PAGES
from dictsvc.web.parameters import Parameter
from dictsvc.web.reply import Reply
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_FOLDER = Path(__file__).parents[1] / "static"
_MAX_AGE_SECONDS = 3600
"""Seconds for which a browser keeps a file without asking again."""
_NAMES = sorted(path.name for path in _FOLDER.iterdir() if path.is_file())
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
