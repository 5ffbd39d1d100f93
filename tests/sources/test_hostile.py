"""Hostile files: each is read in a process of 512 MB, ends in time, and costs only itself.

1. What unpacks to gigabytes is refused before it does.
2. A line, an entry or a body without end is passed over; what stands around it is kept.
3. An index that points anywhere reads nothing it should not.
4. No entity is expanded, no file beside the dictionary is read.
"""

from __future__ import annotations

import gzip
import struct
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.sources.making import dictd, stardict
from tests.waits import PROCESS_SECONDS

_MEMORY = 512 * 1024 * 1024
_SECONDS = 60
"""Seconds of processor time."""
_READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
import msgspec
from dictsvc.errors import SourceError
from dictsvc.model import Entry, Problem
from dictsvc.sources.formats import open_source
from dictsvc.sources.source import Languages
found = {{"words": [], "codes": [], "error": ""}}
try:
    for record in open_source(Path(sys.argv[1]), sys.argv[2] or None, Languages("en", "vi")).records:
        if isinstance(record, Entry):
            found["words"].append(record.headword)
        elif isinstance(record, Problem):
            found["codes"].append(record.code)
except SourceError as error:
    found["error"] = str(error)
sys.stdout.buffer.write(msgspec.json.encode(found))
"""


class Found(msgspec.Struct):
    words: list[str]
    codes: list[str]
    error: str


def _read(path: Path, format_name: str = "") -> Found:
    run = subprocess.run(
        [sys.executable, "-c", _READ.format(memory=_MEMORY, seconds=_SECONDS), str(path), format_name],
        capture_output=True,
        timeout=PROCESS_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    return msgspec.json.decode(run.stdout, type=Found)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """What gzip makes of ten gigabytes of zeros."""
    return gzip.compress(bytes(100_000_000)) * 100


def test_bodies_that_unpack_to_ten_gigabytes(tmp_path: Path, bomb: bytes) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo")], packed=True)
    ifo.with_suffix(".dict.dz").write_bytes(bomb)
    assert "book.dict.dz holds more than" in _read(ifo).error


def test_an_index_that_unpacks_to_ten_gigabytes(tmp_path: Path, bomb: bytes) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo")])
    ifo.with_suffix(".idx").unlink()
    (tmp_path / "book.idx.gz").write_bytes(bomb)
    assert "book.idx.gz holds more than 64 MB" in _read(ifo).error


@pytest.mark.parametrize("format_name", ["tab", "tsv", "csv", "fvdp", "wiktextract", "dsl", "json", "tei", "xdxf"])
def test_text_that_unpacks_to_gigabytes(tmp_path: Path, bomb: bytes, format_name: str) -> None:
    path = tmp_path / "book.gz"
    path.write_bytes(bomb[: len(bomb) // 10])
    found = _read(path, format_name)
    assert found.error or "too-long" in found.codes
    assert found.words == []


def test_a_line_of_200_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "book.tab"
    with path.open("wb") as file:
        file.write(b"cat\t- m\xc3\xa8o\nlong\t")
        for _ in range(200):
            file.write(b"\xc6\xa1" * 500_000)
        file.write(b"\ndog\t- ch\xc3\xb3\n")
    found = _read(path)
    assert (found.words, found.codes, found.error) == (["cat", "dog"], ["too-long"], "")


def test_a_line_of_200_megabytes_in_utf16(tmp_path: Path) -> None:
    path = tmp_path / "book.dsl"
    with path.open("wb") as file:
        file.write('\ufeff#NAME "x"\ncat\n\t[m1]mèo[/m]\nlong\n\t'.encode("utf-16-le"))
        for _ in range(100):
            file.write("ơ".encode("utf-16-le") * 1_000_000)
        file.write("\ndog\n\t[m1]chó[/m]\n".encode("utf-16-le"))
    found = _read(path)
    assert found.words == ["cat", "long", "dog"]
    assert "too-long" in found.codes


def test_an_element_of_200_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "book.xdxf"
    with path.open("wb") as file:
        file.write(b'<xdxf lang_from="ENG"><ar><k>cat</k>m\xc3\xa8o</ar><ar><k>long</k>')
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"</ar><ar><k>dog</k>ch\xc3\xb3</ar></xdxf>")
    found = _read(path)
    assert found.words == ["cat", "dog"]
    assert found.codes[0] == "too-long"


def test_a_json_string_of_200_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    path.write_bytes(b'{"cat": "' + b"x" * 200_000_000 + b'"}')
    assert "book.json holds more than" in _read(path).error


def test_the_largest_json_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    body = '"- ' + "mèo 🐈 " * 500 + '"'
    count = 47_000_000 // len(body.encode())
    path.write_text("{" + ", ".join(f'"w{n}": {body}' for n in range(count)) + "}", encoding="utf-8")
    found = _read(path)
    assert (len(found.words), found.error) == (count, "")


def test_entities_that_expand(tmp_path: Path) -> None:
    path = tmp_path / "book.tei"
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY l0 "lol">{entities}]><TEI><entry><form><orth>&l11;</orth></form>'
        "</entry></TEI>",
        encoding="utf-8",
    )
    assert "declares XML entities" in _read(path).error


def test_entities_that_read_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    path = tmp_path / "book.tei"
    path.write_text(
        f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><TEI><entry><form><orth>&x;</orth></form></entry></TEI>',
        encoding="utf-8",
    )
    found = _read(path)
    assert "declares XML entities" in found.error
    path.write_text("<TEI><entry><form><orth>&x;</orth></form></entry></TEI>", encoding="utf-8")
    assert _read(path).words == ["&x;"]


def test_elements_nested_without_end(tmp_path: Path) -> None:
    path = tmp_path / "book.tei"
    nested = "<sense>" * 100_000 + "x" + "</sense>" * 100_000
    path.write_text(f"<TEI><entry><form><orth>cat</orth></form>{nested}</entry></TEI>", encoding="utf-8")
    found = _read(path)
    assert (found.words, found.codes) == (["cat"], ["malformed-xml"])


def test_html_nested_without_end(tmp_path: Path) -> None:
    found = _read(stardict(tmp_path, [("cat", "<div>" * 700_000 + "mèo"), ("dog", "chó")], types="h"))
    assert found.words == ["cat", "dog"]


def test_json_nested_without_end(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    path.write_text('{"cat": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}", encoding="utf-8")
    assert "no JSON dictionary" in _read(path).error


def test_an_index_that_points_anywhere(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo")], wordcount="4000000000", idxfilesize="-1")
    words = (struct.pack(">II", offset, size) for offset in (0, 2, 2**31, 2**32 - 1) for size in (0, 3, 2**32 - 1))
    ifo.with_suffix(".idx").write_bytes(b"".join(b"word\0" + pointer for pointer in words))
    found = _read(ifo)
    assert set(found.codes) == {"beyond-end", "empty-body", "wrong-count"} | ({"invalid-utf8"} & set(found.codes))
    assert len(found.words) <= 4


def test_a_million_pointers_to_one_large_body(tmp_path: Path) -> None:
    """Two megabytes of index could ask for terabytes of text: the file's own size bounds what is read of it."""
    ifo = stardict(tmp_path, [("cat", b"- " + b"x " * 1_900_000)])
    ifo.with_suffix(".idx").write_bytes((b"w\0" + struct.pack(">II", 0, 3_800_002)) * 2000)
    found = _read(ifo)
    assert "too-much-text" in found.codes
    assert found.words


def test_a_name_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.dict").write_bytes(b"secret")
    inner = tmp_path / "inner"
    inner.mkdir()
    ifo = stardict(inner, [("../../etc/passwd", "- mèo")], bookname="../../secret", name="book")
    assert _read(ifo).words == ["../../etc/passwd"]


def test_a_dictd_index_that_points_anywhere(tmp_path: Path) -> None:
    index = dictd(tmp_path, [("cat", b"- meo")])
    index.write_text("cat\t//////////\tA\ncat\tA\t//////\ncat\tA\tF\n", encoding="utf-8")
    found = _read(index)
    assert (found.words, found.codes) == (["cat"], ["beyond-end", "beyond-end"])


def test_packed_text_within_packed_text(tmp_path: Path) -> None:
    path = tmp_path / "book.tab.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"cat\t- meo\n" * 1000)))
    found = _read(path, "tab")
    assert found.words == []
