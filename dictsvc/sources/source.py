"""What every reader returns: a description of the dictionary and a stream of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from dictsvc.model import Entry, Problem


class About(Struct, frozen=True):
    """A record that speaks of the dictionary itself, such as FVDP's `00-database-info`."""

    field: str
    """`title`, `licence`, `description` or `origin`."""
    text: str


Record = Entry | Problem | About


class Source(Struct, kw_only=True):
    """A dictionary file opened for reading.

    The description holds what the file says of itself; empty where it says nothing. `records` is read once,
    and yields a `Problem` in the place of a record that cannot be used.
    """

    records: Iterable[Record]
    title: str = ""
    source_language: str = ""
    target_language: str = ""
    licence: str = ""
    origin: str = ""
    version: str = ""
    description: str = ""
    expected: int | None = None
    """How many records the file says it has, for the progress bar."""


Reader = Callable[[Path], Source]
"""Opens a file; raises `SourceError` in one sentence where nothing in it can be read."""

_ABOUT_FIELDS = {
    "00-database-short": "title",
    "00-database-info": "description",
    "00-database-url": "origin",
    "00-database-long": "description",
}
_GPL = "General Public License"


def about_records(headword: str, body: str) -> tuple[About, ...] | None:
    """The dictionary's description if this record is one of FVDP's `00-database-*`; None for a word."""
    if not headword.startswith(("00-database", "00database")):
        return None
    lines = [line.lstrip("-* ").strip() for line in body.splitlines() if not line.startswith("@")]
    text = "\n".join(line for line in lines if line)
    field = _ABOUT_FIELDS.get(headword, "description")
    records = [About(field, text.partition("\n")[0] if field in ("title", "origin") else text)]
    if _GPL in text:
        later = "or (at your option) any later" in text
        records.append(About("licence", "GPL-2.0-or-later" if later else "GPL"))
    return tuple(records)
