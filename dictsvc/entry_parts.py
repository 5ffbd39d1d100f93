"""What an entry holds at any depth: its senses with those of its idioms, their glosses, all its texts."""

from collections.abc import Iterator

import msgspec

from dictsvc.model import Entry, Sense


def senses_of(entry: Entry) -> Iterator[Sense]:
    """All senses of an entry, those of its idioms last."""
    yield from entry.senses
    for idiom in entry.idioms:
        yield from idiom.senses


def glosses_of(entry: Entry) -> Iterator[str]:
    """The gloss of every sense of an entry, empty ones among them."""
    for sense in senses_of(entry):
        yield sense.gloss


def texts_of(part: object) -> Iterator[str]:
    """Every text in an entry or a part of one, whatever its fields."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, msgspec.Struct):
        yield from texts_of(msgspec.structs.astuple(part))
    elif isinstance(part, tuple):
        for inner in part:
            yield from texts_of(inner)
