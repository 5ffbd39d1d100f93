"""How entries lie in the file."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.profiles import profile_of
from dictsvc.model import Entry, Idiom, Sense
from dictsvc.storage import entry_codec
from dictsvc.storage.connection_pool import DamagedError
from dictsvc.storage.entry_codec import decode_entry, encode_body, permalink
from dictsvc.storage.key_rows import KeyKind, gloss_text, key_rows, phrase_text

_text = st.text(max_size=20)


def _of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type in the model, whatever fields there are."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return st.builds(kind, **{field.name: _of_type(field.type) for field in msgspec.structs.fields(kind)})
    if get_origin(kind) is tuple:
        return st.lists(_of_type(get_args(kind)[0]), max_size=2).map(tuple)
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if kind is int:
        return st.integers(0, 9)
    return _text if kind is str else st.none() | _text


_entry = _of_type(Entry)


@given(_entry)
def test_what_is_packed_comes_back(entry: Entry) -> None:
    assert decode_entry(entry.headword, encode_body(entry)) == entry


def test_a_body_written_before_a_field_was_there_has_its_default() -> None:
    older = msgspec.msgpack.encode([[["noun", [], "mother"]], "maː"])
    assert decode_entry("má", older) == Entry("má", pronunciation="maː", senses=(Sense("noun", gloss="mother"),))


def test_a_field_of_the_model_that_is_not_stored_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(entry_codec._STORED_FIELDS, Idiom, ("phrase",))  # type: ignore[misc]
    with pytest.raises(TypeError, match="does not store senses of Idiom"):
        entry_codec._array_structs()


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x78\x9cxx", b"\x93\x01\x02\x03"])
def test_what_is_no_body_is_damage(body: bytes) -> None:
    with pytest.raises(DamagedError):
        decode_entry("a", body)


def test_long_bodies_are_compressed_and_short_ones_are_not() -> None:
    long = Entry("a", senses=tuple(Sense(gloss=f"một nghĩa rất dài, số {number}") for number in range(20)))
    assert len(encode_body(long)) < len(msgspec.msgpack.encode(long)) / 2
    assert decode_entry("a", encode_body(long)) == long
    assert len(encode_body(Entry("a", senses=(Sense(gloss="b"),)))) < 20


def test_permalinks_tell_dictionaries_headwords_and_ordinals_apart() -> None:
    links = {permalink(d, h, o) for d in ("vi-en", "vi-fr") for h in ("má", "mà") for o in (0, 1)}
    assert len(links) == 8
    assert all(len(link) == 14 and int(link, 16) >= 0 for link in links)


@pytest.mark.parametrize(
    ("entry", "language", "rows"),
    [
        (Entry("go", forms=("went",)), "en", {("go", KeyKind.FOLDED, None), ("went", KeyKind.FORM, None)}),
        (Entry("Cœur"), "en", {("coeur", KeyKind.FOLDED, None)}),
        (Entry("🐈"), "en", set()),
        (Entry("colour", ("Color",)), "en", {("colour", KeyKind.FOLDED, None), ("color", KeyKind.VARIANT, "Color")}),
    ],
)
def test_keys(entry: Entry, language: str, rows: set[tuple[str, int, str | None]]) -> None:
    found = {(key, kind, text) for key, kind, number, text in key_rows(entry, 7, profile_of(language)) if number == 7}
    assert rows <= found
    assert bool(rows) == bool(found)


def test_full_text() -> None:
    entry = Entry("má hồng", senses=(Sense(gloss="Đôi má"),), idioms=(Idiom("phận má hồng", (Sense(gloss="Kiếp"),)),))
    assert gloss_text(entry) == "doi ma ; kiep"
    assert phrase_text(entry) == "ma hong ; phan ma hong"
