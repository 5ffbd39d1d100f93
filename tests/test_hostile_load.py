"""Hostile files through the whole of `dictsvc load`, in a process whose memory and time are measured.

1. What cannot be loaded is one sentence and status 1, within 512 MB and a minute and a half of processor time.
2. The dictionaries that were there go on answering, to the byte.
3. Nothing is left behind: no file beside the database, none in the temporary folder, no lock that is held.
4. What only costs itself lets the rest be loaded.
"""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.loading import LoadRequest, load
from dictsvc.search.context import Query
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import prepare
from dictsvc.storage.snapshot import Snapshot
from tests import hostile
from tests.conftest import ROOT, load_mini
from tests.sources.making import avdict, slob, stardict
from tests.waits import PROCESS_SECONDS

_MOST_MEGABYTES = 512
_MOST_SECONDS = 90
"""Seconds of processor time."""
_FUSE = 3_000_000_000
"""Bytes of address space at which a runaway process is ended before it takes the machine with it."""


_MEASURED = f"""
import atexit, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({_FUSE}, {_FUSE}))
resource.setrlimit(resource.RLIMIT_CPU, ({_MOST_SECONDS}, {_MOST_SECONDS}))
status = Path(sys.argv.pop(1))
atexit.register(lambda: status.write_bytes(Path("/proc/self/status").read_bytes()))
from dictsvc.cli.main import main
main()
"""


