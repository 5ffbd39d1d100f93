"""The registry of formats, which are told apart by the content of files."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from dictsvc.errors import SourceError
from dictsvc.sources import readers
from dictsvc.sources.languages import languages_in
from dictsvc.sources.pyglossary_bridge import HINT
from dictsvc.sources.source import UNKNOWN, DictionaryFile, Format, Languages, Source, read_beginning


@cache
def formats() -> tuple[Format, ...]:
    """The `FORMAT` of every module in `readers/`, the surest first: the order in which they are asked."""
    names = (module.name for module in pkgutil.iter_modules(readers.__path__))
    found = (importlib.import_module(f"{readers.__name__}.{name}").FORMAT for name in names)
    return tuple(sorted(found, key=lambda known: (-known.certainty, known.name)))


def open_source(path: Path, format_name: str | None = None, languages: Languages = UNKNOWN) -> Source:
    """The dictionary file at `path`, read as the format named or, without a name, as what its content shows.

    `languages` are those asked for; where neither they nor the file tell, the title or the file's name may.
    Raises `SourceError` where there is no such file, or its format is not recognised.
    """
    file = read_beginning(path)
    source = format_of(file, format_name).read(file, languages)
    in_title = languages_in(source.title)
    resolved = languages.or_else(Languages(source.source_language, source.target_language)).or_else(
        in_title if in_title.source else languages_in(path.name)
    )
    source.source_language, source.target_language = resolved.source, resolved.target
    return source


def format_of(file: DictionaryFile, name: str | None = None) -> Format:
    """The format named, or the surest that recognises the file. Raises `SourceError` where there is none."""
    names = ", ".join(known.name for known in formats())
    for known in formats():
        if known.name == name or (name is None and known.recognises(file)):
            return known
    if name is not None:
        raise SourceError(f"There is no format {name!r}; there are {names}.")
    raise SourceError(
        f"{file.name} is in no format that dictsvc knows ({names}); name it with --format, or for yet others {HINT}."
    )
