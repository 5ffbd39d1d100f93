"""How an entry is laid out in the file: what goes into columns, what is packed, which keys it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import IntEnum

import msgspec
from msgspec import Struct

from dictsvc.language.keys import Canonical, folded, keys_of, region, spaceless
from dictsvc.model import Entry, Idiom, Sense

SCHEMA_VERSION = 1
_PERMALINK_BYTES = 7  # 2.3 million entries: one chance in 27,000 that any two collide


class KeyKind(IntEnum):
    """What a row of the table `key` is a key of."""

    FOLDED = 0
    VARIANT = 1
    FORM = 2
    REGION = 3
    SPACELESS = 4


class _StoredExample(Struct, array_like=True, frozen=True):
    source: str
    target: str | None


class _StoredSense(Struct, array_like=True, frozen=True):
    part_of_speech: str | None
    labels: tuple[str, ...]
    gloss: str
    note: str | None
    examples: tuple[_StoredExample, ...]


class _StoredIdiom(Struct, array_like=True, frozen=True):
    phrase: str
    senses: tuple[_StoredSense, ...]


class _StoredBody(Struct, array_like=True, frozen=True):
    """An entry without its headword, as arrays: no field names in the file."""

    senses: tuple[_StoredSense, ...] = ()
    pronunciation: str | None = None
    idioms: tuple[_StoredIdiom, ...] = ()
    variants: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


class Body(Struct, frozen=True):
    """An entry without its headword."""

    senses: tuple[Sense, ...]
    pronunciation: str | None
    idioms: tuple[Idiom, ...]
    variants: tuple[str, ...]
    forms: tuple[str, ...]
    see_also: tuple[str, ...]


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(_StoredBody).decode


def packed(entry: Entry) -> bytes:
    """The bytes of an entry's body."""
    return _pack(msgspec.convert(entry, _StoredBody, from_attributes=True))


def unpacked(data: bytes) -> Body:
    """The body that `packed` made these bytes of."""
    return msgspec.convert(_unpack(data), Body, from_attributes=True)


def permalink(dictionary: str, headword: str, ordinal: int) -> str:
    """The public id of an entry: 14 hexadecimal digits, the same after every reload of the same entry."""
    name = f"{dictionary}\0{headword}\0{ordinal}".encode()
    return hashlib.blake2b(name, digest_size=_PERMALINK_BYTES).hexdigest()


def glosses_of(entry: Entry) -> Iterator[str]:
    """The glosses of an entry and of its idioms."""
    for sense in entry.senses:
        yield sense.gloss
    for idiom in entry.idioms:
        for sense in idiom.senses:
            yield sense.gloss


def key_rows(
    entry: Entry, number: int, forms: tuple[str, ...], *, vietnamese: bool
) -> Iterator[tuple[str, int, int, str | None]]:
    """The rows of table `key` for an entry: a key equal to a finer one is not stored."""
    keys = keys_of(entry.headword, vietnamese=vietnamese)
    if keys.folded:
        yield keys.folded, KeyKind.FOLDED, number, None
        joined = str(spaceless(keys.folded))
        if joined and joined != keys.folded:
            yield joined, KeyKind.SPACELESS, number, None
    if vietnamese:
        sound = str(region(keys.toned))
        if sound and sound != keys.folded:
            yield sound, KeyKind.REGION, number, None
    for kind, texts in ((KeyKind.VARIANT, entry.variants), (KeyKind.FORM, forms)):
        for text in texts:
            key = keys_of(text, vietnamese=vietnamese).folded
            if key:
                yield key, kind, number, text if text != key else None


def gloss_tokens(entry: Entry) -> str:
    """The folded text under which an entry's glosses are found."""
    text = " ; ".join(glosses_of(entry))
    return folded(Canonical(text.casefold())) if text else ""


def phrase_tokens(entry: Entry) -> str:
    """The folded text under which an entry is found by the words of its headword and idioms; empty for one word."""
    texts = [entry.headword, *[idiom.phrase for idiom in entry.idioms]]
    return " ; ".join(filter(_has_several_words, (keys_of(text, vietnamese=False).folded for text in texts)))


def _has_several_words(key: str) -> bool:
    return " " in key
