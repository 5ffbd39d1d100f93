"""What the service is measured against: an empty route inside it, and a bare Flask on the same server."""

from __future__ import annotations

import os

from flask import Flask, Response

from dictsvc.web.app import from_environment

BYTES_VARIABLE = "BENCH_BYTES"


def service_with_empty_route() -> Flask:
    """The service as a worker runs it, with one more route, which does nothing."""
    app = from_environment()
    app.add_url_rule("/empty", view_func=empty)
    return app


def empty() -> Response:
    """Nothing, as quickly as Flask has it."""
    return Response(b"", content_type="application/json")


def bare_flask() -> Flask:
    """One route that returns so many bytes, as Flask does it by itself."""
    app = Flask(__name__)
    body = b"x" * int(os.environ[BYTES_VARIABLE])
    app.add_url_rule("/empty", view_func=lambda: body)
    return app
