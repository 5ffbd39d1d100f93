"""How an entry lies in the file: the only mapping Entry ↔ bytes ↔ Hit, and the only list of an entry's fields.

A body is the msgpack array of an entry's fields without the headword, compressed where it is long.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct

from dictsvc.model import Entry, Example, Hit, Idiom, Match, Sense
from dictsvc.storage.connection_pool import DamagedError

_STORED_FIELDS: Mapping[type[Struct], tuple[str, ...]] = {
    Example: ("source", "target"),
    Sense: ("part_of_speech", "labels", "gloss", "note", "examples"),
    Idiom: ("phrase", "senses"),
    Entry: ("senses", "pronunciation", "idioms", "variants", "forms", "see_also"),
}
"""The stored fields of each struct, in the order of their array: inner structs first.

A new field goes to the end: a body written before it was there then has the field's default. Nothing here is ever
taken out or moved, because files of every older schema are read with it.
"""
_COLUMNS = frozenset({"headword"})
"""Fields of an entry that have a column of their own and are not in its body."""
_LONG_BODY = 400
"""Bytes from which a body is compressed: of shorter ones that would save a third and take twice as long to read."""
_ZLIB_HEADER = 0x78
"""First byte of zlib's output; in msgpack it is a number, never the beginning of an array."""
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
        stored = [(name, _array_type(fields[name].type, arrays), fields[name].default) for name in names]
        arrays[model] = msgspec.defstruct(f"Stored{model.__name__}", stored, array_like=True)
    return arrays


def _array_type(kind: Any, arrays: Mapping[type[Struct], type[Struct]]) -> Any:
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple[item if item is str else arrays[item], ...]  # type: ignore[misc]
    return kind


_Body = _array_structs()[Entry]
_Row: Any = msgspec.defstruct(
    "_Row",
    [(name, Any, None) for name in ("id", "headword", "dictionary", "match")],
    bases=(_Body,),
    array_like=True,
)
"""A body with what the file's columns and the search say: everything that an `Entry` or a `Hit` has."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Row).decode


def encode_body(entry: Entry) -> bytes:
    """The bytes of an entry's body."""
    data = _encode(msgspec.convert(entry, _Body, from_attributes=True))
    return zlib.compress(data) if len(data) > _LONG_BODY else data


def decode_entry(headword: str, body: bytes) -> Entry:
    """The entry of a headword and its body. Raises `DamagedError` where the bytes are no body."""
    row = _decoded(body)
    row.headword = headword
    return msgspec.convert(row, Entry, from_attributes=True)


def decode_hit(headword: str, body: bytes, dictionary: str, ordinal: int, match: Match) -> Hit:
    """The same entry as a hit, with its permalink and the reason for it. Raises `DamagedError` as `decode_entry`."""
    row = _decoded(body)
    row.id = permalink(dictionary, headword, ordinal)
    row.headword = headword
    row.dictionary = dictionary
    row.match = match
    return msgspec.convert(row, Hit, from_attributes=True)


def _decoded(body: bytes) -> Any:
    try:
        return _decode(zlib.decompress(body) if body[0] == _ZLIB_HEADER else body)
    except (zlib.error, msgspec.MsgspecError, IndexError) as error:
        raise DamagedError from error


def permalink(dictionary: str, headword: str, ordinal: int) -> str:
    """The public id of an entry: 14 hexadecimal digits, the same after every reload of the same entry."""
    name = f"{dictionary}\0{headword}\0{ordinal}".encode()
    return hashlib.blake2b(name, digest_size=_PERMALINK_BYTES).hexdigest()