class Ran(Struct, frozen=True):
    """How a command ended."""

    status: int
    out: str
    err: str
    megabytes: float
    """Its memory at its largest."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return load_mini(folder / "dictsvc.sqlite3")


@pytest.fixture
def run(tmp_path: Path, database: Path) -> Callable[..., Ran]:
    """Runs `dictsvc` on the database, with a temporary folder of its own."""
    temporary, home = tmp_path / "temporary", tmp_path / "home"
    temporary.mkdir()
    home.mkdir()

    def command(*words: str) -> Ran:
        environment = {**os.environ, "TMPDIR": str(temporary), "HOME": str(home), "PYTHONPATH": str(ROOT)}
        status = tmp_path / "status"
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, str(status), "--database", str(database), *words],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, timeout=PROCESS_SECONDS,
            check=False,
        )  # fmt: skip
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))
        assert peak
        assert list(temporary.iterdir()) == []
        return Ran(done.returncode, done.stdout, done.stderr, int(peak[1]) / 1024)

    return command


HOPELESS: dict[Callable[[Path], Path], str] = {
    hostile.bodies_of_ten_gigabytes: "book.dict.dz holds more than",
    hostile.bodies_that_end_early: "book.dict.dz is damaged: it does not unpack.",
    hostile.bodies_in_a_pipe: "book.dict is no file.",
    hostile.an_index_without_end: "book.idx is no file.",
    hostile.an_index_that_points_past_the_end: "holds no entry that can be read (record 0: the index points beyond",
    hostile.spellings_without_end: "book.ifo holds no entry that can be read",
    hostile.a_line_of_200_megabytes: "book.tab",
    hostile.lines_without_end: "book.tab.gz holds more than 15 million lines",
    hostile.packed_twice: "book.tab.gz",
    hostile.billion_laughs: "declares XML entities",
    hostile.an_entity_that_reads_a_file: "declares XML entities",
    hostile.json_nested_without_end: "is no JSON dictionary",
    hostile.wiktextract_nested_without_end: "book.jsonl",
    hostile.a_header_of_ten_million_columns: "has no header line",
    hostile.a_slob_whose_bin_unpacks_without_end: "holds no entry that can be read",
    hostile.an_mdict_block_that_unpacks_without_end: "book.mdx cannot be read",
    hostile.a_zip_that_unpacks_without_end: "book.zip cannot be read",
    hostile.a_database_with_a_text_of_400_megabytes: "book.db holds a text of over",
    hostile.a_damaged_database: "book.db is a damaged SQLite database",
    hostile.noise: "book.bin is in no format that dictsvc knows",
    hostile.zeros: "book.tab",
    hostile.nothing: "book.tab is in no format",
    hostile.a_folder: "is no file.",
    hostile.zeros_without_end: "/dev/zero is no file.",
    hostile.a_pipe: "pipe.tab is no file.",
    hostile.a_socket: "socket.tab is no file.",
    hostile.a_link_to_itself: "link.tab is no file.",
    hostile.a_name_without_end: "cannot be read: File name too long.",
}


@pytest.mark.parametrize("make", HOPELESS, ids=lambda make: make.__name__)
def test_what_cannot_be_loaded(
    tmp_path: Path, database: Path, run: Callable[..., Ran], make: Callable[[Path], Path]
) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    path = make(folder)
    before = database.read_bytes()
    ran = run("load", str(path), "--source", "en", "--target", "vi")
    said = [line for line in ran.err.splitlines() if not line.startswith("Reading ")]
    assert ran.status == 1, ran
    assert len(said) == 1, ran
    assert said[0].startswith("dictsvc: ")
    assert HOPELESS[make] in said[0]
    assert len(said[0]) < 400
    assert ran.out == ""
    assert ran.megabytes < _MOST_MEGABYTES
    assert database.read_bytes() == before
    assert_nothing_is_left(database)


def assert_nothing_is_left(database: Path) -> None:
    lock = database.with_name(database.name + ".lock")
    assert set(database.parent.iterdir()) <= {database, lock}
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    found = lookup(prepare(Snapshot(database)), Query(text="nghi quyet"))
    assert found.results[0].headword == "nghị quyết"


@pytest.mark.parametrize(
    ("content", "name", "kept", "code"),
    [
        (b"cat\tm\xc3\xa8o\n" + b"x" * 5_000_000 + b"\ndog\tch\xc3\xb3\n", "book.tab", 2, "too-long"),
        (b"headword,gloss" + b",c" * 1_000_000 + b"\ncat,x\ndog," + b"y," * 900_000 + b"\n", "book.csv", 2, ""),
        (b'headword,gloss\ncat,x\ndog,"y' + b"y\n" * 200_000, "book.csv", 2, "unreadable-row"),
        (b"@cat\n- x\n" + b"- y\n" * 1_000_000 + b"@dog\n- z\n", "book.txt", 2, ""),
    ],
    ids=["a long line", "a million columns", "a quote that is never closed", "an entry of a million lines"],
)
def test_what_costs_only_itself(
    tmp_path: Path, database: Path, run: Callable[..., Ran], content: bytes, name: str, kept: int, code: str
) -> None:
    path, report = tmp_path / name, tmp_path / "report.json"
    path.write_bytes(content)
    ran = run("load", str(path), "--source", "en", "--target", "vi", "--id", "new", "--report", str(report))
    assert ran.status == 0, ran
    assert ran.megabytes < _MOST_MEGABYTES
    (found,) = json.loads(report.read_bytes())
    assert found["kept"] == kept, found
    assert code in found["problems"] or not code
    assert_nothing_is_left(database)
    assert "new" in Snapshot(database).dictionaries


def test_a_wordcount_that_lies(tmp_path: Path, database: Path, run: Callable[..., Ran]) -> None:
    path = stardict(tmp_path, [("cat", "- mèo")], wordcount="99999999999999999999", idxfilesize="-1")
    strict = run("load", str(path), "--source", "en", "--target", "vi", "--id", "new", "--strict")
    assert strict.status == 1
    assert "There are problems (new 1) and --strict was given; nothing was changed." in strict.err
    loaded = run("load", str(path), "--source", "en", "--target", "vi", "--id", "new")
    assert loaded.status == 0, loaded
    assert "1 × wrong-count, first at wordcount: the .ifo promises 99999999999999999999 entries" in loaded.out
    assert_nothing_is_left(database)


def test_names_that_lead_out_of_the_folder(tmp_path: Path, database: Path, run: Callable[..., Ran]) -> None:
    pytest.importorskip("pyglossary", reason="the extra formats is not installed")
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    path = folder / "book.zip"
    bank = json.dumps([["../../cat", "", "", "", 0, ["../../mèo"], 0, ""]])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("index.json", json.dumps({"title": "../../title", "format": 3, "revision": "1"}))
        for name in ("term_bank_1.json", "../../term_bank_2.json", "/term_bank_3.json", "../../evil.png"):
            archive.writestr(name, bank if name.endswith(".json") else b"evil")
    home = tmp_path / "home"
    there = {*tmp_path.rglob("*"), tmp_path / "status"}
    ran = run("load", str(path), "--source", "en", "--target", "vi", "--id", "new")
    assert ran.status == 0, ran
    assert {made for made in tmp_path.rglob("*") if home not in made.parents} <= there | {home}
    assert not [made for made in home.rglob("*") if "evil" in made.name or "bank" in made.name]
    assert not Path("/term_bank_3.json").exists()
    assert_nothing_is_left(database)


@pytest.mark.parametrize("harm", ["deleted", "cut short", "another in its place"])
@pytest.mark.parametrize("kind", ["tab", "packed", "stardict", "avdict", "slob"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, database: Path, kind: str, harm: str) -> None:
    records = [(f"w{n}", f"- {n} {os.urandom(40).hex()}") for n in range(20_000)]
    lines = "".join(f"{word}\t{body}\n" for word, body in records).encode()
    make: dict[str, Callable[[], list[Path]]] = {
        "tab": lambda: [_written(tmp_path / "b.tab", lines)],
        "packed": lambda: [_written(tmp_path / "b.tab.gz", gzip.compress(lines))],
        "stardict": lambda: [stardict(tmp_path, records, name="b"), tmp_path / "b.dict", tmp_path / "b.idx"],
        "avdict": lambda: [avdict(tmp_path / "b.db", {"av": [(word, body, "") for word, body in records]})],
        "slob": lambda: [slob(tmp_path / "b.slob", [([word], body.encode()) for word, body in records])],
    }
    files = make[kind]()

    def disturb(_name: str, _read: int, _expected: int | None) -> None:
        for file in files:
            if harm == "deleted":
                file.unlink(missing_ok=True)
            elif harm == "cut short":
                os.truncate(file, file.stat().st_size // 2)
            else:
                _written(file.with_suffix(".other"), b"@other\n- text\n").replace(file)
        files.clear()

    before = database.read_bytes()
    request = LoadRequest(path=files[0], id="new", source_language="en", target_language="vi")
    try:
        (report,) = load(database, [request], progress=disturb)
    except SourceError as error:
        assert "b." in str(error)
        assert database.read_bytes() == before
    else:
        assert 1000 <= report.kept <= 20_000
    assert files == []
    assert_nothing_is_left(database)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
