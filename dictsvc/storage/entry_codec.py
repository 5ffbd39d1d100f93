"""How an entry is laid out in the file: what goes into columns, what is packed, which keys it has."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from dictsvc.language.keys import Canonical, folded, spaceless
from dictsvc.language.profiles import GENERIC
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.model import Entry, Idiom, Sense

SCHEMA_VERSION = 4
CARRIED_OVER = frozenset({1, 2, 3})
"""Older schemas whose dictionaries and packed entries are read as they are; only their keys are made anew."""
_PERMALINK_BYTES = 7  # 2.3 million entries: one chance in 27,000 that any two collide


class KeyKind:
    """What a row of the table `key` is a key of.

    Plain numbers: finding a member of an enum takes 60 ns, and lookups name these for every row.
    """

    FOLDED = 0
    VARIANT = 1
    FORM = 2
    REGION = 3
    SPACELESS = 4
    IDIOM = 5


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


_LONG_BODY = 400
"""Bytes from which a body is compressed: of shorter ones that would save a third and take twice as long to read."""
_ZLIB_HEADER = 0x78
"""What zlib's output begins with; in msgpack it is a number, never the beginning of an array."""


def packed(entry: Entry) -> bytes:
    """The bytes of an entry's body, compressed where it is long."""
    data = _pack(msgspec.convert(entry, _StoredBody, from_attributes=True))
    return zlib.compress(data) if len(data) > _LONG_BODY else data


def unpacked(data: bytes) -> Body:
    """The body that `packed` made these bytes of."""
    if data[0] == _ZLIB_HEADER:
        data = zlib.decompress(data)
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


KeyRow = tuple[str, int, int, str | None]
"""A row of table `key`: key, kind, entry, and the variant or form as written where it is not the key itself."""


def key_rows(entry: Entry, number: int, profile: LanguageProfile) -> Iterator[KeyRow]:
    """The rows of table `key` for an entry: a key equal to a finer one is not stored."""
    keys = profile.keys_of(entry.headword)
    if keys.folded:
        yield keys.folded, KeyKind.FOLDED, number, None
        joined = str(spaceless(keys.folded))
        if joined and joined != keys.folded:
            yield joined, KeyKind.SPACELESS, number, None
    sound = str(profile.region(keys.toned))
    if sound and sound != keys.folded:
        yield sound, KeyKind.REGION, number, None
    yield from spelling_rows(KeyKind.VARIANT, entry.variants, [number], profile)
    yield from spelling_rows(KeyKind.FORM, entry.forms, [number], profile)
    yield from spelling_rows(KeyKind.IDIOM, _idioms(entry, profile), [number], profile)


def _idioms(entry: Entry, profile: LanguageProfile) -> list[str]:
    """The idioms that an entry explains, those that are verbs also without the marker of their infinitive."""
    phrases = dict.fromkeys(idiom.phrase for idiom in entry.idioms if idiom.phrase != entry.headword)
    bare = (phrase.removeprefix(profile.infinitive_marker) for phrase in phrases)
    return list(dict.fromkeys((*phrases, *bare)))


def spelling_rows(
    kind: int, spellings: Iterable[str], numbers: Sequence[int], profile: LanguageProfile
) -> Iterator[KeyRow]:
    """The rows of table `key` for variants or forms of the headword of these entries."""
    for spelling in spellings:
        key = profile.keys_of(spelling).folded
        if key:
            for number in numbers:
                yield key, kind, number, spelling if spelling != key else None


def gloss_tokens(entry: Entry) -> str:
    """The folded text under which an entry's glosses are found."""
    text = " ; ".join(glosses_of(entry))
    return folded(Canonical(text.casefold())) if text else ""


def phrase_tokens(entry: Entry) -> str:
    """The folded text under which an entry is found by the words of its headword and idioms; empty for one word."""
    texts = [entry.headword, *[idiom.phrase for idiom in entry.idioms]]
    return " ; ".join(filter(_has_several_words, (GENERIC.keys_of(text).folded for text in texts)))


def _has_several_words(key: str) -> bool:
    return " " in key
