"""The headers that every reply has: security, and which other sites may read it."""

from wsgiref.types import WSGIEnvironment

from dictsvc.config import Config
from dictsvc.web.reply import HeaderList

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
_EXPOSED = ("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Content-Type, If-None-Match, X-Request-Id"),
    ("Access-Control-Max-Age", "86400"),
)
_VARY = ("Vary", "Origin")
_ANY = "*"


class ResponseHeaders:
    """Completes the headers of replies; nothing else sets any of these."""

    def __init__(self, config: Config) -> None:
        self._always = [*_ALWAYS, ("Content-Security-Policy", _POLICY + config.frame_ancestors), _EXPOSED]
        self._origins = frozenset(config.cors_origins.replace(",", " ").split())
        if _ANY in self._origins:
            self._always.append(("Access-Control-Allow-Origin", _ANY))
        elif self._origins:
            self._always.append(_VARY)

    def complete(self, environ: WSGIEnvironment, headers: HeaderList, identifier: str) -> HeaderList:
        """The headers of a reply with those that every reply has, and the id of the request."""
        complete = [*headers, *self._always, ("X-Request-Id", identifier)]
        if _ANY not in self._origins:
            origin = environ.get("HTTP_ORIGIN")
            if origin in self._origins:
                complete.append(("Access-Control-Allow-Origin", origin))
        if environ["REQUEST_METHOD"] == "OPTIONS":
            complete += _PREFLIGHT
        return complete
