"""`catalog.toml`: which dictionaries come with the package, and which can be installed."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from dictsvc.errors import SourceError, UsageError

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = (_PACKAGE / "bundled", _PACKAGE.parent / "dictionaries")
"""In a wheel the dictionaries lie inside the package, in a checkout beside it."""


class Download(Struct, frozen=True, kw_only=True):
    """A file to fetch: where it lies, and what it must be."""

    url: str
    sha256: str
    bytes: int


class Offer(Struct, frozen=True, kw_only=True):
    """A dictionary of the catalog: bundled where it names a `file`, to be fetched where it has `downloads`."""

    title: str
    source_language: str
    target_language: str
    licence: str
    origin: str = ""
    version: str = ""
    description: str = ""
    file: str = ""
    downloads: tuple[Download, ...] = ()
    format: str | None = None


class Catalog(Struct, frozen=True):
    """What is bundled and what can be installed, by id. An id may be in both."""

    bundled: Mapping[str, Offer] = {}
    available: Mapping[str, Offer] = {}


@cache
def folder() -> Path:
    """Where the bundled dictionaries lie. Raises `SourceError` where the installation lacks them."""
    for candidate in _FOLDERS:
        if (candidate / "catalog.toml").is_file():
            return candidate
    raise SourceError("The bundled dictionaries are missing; install dictsvc again.")


@cache
def catalog() -> Catalog:
    """The catalog of this installation. Raises `SourceError` where it is missing or damaged."""
    try:
        return msgspec.toml.decode((folder() / "catalog.toml").read_bytes(), type=Catalog)
    except msgspec.ValidationError as error:
        raise SourceError(f"dictionaries/catalog.toml is damaged: {error}.") from error


def bundled_file(identifier: str) -> Path:
    """The file of a bundled dictionary. Raises `UsageError` where there is none of that id."""
    offer = catalog().bundled.get(identifier)
    if offer is None:
        raise UsageError(f"No dictionary {identifier!r} is bundled; {', '.join(catalog().bundled)} are.")
    return folder() / offer.file
