"""Every field of an entry, whatever fields there are, goes through all that keeps or shows it.

An entry is made by reflection with a text of its own in every place, so that a new field which is forgotten in the
codec, the TSV, the JSON or the page fails here.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest

from dictsvc.entry_parts import texts_of
from dictsvc.loading import LoadRequest, exported, load
from dictsvc.match_kinds import MatchKind
from dictsvc.model import Dictionary, Entry, Example, Hit, Idiom, LinkKind, Match, Sense
from dictsvc.storage.entry_codec import decode_entry, decode_hit, encode_body, permalink
from dictsvc.storage.publisher import publishing
from dictsvc.storage.schema import SCHEMA_VERSION
from dictsvc.storage.snapshot import Snapshot
from tests.conftest import make_app

NOT_SHOWN = frozenset({"forms"})
"""Fields of an entry by which it is found and that no answer holds."""


def filled(kind: Any, number: Iterator[int], name: str = "") -> Any:
    """A value of a type with another text in every place: of lists two, of what may be absent one."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind(**{f.name: filled(f.type, number, f.name) for f in msgspec.structs.fields(kind)})
    if get_origin(kind) is tuple:
        return tuple(filled(get_args(kind)[0], number, name) for _ in range(2))
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind is int:
        return next(number) + 1
    assert str in (kind, *get_args(kind)), f"{name} is of a type that this test does not know: {kind}"
    if name == "region":
        return f"R{next(number)}"
    return f"{name.replace('_', ' ')} {next(number)} ễ"


ENTRY: Entry = filled(Entry, count())
DICTIONARY = Dictionary(id="vi-en", title="Việt–Anh", source_language="vi", target_language="en")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "dictsvc.sqlite3"
    with publishing(path) as builder:
        builder.replace(DICTIONARY, [ENTRY])
    return path


def _loaded(database: Path) -> Entry:
    (stored,) = Snapshot(database).all_entries("vi-en")
    return stored.entry()


def test_the_entry_has_a_text_in_every_place() -> None:
    texts = [text for text in texts_of(ENTRY) if text not in get_args(LinkKind)]
    assert len(texts) == len(set(texts))
    assert {type(part) for part in (*ENTRY.senses, *ENTRY.idioms, *ENTRY.senses[0].examples)} == {Sense, Idiom, Example}


def test_the_codec() -> None:
    assert decode_entry(ENTRY.headword, encode_body(ENTRY)) == ENTRY


def test_the_database(database: Path) -> None:
    assert _loaded(database) == ENTRY


def test_the_upgrade_of_an_older_database(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
        connection.execute("DELETE FROM key")
        connection.commit()
    with publishing(database):
        pass
    assert _loaded(database) == ENTRY


def test_the_own_format(database: Path, tmp_path: Path) -> None:
    path, again = tmp_path / "out.tsv", tmp_path / "again.sqlite3"
    path.write_text("".join(line + "\n" for line in exported(database, "vi-en")), encoding="utf-8")
    (report,) = load(again, [LoadRequest(path=path, id="vi-en")])
    assert report.problems == {}
    assert _loaded(again) == ENTRY


def test_a_hit_and_its_json() -> None:
    match = Match(MatchKind.EXACT, ENTRY.headword, 0, 1.0)
    hit = decode_hit(ENTRY.headword, encode_body(ENTRY), "vi-en", 0, ENTRY.homonym, match)
    assert msgspec.json.decode(msgspec.json.encode(hit), type=Hit) == hit
    assert (hit.id, hit.match) == (permalink("vi-en", ENTRY.headword, 0), match)
    shown = {name: getattr(hit, name) for name in Entry.__struct_fields__ if name not in NOT_SHOWN}
    assert shown == {name: getattr(ENTRY, name) for name in shown}


def test_the_page_of_the_entry(database: Path) -> None:
    page = make_app(database).test_client().get(f"/entry/{permalink('vi-en', ENTRY.headword, ENTRY.homonym - 1)}").text
    hidden = {text for name in NOT_SHOWN for text in texts_of(getattr(ENTRY, name))}
    hidden |= {str(sense.part_of_speech) for idiom in ENTRY.idioms for sense in idiom.senses}
    hidden |= set(get_args(LinkKind))
    assert [text for text in texts_of(ENTRY) if text not in hidden and text not in page] == []
