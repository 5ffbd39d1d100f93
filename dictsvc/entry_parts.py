"""What an entry holds at any depth: its senses with those of its idioms, their glosses, all its texts."""

from collections.abc import Iterable, Iterator

import msgspec

from dictsvc.model import Entry, Hit, Link, Sense


def senses_of(entry: Entry | Hit) -> Iterator[Sense]:
    """All senses of an entry, those of its idioms last."""
    yield from entry.senses
    for idiom in entry.idioms:
        yield from idiom.senses


def glosses_of(entry: Entry) -> Iterator[str]:
    """The gloss of every sense of an entry, empty ones among them, then the translations of its collocations."""
    for sense in senses_of(entry):
        yield sense.gloss
    for sense in senses_of(entry):
        for collocation in sense.collocations:
            if collocation.translation:
                yield collocation.translation


def references_of(entry: Entry | Hit) -> Iterator[str]:
    """The headwords that an entry names: those it links to, synonyms and antonyms."""
    for link in entry.links:
        yield link.headword
    for sense in senses_of(entry):
        yield from sense.synonyms
        yield from sense.antonyms


def see_links(headwords: Iterable[str]) -> tuple[Link, ...]:
    """Links of kind `see` to these headwords."""
    return tuple(Link("see", headword) for headword in headwords)


def texts_of(part: object) -> Iterator[str]:
    """Every text in an entry or a part of one, whatever its fields."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, msgspec.Struct):
        yield from texts_of(msgspec.structs.astuple(part))
    elif isinstance(part, tuple):
        for inner in part:
            yield from texts_of(inner)
