"""The table of readers, and how a format is told from a file's content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.sources.delimited import read_tab
from dictsvc.sources.files import decoded
from dictsvc.sources.fvdp import read_fvdp
from dictsvc.sources.source import Reader, Source
from dictsvc.sources.stardict import read_stardict
from dictsvc.sources.tsv import is_header, read_tsv

_HEAD_BYTES = 8192
_STARDICT_ENDINGS = (".ifo", ".idx", ".idx.gz", ".dict", ".dict.dz", ".syn")


class Format(Struct, frozen=True):
    """A file format: its name on the command line, how its content is recognised, and its reader."""

    name: str
    recognises: Callable[[Path, str], bool]
    """Takes the path and the first 8 KB as text."""
    read: Reader


def _is_stardict(path: Path, head: str) -> bool:
    beside = path.with_name(path.name.split(".")[0] + ".ifo")
    return head.startswith("StarDict's dict ifo file") or (path.name.endswith(_STARDICT_ENDINGS) and beside.exists())


def _is_tsv(_path: Path, head: str) -> bool:
    lines = (line for line in head.splitlines() if line.strip() and not line.startswith("#"))
    return is_header(next(lines, ""))


def _is_fvdp(_path: Path, head: str) -> bool:
    lines = [line for line in head.splitlines() if line.strip()]
    return bool(lines) and lines[0].startswith("@") and any(line.startswith(("-", "*", "=")) for line in lines[1:])


def _is_tab(_path: Path, head: str) -> bool:
    lines = [line for line in head.splitlines()[:-1] or [head] if line.strip()]
    return bool(lines) and sum("\t" in line for line in lines) > len(lines) // 2


FORMATS: tuple[Format, ...] = (
    Format("stardict", _is_stardict, read_stardict),
    Format("tsv", _is_tsv, read_tsv),
    Format("fvdp", _is_fvdp, read_fvdp),
    Format("tab", _is_tab, read_tab),
)
"""In the order in which they are tried: from what is surest to what nearly any file could be."""


def open_source(path: Path, format_name: str | None = None) -> Source:
    """The dictionary file at `path`, read as the format named or, without a name, as what its content shows.

    Raises `SourceError` where there is no such file, or its format is not recognised.
    """
    return _format_of(path, format_name).read(path)


def _format_of(path: Path, name: str | None) -> Format:
    if not path.is_file():
        raise SourceError(f"{path} is no file.")
    if name is not None:
        for candidate in FORMATS:
            if candidate.name == name:
                return candidate
        raise SourceError(f"There is no format {name!r}; there are {', '.join(f.name for f in FORMATS)}.")
    head = _head(path)
    for candidate in FORMATS:
        if candidate.recognises(path, head):
            return candidate
    raise SourceError(f"{path.name} is in no format that dictsvc knows ({', '.join(f.name for f in FORMATS)}).")


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return decoded(file.read(_HEAD_BYTES))
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from error
