"""The configuration, read once from the environment. Nothing else reads `os.environ`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from dictsvc.errors import UsageError

_PREFIX = "DICTSVC_"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}


class Config(Struct, frozen=True, kw_only=True):
    """All settings; each is `DICTSVC_` and its name in capitals in the environment."""

    database: Path
    """The SQLite file that holds all dictionaries."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    public_url: str = ""
    """Where browsers reach the service, with any path prefix: `https://tinh.gov.vn/tra-tu`."""
    cors_origins: str = "*"
    """Origins that may read answers, comma separated; `*` for all."""
    frame_ancestors: str = "*"
    """Who may show the service in a frame, as in Content-Security-Policy."""
    proxy_hops: int = 0
    """How many proxies in front of the service are trusted to set X-Forwarded-* headers."""
    rate_limit: str = ""
    """Requests a client may make, such as `60/minute`; empty for no limit."""
    rate_limit_storage: str = "memory://"
    """Where they are counted: `memory://`, `redis://host:6379/0`, `valkey://host:6379/0`."""
    mirror: str = ""
    """Base URL of a mirror for `dictsvc install`."""
    report_url: str = ""
    """Where readers report mistakes: `mailto:…` or a web address; `{id}` stands for the entry's id."""
    cache_size: int = 2048
    """Answers kept in each worker; 0 for none."""
    log_format: str = "auto"
    """`json`, `text`, or `auto`: text on a terminal, JSON elsewhere."""
    log_queries: bool = False
    """Whether the log holds what people looked up and their whole address."""
    misses: bool = False
    """Whether words that were not found are counted, without any trace of who asked."""
    demo: bool = False
    """Whether `/demo` shows a portal's page with the box in it."""


def default_database(environ: Mapping[str, str]) -> Path:
    """Where the database stands when nothing says otherwise: below `$XDG_DATA_HOME`."""
    data_home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".local/share")
    return Path(data_home) / "dictsvc" / "dictsvc.sqlite3"


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration that an environment (default: this process's) describes.

    Raises `UsageError` naming the variable whose value cannot be used.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, object] = {"database": default_database(environ)}
    for name, kind in Config.__annotations__.items():
        text = environ.get(_PREFIX + name.upper())
        if text is not None and (text or kind == "str"):
            values[name] = _parse(name, str(kind), text)
    return Config(**values)  # type: ignore[arg-type]


def to_environment(config: Config) -> dict[str, str]:
    """The variables that describe `config`: how `serve` hands its flags to its workers."""
    return {_PREFIX + name.upper(): _written(getattr(config, name)) for name in Config.__annotations__}


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _parse(name: str, kind: str, text: str) -> object:
    variable = _PREFIX + name.upper()
    if kind == "bool":
        if text.lower() not in _TRUE | _FALSE:
            raise UsageError(f"{variable} is {text!r}; it must be 1 or 0.")
        return text.lower() in _TRUE
    if kind == "int":
        if not text.isascii() or not text.isdigit():
            raise UsageError(f"{variable} is {text!r}; it must be a whole number.")
        return int(text)
    return Path(text).expanduser() if kind == "Path" else text
