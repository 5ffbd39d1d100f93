"""The WSGI application."""

import threading
from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from dictsvc.config import Config, read_config
from dictsvc.language.vietnamese import segmentation
from dictsvc.web.middleware.access_log import AccessLog, log_thread_failure, open_access_log
from dictsvc.web.middleware.service_middleware import REPLY, ServiceMiddleware
from dictsvc.web.problems import as_dictsvc_error
from dictsvc.web.reply import Reply
from dictsvc.web.request import Request
from dictsvc.web.route import Route, respond
from dictsvc.web.route_table import RouteTable, offered_routes
from dictsvc.web.service import Service, open_service


def create_app(config: Config, service: Service | None = None, access_log: AccessLog | None = None) -> Flask:
    """The application for a configuration; with `service` given, on dictionaries that are open already.

    A request passes the proxies' headers and the service middleware. That calls the view where the path is fixed;
    Flask routes the rest: paths with a variable part, other methods, and what leads nowhere.
    """
    service = service or open_service(config)
    app = Flask("dictsvc.web", static_folder=None)
    routes = offered_routes(config)
    for route in routes:
        app.add_url_rule(_flask_rule(route), route.name, _flask_view(route, service), methods=[route.method.upper()])

    table = RouteTable(routes)

    @app.errorhandler(HTTPException)
    def report(error: HTTPException) -> Response:
        errors = table.find(request.path).errors(request.method)
        return _as_response(errors.reply(Request(request.environ, service), as_dictsvc_error(error)))

    app.extensions["dictsvc"] = service
    app.wsgi_app = ServiceMiddleware(app.wsgi_app, service, table, access_log)  # type: ignore[method-assign]
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops, x_prefix=hops
        )
    return app


def _flask_rule(route: Route) -> str:
    """The path as Flask writes it; only the name of a file may hold slashes."""
    return route.path.replace("{filename}", "<path:filename>").replace("{", "<").replace("}", ">")


def _flask_view(route: Route, service: Service) -> Callable[..., Response]:
    def view(**path_values: str) -> Response:
        return _as_response(respond(route, Request(request.environ, service, *path_values.values())))

    return view


def _as_response(reply: Reply) -> Response:
    """A response for Flask; the reply itself, which holds more, is left for the service middleware."""
    request.environ[REPLY] = reply
    return Response(reply.body, reply.status, reply.headers)


def from_environment() -> Flask:
    """The application of a worker, configured by the environment; its segmenter is loaded in the background."""
    config = read_config()
    access_log = open_access_log(config)
    access_log.start()
    threading.excepthook = log_thread_failure
    service = open_service(config)
    if service.not_found_log:
        service.not_found_log.start()
    app = create_app(config, service, access_log)
    segmentation.warm_up_in_background()
    return app
