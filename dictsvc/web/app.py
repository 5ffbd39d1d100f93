"""The WSGI application."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from dictsvc.config import Config, read_config
from dictsvc.language import segmentation
from dictsvc.web import api, browse, operations, pages, problems, segment, suggest, widget
from dictsvc.web.service import Service, open_service

MOST_BODY_BYTES = 256 * 1024
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(config: Config, service: Service | None = None) -> Flask:
    """The application for a configuration; with `service` given, on dictionaries that are open already."""
    service = service or open_service(config)
    app = Flask("dictsvc.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY_BYTES
    problems.register(app)
    for room in (api, suggest, segment, pages, browse, widget, operations):
        app.register_blueprint(room.blueprint(service))
    _set_headers(app, config)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops, x_prefix=hops
        )
    return app


def _set_headers(app: Flask, config: Config) -> None:
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {config.frame_ancestors}"
    )
    always = tuple({**_HEADERS, "Content-Security-Policy": policy}.items())

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.extend(always)
        if config.cors_origins == "*":
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def from_environment() -> Flask:
    """The application as a worker runs it: configured by the environment, its segmenter loading behind."""
    app = create_app(read_config())
    segmentation.warm_up_in_background()
    return app
