"""What every reader takes and returns: a file, the languages asked for, a stream of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from dictsvc.model import Entry, Problem


class Languages(Struct, frozen=True):
    """The languages of a dictionary as far as they are known; empty where they are not."""

    source: str = ""
    target: str = ""


UNKNOWN = Languages()


class About(Struct, frozen=True):
    """A record that speaks of the dictionary itself, such as FVDP's `00-database-info` or pyglossary's `##name`."""

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


Reader = Callable[[Path, Languages], Source]
"""Opens a file, of which somebody may have said the languages.

Raises `SourceError` in one sentence where nothing in it can be read.
"""

_ABOUT_FIELDS = {"short": "title", "info": "description", "long": "description", "url": "origin"}
_ABOUT = re.compile(r"^00-?database-?(\w+)")
_CONVERTED_FIELDS = {"name": "title", "description": "description", "license": "licence", "website": "origin"}
_CONVERTED = re.compile(r"^##(\w+)$")
_GPL = "General Public License"


def about_records(headword: str, body: str) -> tuple[About, ...] | None:
    """The dictionary's description if this record is FVDP's `00-database-…` or a converter's `##…`; None for a word."""
    if found := _CONVERTED.match(headword):
        return (About(_CONVERTED_FIELDS[found[1]], body.strip()),) if found[1] in _CONVERTED_FIELDS else ()
    found = _ABOUT.match(headword)
    if found is None:
        return None
    field = _ABOUT_FIELDS.get(found[1])
    if field is None:
        return ()
    lines = [line.lstrip("-* ").strip() for line in body.splitlines() if not line.startswith("@")]
    text = "\n".join(line for line in lines if line)
    records = [About(field, text.partition("\n")[0] if field in ("title", "origin") else text)]
    if _GPL in text:
        later = "or (at your option) any later" in text
        records.append(About("licence", "GPL-2.0-or-later" if later else "GPL"))
    return tuple(records)


def lone_headword(place: str) -> Problem:
    """The report of a headword without a body. It is kept: the dictionary does hold the word."""
    return Problem(place, "empty-body", "the headword stands alone", skipped=False)


def empty_headword(place: str) -> Problem:
    """The report of a record that no query could find."""
    return Problem(place, "empty-headword", "the record has no headword")
