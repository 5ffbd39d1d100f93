"""A portal's own server, on a port of its own: the pages that embed the service's box."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct

from tests.conftest import ROOT
from tests.waits import ANSWER_SECONDS

SERVICE = "http://127.0.0.1:8000"
"""The service as `seeds/portal.html` names it."""


class Page(Struct, frozen=True):
    """A page of the portal."""

    body: str
    content_type: str = "text/html; charset=utf-8"
    policy: str = ""
    """Its Content-Security-Policy."""


class Portal:
    """The portal's pages by path; tests add their own."""

    def __init__(self, service_url: str) -> None:
        self.service_url = service_url
        self.url = ""
        seed = (ROOT / "seeds" / "portal.html").read_text("utf-8").replace(SERVICE, service_url)
        style = (ROOT / "seeds" / "portal.css").read_text("utf-8")
        self._pages = {"/": Page(seed), "/portal.css": Page(style, "text/css; charset=utf-8")}
        self._pages["/favicon.ico"] = Page("", "image/x-icon")
        self.prefix = ""
        """Below this path the portal passes everything on to the service, as a proxy in front of it does."""

    def add(self, path: str, body: str, *, head: str = "", policy: str = "", widget: str = "") -> str:
        """Put up a page whose head loads the element, with `widget` among the attributes of its script tag."""
        script = f'<script src="{self.service_url}/widget.js" {widget} defer></script>'
        document = (
            f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang mẫu</title>{head}{script}</head>'
        )
        self._pages[path] = Page(f"{document}<body>{body}</body></html>", policy=policy)
        return self.url + path

    def add_file(self, path: str, body: str, content_type: str) -> str:
        """Put up a file."""
        self._pages[path] = Page(body, content_type)
        return self.url + path

    def page(self, path: str) -> Page | None:
        """The page at a path."""
        return self._pages.get(path.partition("?")[0])


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """Serve a portal on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # http.server's name
            if portal.prefix and self.path.startswith(portal.prefix + "/"):
                return self._pass_on()
            page = portal.page(self.path)
            headers = [("Content-Type", page.content_type)] if page else []
            if page and page.policy:
                headers.append(("Content-Security-Policy", page.policy))
            return self._send(200 if page else 404, headers, page.body.encode() if page else b"")

        do_POST = do_OPTIONS = do_GET  # noqa: N815

        def _pass_on(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
            url = portal.service_url + self.path.removeprefix(portal.prefix)
            kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
            kept |= {"X-Forwarded-Prefix": portal.prefix, "X-Forwarded-Host": self.headers["Host"]}
            request = urllib.request.Request(url, sent, kept, method=self.command)
            try:
                with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
                    self._send(answer.status, list(answer.headers.items()), answer.read())
            except urllib.error.HTTPError as answer:
                self._send(answer.code, list(answer.headers.items()), answer.read())

        def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    portal.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
