"""A request as views see it."""

from wsgiref.types import WSGIEnvironment

from msgspec import Struct
from werkzeug.wsgi import get_current_url

from dictsvc.errors import BadQueryError
from dictsvc.messages import DEFAULT_LANGUAGE, Language
from dictsvc.web.parameters import Fields, read_fields, read_language
from dictsvc.web.service import Service


class Request(Struct, frozen=True):
    """A request to a service."""

    environ: WSGIEnvironment
    service: Service
    path_value: str = ""
    """The variable part of the path, such as the id in `/entry/{id}`."""

    def fields(self) -> Fields:
        """The fields of the query string. Raises `BadQueryError` where it cannot be read."""
        return read_fields(self.environ["QUERY_STRING"])

    def language(self) -> Language:
        """The language for the sentence of an error: the requested one, or the default where that cannot be read."""
        try:
            return read_language(self.fields())
        except BadQueryError:
            return DEFAULT_LANGUAGE

    def base_url(self) -> str:
        """The URL at which browsers reach the service, without a slash at the end.

        Raises Werkzeug's `SecurityError` where the Host header is not a host.
        """
        return (self.service.config.public_url or get_current_url(self.environ, root_only=True)).rstrip("/")
