"""Files that were made to do harm: each function writes one into a folder and returns its path."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import socket
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.sources.making import avdict, mdict, slob, stardict


def _bomb(unit: bytes = bytes(1 << 20), units: int = 10_000) -> bytes:
    """What gzip makes of ten gigabytes: one member, repeated as gzip allows."""
    return gzip.compress(unit * 100) * (units // 100)


def bodies_of_ten_gigabytes(folder: Path) -> Path:
    ifo = stardict(folder, [("cat", "- mèo")], packed=True)
    ifo.with_suffix(".dict.dz").write_bytes(_bomb())
    return ifo


def bodies_that_end_early(folder: Path) -> Path:
    ifo = stardict(folder, [("cat", "- mèo" * 1000)], packed=True)
    packed = ifo.with_suffix(".dict.dz")
    packed.write_bytes(packed.read_bytes()[:-12])
    return ifo


def bodies_in_a_pipe(folder: Path) -> Path:
    ifo = stardict(folder, [("cat", "- mèo")])
    ifo.with_suffix(".dict").unlink()
    os.mkfifo(ifo.with_suffix(".dict"))
    return ifo


def an_index_without_end(folder: Path) -> Path:
    ifo = stardict(folder, [("cat", "- mèo")])
    ifo.with_suffix(".idx").unlink()
    ifo.with_suffix(".idx").symlink_to("/dev/zero")
    return ifo


def an_index_that_points_past_the_end(folder: Path) -> Path:
    ifo = stardict(folder, [("cat", "- mèo")])
    ifo.with_suffix(".idx").write_bytes(b"cat\0" + struct.pack(">II", 2**32 - 1, 2**32 - 1))
    return ifo


def spellings_without_end(folder: Path) -> Path:
    ifo = stardict(folder, [("cat", "")])
    line = b"spelling\0" + struct.pack(">I", 0) + b"spelling\0" + struct.pack(">I", 2**31)
    ifo.with_suffix(".syn").write_bytes(line * (60_000_000 // len(line)))
    ifo.with_suffix(".idx").write_bytes(b"")
    return ifo


def a_line_of_200_megabytes(folder: Path) -> Path:
    path = folder / "book.tab"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    return path


def lines_without_end(folder: Path) -> Path:
    path = folder / "book.tab.gz"
    path.write_bytes(gzip.compress(b"cat\tx\n") + _bomb(b"\n" * (1 << 20)))
    return path


def packed_twice(folder: Path) -> Path:
    path = folder / "book.tab.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"cat\t- meo\n" * 1000)))
    return path


def billion_laughs(folder: Path) -> Path:
    path = folder / "book.tei"
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    entry = "<entry><form><orth>&l11;</orth></form></entry>"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY l0 "lol">{entities}]><TEI>{entry}</TEI>', "utf-8")
    return path


def an_entity_that_reads_a_file(folder: Path) -> Path:
    path = folder / "book.tei"
    entry = "<entry><form><orth>&x;</orth></form></entry>"
    path.write_text(f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI>{entry}</TEI>', "utf-8")
    return path


def json_nested_without_end(folder: Path) -> Path:
    path = folder / "book.json"
    path.write_text('{"cat": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}", "utf-8")
    return path


def wiktextract_nested_without_end(folder: Path) -> Path:
    path = folder / "book.jsonl"
    nested = "[" * 1_000_000 + "]" * 1_000_000
    path.write_text(f'{{"word": "cat", "lang_code": "en", "senses": {nested}}}\n', "utf-8")
    return path


def a_header_of_ten_million_columns(folder: Path) -> Path:
    path = folder / "book.csv"
    path.write_text("headword,gloss" + ",c" * 10_000_000 + "\ncat,mèo\n", "utf-8")
    return path


def a_slob_whose_bin_unpacks_without_end(folder: Path) -> Path:
    return slob(folder / "book.slob", [(["cat"], bytes(300_000_000))])


def an_mdict_block_that_unpacks_without_end(folder: Path) -> Path:
    pytest.importorskip("pyglossary", reason="the extra formats is not installed")
    path = mdict(folder / "book.mdx", [("cat", "mèo")])
    data = path.read_bytes()
    size = struct.unpack_from(">I", data)[0] + 8
    info = 44 + struct.unpack_from(">Q", data, size + 24)[0]
    packer = zlib.compressobj(9)
    block = b"".join(packer.compress(bytes(1 << 24)) for _ in range(60)) + packer.flush()
    head = data[: size + info]
    keys = b"\x02\0\0\0" + bytes(4) + block
    path.write_bytes(head[: size + 32] + struct.pack(">Q", len(keys)) + head[size + 40 :] + keys)
    return path


def a_zip_that_unpacks_without_end(folder: Path) -> Path:
    pytest.importorskip("pyglossary", reason="the extra formats is not installed")
    path = folder / "book.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.json", json.dumps({"title": "x", "format": 3, "revision": "1"}))
        with archive.open("term_bank_1.json", "w", force_zip64=True) as bank:
            bank.write(b'[["cat","","","",0,["')
            for _ in range(600):
                bank.write(b"x" * 1_000_000)
            bank.write(b'"],0,""]]')
    return path


def a_database_with_a_text_of_400_megabytes(folder: Path) -> Path:
    return avdict(folder / "book.db", {"av": [("cat", "x" * 400_000_000, "")]})


def _noise(size: int) -> bytes:
    """The same bytes each time: one file in some hundred begins like JSON, and is refused for another reason."""
    return random.Random(size).randbytes(size)


def a_damaged_database(folder: Path) -> Path:
    path = avdict(folder / "book.db", {"av": [(f"w{n}", "mèo" * 50, "") for n in range(2000)]})
    data = bytearray(path.read_bytes())
    data[8192:60_000] = _noise(60_000 - 8192)
    path.write_bytes(data)
    return path


def noise(folder: Path) -> Path:
    path = folder / "book.bin"
    path.write_bytes(_noise(3_000_000))
    return path


def zeros(folder: Path) -> Path:
    path = folder / "book.tab"
    path.write_bytes(bytes(3_000_000))
    return path


def nothing(folder: Path) -> Path:
    path = folder / "book.tab"
    path.touch()
    return path


def a_folder(folder: Path) -> Path:
    return folder


def zeros_without_end(_folder: Path) -> Path:
    return Path("/dev/zero")


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.tab")
    return folder / "pipe.tab"


def a_socket(folder: Path) -> Path:
    with contextlib.chdir(folder), socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.tab")
    return folder / "socket.tab"


def a_link_to_itself(folder: Path) -> Path:
    (folder / "link.tab").symlink_to("link.tab")
    return folder / "link.tab"


def a_name_without_end(folder: Path) -> Path:
    return folder / ("x" * 300)
