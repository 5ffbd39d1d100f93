"""How an entry lies in the file: the only mapping Entry ↔ bytes ↔ Hit, and the only list of an entry's fields.

A body is the msgpack array of an entry's fields without the headword, compressed where it is long.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct

from dictsvc.model import (
    Collocation,
    Entry,
    Example,
    Hit,
    Idiom,
    Link,
    Match,
    RegionalPronunciation,
    Sense,
)
from dictsvc.storage.connection_pool import DamagedError

_STORED_FIELDS: Mapping[type[Struct], tuple[str, ...]] = {
    Example: ("source", "target"),
    Collocation: ("phrase", "translation"),
    Sense: (
        "part_of_speech",
        "labels",
        "gloss",
        "note",
        "examples",
        "pronunciation",
        "collocations",
        "synonyms",
        "antonyms",
    ),
    Idiom: ("phrase", "senses"),
    RegionalPronunciation: ("region", "ipa"),
    Link: ("kind", "headword", "note"),
    Entry: (
        "senses",
        "pronunciation",
        "idioms",
        "variants",
        "forms",
        "see_also",
        "regional_pronunciations",
        "etymology",
        "homonym",
        "links",
    ),
}
"""The stored fields of each struct, in the order of their array: inner structs first.

A new field goes to the end: a body written before it was there then has the field's default. Nothing here is ever
taken out or moved, because files of every older schema are read with it.
"""
_RETIRED_FIELDS: Mapping[str, Any] = {"see_also": tuple[str, ...]}
"""Types of the stored fields that the model has no more: they are read, and never written."""
_COLUMNS = frozenset({"headword"})
"""Fields of an entry that have a column of their own and are not in its body."""
_LONG_BODY = 400
"""Bytes from which a body is compressed: of shorter ones that would save a third and take twice as long to read."""
_ZLIB_HEADER = 0x78
"""First byte of zlib's output; in msgpack it is a number, never the beginning of an array."""
_EMPTY: tuple[Any, ...] = (None, 0, [])
"""Values of fields that say nothing; an empty text is kept, because lists of texts may hold some."""
_ARRAYS = frozenset({tuple, list})
_PERMALINK_BYTES = 7  # 2.3 million entries: one chance in 27,000 that any two collide


def _array_structs() -> dict[type[Struct], type[Struct]]:
    """For each struct of the model the struct of its stored fields, which msgpack writes as an array without names.

    Raises `TypeError` where a field of the model is not stored.
    """
    arrays: dict[type[Struct], type[Struct]] = {}
    for model, names in _STORED_FIELDS.items():
        fields = {field.name: field for field in msgspec.structs.fields(model)}
        if left := fields.keys() - set(names) - _COLUMNS:
            raise TypeError(f"entry_codec.py does not store {', '.join(sorted(left))} of {model.__name__}")
        stored = [
            (name, _array_type(fields[name].type, arrays), fields[name].default)
            if name in fields
            else (name, _RETIRED_FIELDS[name], ())
            for name in names
        ]
        arrays[model] = msgspec.defstruct(f"Stored{model.__name__}", stored, array_like=True)
    return arrays


def _array_type(kind: Any, arrays: Mapping[type[Struct], type[Struct]]) -> Any:
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple[item if item is str else arrays[item], ...]  # type: ignore[misc]
    return kind


def _fields_after(model: type[Struct], name: str) -> type[Struct]:
    """A struct of the fields that a model struct has after the one named: those that come from a body."""
    fields = msgspec.structs.fields(model)
    first = model.__struct_fields__.index(name) + 1
    return msgspec.defstruct(f"{model.__name__}Body", [(field.name, field.type) for field in fields[first:]])


_Body = _array_structs()[Entry]
_EntryBody = _fields_after(Entry, "headword")
_HitBody = _fields_after(Hit, "match")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Body).decode


def encode_body(entry: Entry) -> bytes:
    """The bytes of an entry's body."""
    array = msgspec.to_builtins(msgspec.convert(entry, _Body, from_attributes=True))
    data = _encode(_without_empty_end(array))
    return zlib.compress(data) if len(data) > _LONG_BODY else data


def _without_empty_end(array: Sequence[Any]) -> list[Any]:
    """An array without the empty values at its end, which are what fields default to, and so the arrays in it."""
    kept = [_without_empty_end(item) if type(item) in _ARRAYS else item for item in array]
    while kept and kept[-1] in _EMPTY:
        kept.pop()
    return kept


def decode_entry(headword: str, body: bytes) -> Entry:
    """The entry of a headword and its body. Raises `DamagedError` where the bytes are no body."""
    return Entry(headword, *_values(_decoded(body), _EntryBody))


def decode_hit(headword: str, body: bytes, dictionary: str, ordinal: int, homonym: int, match: Match) -> Hit:
    """The same entry as a hit, with its permalink and the reason for it. Raises `DamagedError` as `decode_entry`.

    `homonym` is its number among the entries of the headword.
    """
    stored = _decoded(body)
    stored.homonym = homonym
    stored.see_also = tuple([link.headword for link in stored.links if link.kind == "see"])
    return Hit(permalink(dictionary, headword, ordinal), headword, dictionary, match, *_values(stored, _HitBody))


def _decoded(body: bytes) -> Any:
    """The stored fields of an entry, the retired ones among its links."""
    try:
        stored: Any = _decode(zlib.decompress(body) if body[0] == _ZLIB_HEADER else body)
    except (zlib.error, msgspec.MsgspecError, IndexError) as error:
        raise DamagedError from error
    if stored.see_also:
        stored.links = (*[Link("see", headword) for headword in stored.see_also], *stored.links)
    return stored


def _values(stored: Any, fields: type[Struct]) -> tuple[Any, ...]:
    """The values that stored fields give for the fields of a struct."""
    return msgspec.structs.astuple(msgspec.convert(stored, fields, from_attributes=True))


def permalink(dictionary: str, headword: str, ordinal: int) -> str:
    """The public id of an entry: 14 hexadecimal digits, the same after every reload of the same entry."""
    name = f"{dictionary}\0{headword}\0{ordinal}".encode()
    return hashlib.blake2b(name, digest_size=_PERMALINK_BYTES).hexdigest()
