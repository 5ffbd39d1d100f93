"""Formats that pyglossary reads, where the extra "formats" is installed: MDict, Babylon, AppleDict and many more."""

import logging
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.sources.languages import code_of, languages_in
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Languages, Record, Source

_ENTRIES_AT_ONCE = 100
_MEMORY_NOW = Path("/proc/self/statm")
_MOST_MEMORY = 256 * 1024 * 1024
"""What pyglossary may take at a time: it unpacks whole blocks and archives, however far they unpack."""
HINT = "install the extra formats: pip install 'dictsvc[formats]'"


def _glossary_class() -> Any:
    """Pyglossary's Glossary, imported when it is needed and without what it does to the process that imports it.

    It puts a hook of its own in the way of exceptions, and a class of its own in the place of all loggers.
    """
    hook, logger_class = sys.excepthook, logging.getLoggerClass()
    try:
        from pyglossary.glossary_v2 import Glossary  # noqa: PLC0415
    finally:
        sys.excepthook = hook
        logging.setLoggerClass(logger_class)
    logger = logging.getLogger("pyglossary")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = False
    if not Glossary.plugins:
        Glossary.init()
    return Glossary


def read_with_pyglossary(path: Path, languages: Languages, plugin: str | None) -> Source:
    """A dictionary that a plugin of pyglossary reads: the one named, else the one of the file's ending.

    Raises `SourceError` where pyglossary is missing, or does not know or cannot read the file.
    """
    try:
        glossary = _glossary_class()()
    except ImportError as error:
        raise SourceError(f"{path.name} is in a format for which dictsvc needs pyglossary; {HINT}.") from error
    except OSError as error:  # it keeps files below the home folder
        raise SourceError(f"{path.name} cannot be read: pyglossary has no folder to work in.") from error
    try:
        with _bounded_memory():
            glossary.directRead(str(path.resolve()), **({"formatName": plugin} if plugin else {}))
    except ImportError as error:
        raise SourceError(
            f"{path.name} is in a format for which pyglossary needs {error.name}: pip install {error.name}."
        ) from error
    except Exception as error:  # the library raises whatever its plugins do
        raise _unreadable(path) from error
    title = cleaned(glossary.getInfo("name"))
    declared = Languages(code_of(glossary.sourceLangName), code_of(glossary.targetLangName))
    in_title = languages_in(title)
    resolved = languages.or_else(declared).or_else(in_title if in_title.source else languages_in(path.name))
    return Source(
        records=_records(glossary, path, resolved),
        title=title,
        source_language=resolved.source,
        target_language=resolved.target,
        licence=cleaned(glossary.getInfo("license"))[:200],
        origin=cleaned(glossary.getInfo("website") or glossary.getInfo("author")),
        description=" ".join(text_lines(glossary.getInfo("description")))[:2000],
    )


def _unreadable(path: Path) -> SourceError:
    return SourceError(f"{path.name} cannot be read: it is damaged, or of a kind that pyglossary does not know.")


def _records(glossary: Any, path: Path, languages: Languages) -> Iterator[Record]:
    entries = iter(glossary)
    number = 0
    while True:
        try:
            with _bounded_memory():
                some = list(islice(entries, _ENTRIES_AT_ONCE))
        except Exception as error:  # as above
            raise _unreadable(path) from error
        if not some:
            break
        for entry in some:
            if not entry.isData():
                number += 1
                yield from _entry(entry, f"record {number}", languages)
    glossary.clear()


def _entry(entry: Any, location: str, languages: Languages) -> Iterator[Record]:
    word, *variants = entry.l_term
    lines = text_lines(entry.defi) if entry.defiFormat != "m" or "<" in entry.defi else entry.defi.split("\n")
    yield from records_of(word, [line for line in lines if line != word], location, languages, variants)


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """Let no more than `_MOST_MEMORY` be taken in the block, where the system can tell how much is taken."""
    if not _MEMORY_NOW.exists():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = int(_MEMORY_NOW.read_text("ascii").split()[0]) * resource.getpagesize() + _MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if soft == resource.RLIM_INFINITY else min(most, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
