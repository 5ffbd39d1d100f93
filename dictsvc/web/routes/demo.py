"""`GET /demo/`: a model of a portal's page with the box in it, where the configuration wants it."""

from pathlib import Path

from msgspec.structs import replace
from werkzeug.exceptions import NotFound

from dictsvc.web.reply import HTML, Reply, from_file
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_CSS = "text/css; charset=utf-8"
_SEEDS = Path(__file__).resolve().parents[3] / "seeds"
_SERVICE_URL = "http://127.0.0.1:8000"
"""The URL of the service in `seeds/portal.html`."""


def _page(request: Request) -> Reply:
    page = _read("portal.html").decode()
    return from_file(request, HTML, page.replace(_SERVICE_URL, request.base_url()).encode())


def _style(request: Request) -> Reply:
    return from_file(request, _CSS, _read("portal.css"))


def _read(name: str) -> bytes:
    file = _SEEDS / name
    if not file.is_file():  # a wheel holds no seeds
        raise NotFound
    return file.read_bytes()


DEMO = Route(
    path="/demo/",
    name="getDemo",
    tag="embedding",
    view=_page,
    content_type=HTML,
    statuses=(400, 404, 429),
    is_counted=False,
    is_offered=lambda config: config.demo,
)
DEMO_STYLE = replace(
    DEMO, path="/demo/portal.css", name="getDemoStyle", view=_style, content_type=_CSS, statuses=(404, 429)
)
