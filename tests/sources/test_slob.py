"""Aard 2's slob."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.model import Entry, Sense
from tests.sources.making import read, slob

CAT = (["cat", "cats"], "<b>cat</b><br>* danh từ<br>- con mèo".encode())


def test_bodies_and_their_keys(tmp_path: Path) -> None:
    found = read(
        slob(tmp_path / "book.slob", [CAT, (["~style.css"], b"b {}"), (["dog"], b"- ch\xff")], types=[0, 1, 0])
    )
    assert found["cat"] == Entry("cat", ("cats",), senses=(Sense("noun", gloss="con mèo"),))
    assert found["dog"].senses == (Sense(gloss="ch"),)
    assert len(found.entries) == 2
    assert found.codes == ["invalid-utf8"]
    assert (found.source.title, found.source.licence) == ("Anh-Việt", "CC0-1.0")
    assert (found.source.source_language, found.source.target_language) == ("en", "vi")


@pytest.mark.parametrize("size", [20, 60, 100, 140])
def test_cut_short(tmp_path: Path, size: int) -> None:
    path = slob(tmp_path / "book.slob", [CAT])
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(SourceError, match="damaged slob"):
        read(path)


def test_a_damaged_bin(tmp_path: Path) -> None:
    path = slob(tmp_path / "book.slob", [CAT])
    path.write_bytes(path.read_bytes()[:-4])
    found = read(path)
    assert (found.entries, found.codes) == ([], ["damaged-record"])


def test_an_unknown_compression(tmp_path: Path) -> None:
    path = slob(tmp_path / "book.slob", [CAT])
    path.write_bytes(path.read_bytes().replace(b"\x04zlib", b"\x04zstd"))
    with pytest.raises(SourceError, match="zstd"):
        read(path)
