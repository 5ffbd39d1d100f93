"""The WSGI application."""

from __future__ import annotations

import threading
from functools import partial

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from dictsvc.config import Config, read_config
from dictsvc.errors import TooManyRequestsError
from dictsvc.language.vietnamese import segmentation
from dictsvc.web import problems
from dictsvc.web.middleware.access_log import AccessLog, log_thread_failure, open_access_log
from dictsvc.web.middleware.service_middleware import ServiceMiddleware
from dictsvc.web.problems import REFUSED
from dictsvc.web.request_bodies import MOST_BODY_BYTES
from dictsvc.web.routes import browse, documents, lookup_api, operations, pages, segment, suggest, widget
from dictsvc.web.routes.route_names import RouteNames
from dictsvc.web.service import Service, open_service

_STATIC_SECONDS = 3600
"""How long a browser keeps the files of the pages without asking again."""


def create_app(config: Config, service: Service | None = None, access_log: AccessLog | None = None) -> Flask:
    """The application for a configuration; with `service` given, on dictionaries that are open already.

    A request goes through the proxies' headers, the door and Flask's routing to one of the blueprints' views.
    The door asks the two views that are asked for most itself.
    """
    service = service or open_service(config)
    app = Flask("dictsvc.web", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BODY_BYTES, SEND_FILE_MAX_AGE_DEFAULT=_STATIC_SECONDS)
    problems.register(app)
    for module in (lookup_api, suggest, segment, pages, browse, widget, documents, operations):
        app.register_blueprint(module.blueprint(service))
    if service.limiter:
        app.before_request(_refuse)
    app.extensions["dictsvc"] = service
    direct = {"/lookup": partial(lookup_api.look_up, service), "/suggest": partial(suggest.complete, service)}
    app.wsgi_app = ServiceMiddleware(app.wsgi_app, service, RouteNames(app), access_log, direct)  # type: ignore[method-assign]
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops, x_prefix=hops
        )
    return app


def _refuse() -> None:
    """Answer a client that the door found to ask too much, in the way of the route it asked."""
    if REFUSED in request.environ:
        raise TooManyRequestsError("This client asks too much.")


def from_environment() -> Flask:
    """The application as a worker runs it: configured by the environment, its segmenter loading behind."""
    config = read_config()
    access_log = open_access_log(config)
    access_log.start()
    threading.excepthook = log_thread_failure
    service = open_service(config)
    if service.misses:
        service.misses.start()
    app = create_app(config, service, access_log)
    segmentation.warm_up_in_background()
    return app
