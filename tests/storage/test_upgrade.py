"""A file that 0.1.0 made (schema 4) gives the next version every dictionary, entry and permalink."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from dictsvc.errors import UnavailableError
from dictsvc.model import Dictionary, Entry
from dictsvc.storage.publisher import published, publishing
from dictsvc.storage.snapshot import Snapshot
from tests.conftest import FIXTURES


class _Linked(Struct, frozen=True):
    id: str
    entry: Entry


class _Content(Struct, frozen=True):
    """What 0.1.0 itself read from the file."""

    dictionaries: tuple[Dictionary, ...]
    entries: dict[str, tuple[_Linked, ...]]


CONTENT = msgspec.json.decode((FIXTURES / "dictsvc-0.1.0.json").read_bytes(), type=_Content)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "dictsvc.sqlite3"
    path.write_bytes(gzip.decompress((FIXTURES / "dictsvc-0.1.0.sqlite3.gz").read_bytes()))
    return path


def test_it_is_not_served_as_it_is(database: Path) -> None:
    with pytest.raises(UnavailableError, match="made by an older dictsvc"):
        Snapshot(database)


def test_everything_is_carried_over(database: Path) -> None:
    with publishing(database):
        pass
    snapshot = Snapshot(database)
    digested_anew = [msgspec.structs.replace(d, digest="") for d in snapshot.dictionaries.values()]
    assert digested_anew == [msgspec.structs.replace(d, digest="") for d in CONTENT.dictionaries]
    for identifier, linked in CONTENT.entries.items():
        assert [stored.entry() for stored in snapshot.all_entries(identifier)] == [one.entry for one in linked]
        for one in linked:
            stored = snapshot.entry_at(one.id)
            assert stored is not None
            assert (stored.entry(), stored.dictionary) == (one.entry, identifier)
    assert published(database)["vi-en"].bundled == "0123"
    assert {row.headword for row in snapshot.find(["went", "color", "ma"])} == {"go", "colour", "má"}
