"""The configuration, read once from the environment. Nothing else reads `os.environ`.

Each setting is the variable `DICTSVC_` and its name in capitals, and an option of `dictsvc serve`.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import Meta, Struct

from dictsvc.errors import UsageError

_PREFIX = "DICTSVC_"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_REMOVED = {
    "DICTSVC_CACHE_SIZE": "it counted answers; say with DICTSVC_CACHE_BYTES how many bytes they may take, or 0 for none"
}
"""Variables of earlier versions, with what to do instead."""
LogFormat = Literal["auto", "json", "text"]


class Config(Struct, frozen=True, kw_only=True):
    """All settings. What a setting means is written once, here, for `--help` and for whoever gets it wrong."""

    database: Annotated[Path, Meta(description="the SQLite file that holds all dictionaries")]
    host: Annotated[str, Meta(description="the address to listen on", min_length=1)] = "127.0.0.1"
    port: Annotated[int, Meta(description="the port to listen on, 1 to 65535", ge=1, le=65535)] = 8000
    workers: Annotated[int, Meta(description="worker processes, 1 to 64", ge=1, le=64)] = 2
    public_url: Annotated[
        str,
        Meta(
            description="where browsers reach the service, with any path prefix, such as https://tinh.gov.vn/tra-tu",
            pattern=r"^(https?://[^\s?#\"<>]+)?$",
        ),
    ] = ""
    cors_origins: Annotated[str, Meta(description="origins that may read answers, comma separated; * for all")] = "*"
    frame_ancestors: Annotated[
        str,
        Meta(
            description="who may show the service in a frame, as in Content-Security-Policy, such as https://tinh.gov.vn",
            pattern=r"^[^;,\r\n]+$",
        ),
    ] = "*"
    proxy_hops: Annotated[
        int, Meta(description="how many proxies in front are trusted to set X-Forwarded-*, 0 to 10", ge=0, le=10)
    ] = 0
    rate_limit: Annotated[
        str, Meta(description="requests a client may make, such as 60/minute; empty for no limit")
    ] = ""
    rate_limit_storage: Annotated[
        str, Meta(description="where they are counted: memory://, redis://host:6379/0 or valkey://host:6379/0")
    ] = "memory://"
    mirror: Annotated[str, Meta(description="base URL of a mirror for dictsvc install")] = ""
    report_url: Annotated[
        str, Meta(description="where readers report mistakes: mailto:… or a web address; {id} is the entry's id")
    ] = ""
    cache_bytes: Annotated[
        int, Meta(description="bytes that the answers kept in each worker may take; 0 for none", ge=0)
    ] = 24 * 1024 * 1024
    log_format: Annotated[
        LogFormat, Meta(description="how the log is written: json, text, or auto (text on a terminal)")
    ] = "auto"
    log_queries: Annotated[bool, Meta(description="let the log hold what people looked up and their whole address")] = (
        False
    )
    misses: Annotated[bool, Meta(description="count words that were not found, without a trace of who asked")] = False
    demo: Annotated[bool, Meta(description="offer /demo, a portal's page with the box in it")] = False


class Setting(Struct, frozen=True):
    """What is known of a setting."""

    name: str
    variable: str
    kind: Any
    """Its type, with the bounds of its values."""
    description: str

    @property
    def base(self) -> Any:
        """Its type without the bounds."""
        return get_args(self.kind)[0]


@cache
def settings() -> tuple[Setting, ...]:
    """Every setting, in order."""
    hints = get_type_hints(Config, include_extras=True)
    return tuple(
        Setting(name, _PREFIX + name.upper(), hints[name], get_args(hints[name])[1].description)
        for name in Config.__struct_fields__
    )


def default_database(environ: Mapping[str, str]) -> Path:
    """Where the database stands when nothing says otherwise: below `$XDG_DATA_HOME`."""
    data_home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".local/share")
    return Path(data_home) / "dictsvc" / "dictsvc.sqlite3"


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration that an environment (default: this process's) describes.

    Raises `UsageError` naming the variable whose value cannot be used.
    """
    environ = os.environ if environ is None else environ
    for variable, advice in _REMOVED.items():
        if environ.get(variable):
            raise UsageError(f"{variable} is not a setting any more: {advice}.")
    values: dict[str, Any] = {"database": default_database(environ)}
    for setting in settings():
        text = environ.get(setting.variable)
        if text is not None and (text or setting.base is str):
            values[setting.name] = checked(setting, text, setting.variable)
    return Config(**values)


def to_environment(config: Config) -> dict[str, str]:
    """The variables that describe `config`: how `serve` hands its flags to its workers."""
    return {setting.variable: _written(getattr(config, setting.name)) for setting in settings()}


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def checked(setting: Setting, text: str, called: str) -> object:
    """The value that `text` means for a setting. Raises `UsageError`, which names it as the user `called` it."""
    wrong = UsageError(f"{called} is {text!r}; it is {setting.description}.")
    if setting.base is Path:
        return Path(text).expanduser()
    if setting.base is bool:
        if text.lower() not in _TRUE | _FALSE:
            raise UsageError(f"{called} is {text!r}; it must be 1 or 0.")
        return text.lower() in _TRUE
    if setting.base is int and not (text.isascii() and text.isdigit()):
        raise wrong
    try:
        return msgspec.convert(text, setting.kind, strict=False)
    except msgspec.ValidationError as error:
        raise wrong from error
