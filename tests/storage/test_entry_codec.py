"""How entries lie in the file."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.language.profiles import profile_of
from dictsvc.model import Entry, Example, Idiom, Sense
from dictsvc.storage.entry_codec import decode_entry, encode_body, permalink
from dictsvc.storage.key_rows import KeyKind, gloss_text, key_rows, phrase_text

_text = st.text(max_size=20)
_examples = st.lists(st.builds(Example, _text, st.none() | _text), max_size=2).map(tuple)
_sense = st.builds(Sense, st.none() | _text, st.lists(_text).map(tuple), _text, st.none() | _text, _examples)
_senses = st.lists(_sense, max_size=3).map(tuple)
_words = st.lists(_text, max_size=3).map(tuple)
_idioms = st.lists(st.builds(Idiom, _text, _senses), max_size=2).map(tuple)
_entry = st.builds(Entry, _text, _words, st.none() | _text, _senses, _idioms, _words, _words)


@given(_entry)
def test_what_is_packed_comes_back(entry: Entry) -> None:
    assert decode_entry(entry.headword, encode_body(entry)) == entry


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
