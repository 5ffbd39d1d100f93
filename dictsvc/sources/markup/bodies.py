"""From a headword and the lines of its body to an entry, for formats whose bodies have no structure of their own."""

from collections.abc import Iterable, Iterator

import msgspec

from dictsvc.model import Entry
from dictsvc.sources.markup.draft import is_empty
from dictsvc.sources.markup.fvdp import parse_body
from dictsvc.sources.markup.headwords import headword_of
from dictsvc.sources.markup.monolingual import parse_monolingual
from dictsvc.sources.markup.russian import is_russian_markup, parse_russian
from dictsvc.sources.source import Languages, Record, about_records, lone_headword


def records_of(
    word: str, lines: list[str], location: str, languages: Languages, variants: Iterable[str] = ()
) -> Iterator[Record]:
    """What a record of a file comes to: an entry or words on the dictionary itself, and reports of what was wrong.

    `word` is the headword as it stands in the file, `variants` are its other spellings.
    """
    headword, problems = headword_of(word, location)
    yield from problems
    if not headword:
        return
    about = about_records(headword, "\n".join(lines))
    if about is not None:
        yield from about
        return
    entry = entry_of(headword, lines, languages)
    spellings = (spelling for variant in variants if (spelling := headword_of(variant, location)[0]) != headword)
    if others := tuple(dict.fromkeys(filter(None, spellings))):
        entry = msgspec.structs.replace(entry, variants=(*entry.variants, *others))
    yield from entry_records(entry, location)


def entry_records(entry: Entry, location: str) -> Iterator[Record]:
    """An entry, and before it the report that its headword stands alone, where it does."""
    if is_empty(entry):
        yield lone_headword(f"{location} ({entry.headword})")
    yield entry


def entry_of(headword: str, lines: list[str], languages: Languages) -> Entry:
    """The entry that the lines of a body make of `headword`. What no markup explains becomes glosses, line by line."""
    if is_russian_markup(lines):
        return parse_russian(headword, lines)
    if languages == Languages("vi", "vi"):
        return parse_monolingual(headword, lines)
    return parse_body(headword, lines, languages)
