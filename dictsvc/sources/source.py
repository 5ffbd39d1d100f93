"""What a format is, and what every reader takes and returns: a file, languages, a stream of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path

from msgspec import Struct

from dictsvc.model import Entry, Problem
from dictsvc.sources.files import decoded, read_head, with_ending


class Languages(Struct, frozen=True):
    """The languages of a dictionary as far as they are known; empty where they are not."""

    source: str = ""
    target: str = ""

    def or_else(self, others: Languages) -> Languages:
        """These languages, each one that is not known taken from `others`."""
        return Languages(self.source or others.source, self.target or others.target)


UNKNOWN = Languages()


class About(Struct, frozen=True):
    """A record that describes the dictionary itself, such as FVDP's `00-database-info` or pyglossary's `##name`."""

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


class DictionaryFile(Struct, frozen=True):
    """A file that may be a dictionary. Recognisers and readers get the same one; either may read it again."""

    path: Path
    head: bytes
    """The first 8 KB, unpacked."""
    text: str
    """The same as text, in the encoding that it shows."""

    @property
    def name(self) -> str:
        """The file's name, for errors."""
        return self.path.name

    def lines(self) -> list[str]:
        """The lines of the first 8 KB that are not blank; the last may be cut short."""
        return [line for line in self.text.lstrip("\ufeff").splitlines() if line.strip()]

    def base(self, endings: Iterable[str], index: str) -> Path | None:
        """The path without its ending, where that is one of `endings` and a file with the ending `index` is beside it.

        For dictionaries of several files, each of which may be named; None if this is not one of its files.
        """
        for ending in sorted(endings, key=len, reverse=True):
            if self.name.endswith(ending):
                base = self.path.with_name(self.name.removesuffix(ending))
                return base if with_ending(base, index).exists() else None
        return None


def read_beginning(path: Path) -> DictionaryFile:
    """A file with its beginning read. Raises `SourceError` where it cannot be read or is not a regular file."""
    head = read_head(path)
    return DictionaryFile(path, head, decoded(head))


class Certainty(IntEnum):
    """How sure a file is of a format that recognises it: surer formats are asked first."""

    SIGNATURE = 5
    """It begins as the format prescribes, with bytes that nothing else begins with."""
    STRUCTURE = 4
    """It has a root element, header or first record as only this format writes it."""
    SHAPE = 3
    """It begins in a way that hardly any other file does."""
    RESEMBLANCE = 2
    """It looks like the format, as many files may."""
    ENDING = 1
    """Only its name speaks for the format."""


class Format(Struct, frozen=True):
    """A file format: what it is called, how a file is recognised, and how it is read.

    A module of `readers/` that exports one as `FORMAT` is all that a new format takes.
    """

    name: str
    """On the command line and in the catalog."""
    description: str
    """What it is, for those who choose one."""
    endings: tuple[str, ...]
    """Usual endings of its files; those of several files that belong together all count."""
    certainty: Certainty
    recognises: Callable[[DictionaryFile], bool]
    read: Callable[[DictionaryFile, Languages], Source]
    """Opens a file as this format, with the languages that were asked for, if any.

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


def lone_headword(location: str) -> Problem:
    """The report of a headword without a body. It is kept: the dictionary does hold the word."""
    return Problem(location, "empty-body", "the headword stands alone", skipped=False)
