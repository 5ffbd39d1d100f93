"""Bounded reading: whatever a file holds, memory and time stay small and there is one clear error."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.errors import SourceError
from dictsvc.sources import files
from dictsvc.sources.files import encoding_of, read_bytes, read_lines, unpacked


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "file.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\nb\n", ["a", "b"]),
        (b"a\r\nb\rc", ["a", "b", "c"]),
        (b"\xef\xbb\xbfa", ["a"]),
        ("nghị quyết\nmá".encode("utf-16"), ["nghị quyết", "má"]),
        ("nghị quyết\nmá".encode("utf-16-le"), ["nghị quyết", "má"]),
        ("nghị quyết\nmá".encode("utf-16-be"), ["nghị quyết", "má"]),
        (gzip.compress("má\nba".encode(), mtime=0), ["má", "ba"]),
        (b"", []),
    ],
)
def test_lines_whatever_the_encoding(tmp_path: Path, data: bytes, lines: list[str]) -> None:
    assert [line.text for line in read_lines(_written(tmp_path, data))] == lines


def test_bytes_that_are_no_utf8_cost_only_themselves(tmp_path: Path) -> None:
    first, second, third = read_lines(_written(tmp_path, "má\nb\udcbba\nmè".encode("utf-8", "surrogateescape")))
    assert (first.text, second.text, third.text) == ("má", "ba", "mè")
    assert second.problem is not None
    assert (second.problem.location, second.problem.code, second.problem.skipped) == ("line 2", "invalid-utf8", False)
    assert first.problem is None
    assert third.problem is None


def test_a_line_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_LINE", 10)
    one, two, three = read_lines(_written(tmp_path, b"short\n" + b"x" * 35 + b"\nafter"))
    assert (one.text, two.text, three.text) == ("short", "", "after")
    assert two.problem is not None
    assert (two.problem.code, two.problem.skipped) == ("too-long", True)
    assert three.number == 3


def test_text_in_another_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    path = _written(tmp_path, "từ điển\tnghĩa\n".encode("cp1258", "ignore") * 40 + b"\xb5\xb8\xf1\xe3\n" * 40)
    with pytest.raises(SourceError, match="iconv"):
        list(read_lines(path))


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_UNSUSPICIOUS_BYTES", 100_000)
    path = _written(tmp_path, gzip.compress(bytes(5_000_000)))
    for read in (read_bytes, unpacked, lambda path: list(read_lines(path))):
        with pytest.raises(SourceError, match="holds more than"):
            read(path)


def test_a_file_read_whole_has_a_limit(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="more than 0 MB"):
        read_bytes(_written(tmp_path, b"x" * 20), most=19)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(gzip.compress(b"x" * 10_000, mtime=0)[:-20], "does not unpack"), (b"\x1f\x8b" + bytes(50), "does not unpack")],
)
def test_damaged_archives(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        read_bytes(_written(tmp_path, data))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere is no file"):
        read_bytes(tmp_path / "nowhere")


def test_unpacked_can_be_read_from_anywhere(tmp_path: Path) -> None:
    for data in (b"0123456789", gzip.compress(b"0123456789")):
        with unpacked(_written(tmp_path, data)) as stream:
            stream.seek(7)
            assert stream.read(2) == b"78"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=60))
def test_any_utf8_text_comes_back(text: str) -> None:
    assert encoding_of(text.encode()) in ("utf-8", "utf-8-sig")
