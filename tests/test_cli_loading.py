"""`dictsvc load` and `dictsvc install`: what each option does, what each failure says, and how it ends.

1. A command that fails says one sentence on standard error, and the database is as it was, to the byte.
2. Exit status: 0 done, 1 failed, 2 wrong usage.
3. Progress is a line for each file where nobody watches, a bar on a terminal, and never part of the answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from dictsvc import loading
from dictsvc.cli import load
from dictsvc.model import LoadReport
from dictsvc.sources.catalog import Catalog, Download, Offer, catalog
from dictsvc.storage.builder import DatabaseBuilder
from dictsvc.storage.snapshot import Snapshot
from tests.commands import Runner, failed, ids
from tests.conftest import FIXTURES, ROOT, load_mini

MINI = (str(FIXTURES / "vi-en.tsv"), str(FIXTURES / "en-vi.tsv"))
FAULTY = "má\t-mère\nbà\t-dame\nno tab\nlone\t\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    (tmp_path / "data").mkdir()
    return Runner(load_mini(tmp_path / "data" / "dictsvc.sqlite3"), monkeypatch, capsys)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    path = tmp_path / "vi-fr.tab"
    path.write_text(FAULTY, encoding="utf-8")
    return str(path)


# load


def test_what_load_says(run: Runner, faulty: str) -> None:
    ran = run("load", faulty)
    assert ran.status == 0
    assert ran.err == "Reading vi-fr.tab …\n"
    first, counts, *problems = ran.out.splitlines()
    assert re.fullmatch(r"Loaded vi-fr \(vi-fr\): 3 entries in \d\.\d s\.", first)
    assert counts == ("  4 read, 0 merged, 1 skipped; with part of speech 0%, pronunciation 0%, examples 0%.")
    assert problems == [
        "  1 × no-tab, first at line 3: no tab between headword and body: 'no tab'",
        "  1 × empty-body, first at line 4 (lone): the headword stands alone",
    ]


def test_what_the_options_say_goes_before_what_the_file_says(run: Runner, faulty: str) -> None:
    described = ("--title", "Của tôi", "--licence", "CC0-1.0", "--origin", "nhà", "--source", "vi", "--target", "la")
    assert run("load", faulty, "--id", "mine", *described).status == 0
    mine = Snapshot(run.database).dictionaries["mine"]
    assert (mine.title, mine.licence, mine.origin) == ("Của tôi", "CC0-1.0", "nhà")
    assert (mine.source_language, mine.target_language) == ("vi", "la")


def test_a_named_format_is_not_guessed(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "vi-en.txt"
    path.write_text("@má\n- mother\n", encoding="utf-8")
    assert run("load", str(path), "--id", "guessed").status == 0
    assert Snapshot(run.database).dictionaries["guessed"].entry_count == 1
    assert "holds no entry that can be read (line 1: no tab" in failed(run, "load", str(path), "--format", "tab")
    assert "--format" in failed(run, "load", str(path), "--format", "word", status=2)


def test_several_files_are_published_once(run: Runner, faulty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    published = []
    write_to = DatabaseBuilder.write_to

    def counted(builder: DatabaseBuilder, path: Path) -> bool:
        published.append(path)
        return write_to(builder, path)

    monkeypatch.setattr(DatabaseBuilder, "write_to", counted)
    before = Snapshot(run.database).generation
    ran = run("load", MINI[0], faulty)
    assert ran.status == 0
    assert ran.out.startswith("Unchanged: vi-en")
    assert "Loaded vi-fr" in ran.out
    assert len(published) == 1
    assert ids(run) == ["vi-en", "en-vi", "vi-fr"]
    assert Snapshot(run.database).generation != before


def test_one_bad_file_of_several_loads_none(run: Runner, faulty: str) -> None:
    assert "nowhere.tab is no file" in failed(run, "load", faulty, "nowhere.tab")
    assert ids(run) == ["vi-en", "en-vi"]


def test_strict_reports_and_refuses(run: Runner, faulty: str, tmp_path: Path) -> None:
    report, before = tmp_path / "report.json", run.database.read_bytes()
    ran = run("load", faulty, "--strict", "--report", str(report))
    assert ran.status == 1
    assert ran.err.endswith("dictsvc: There are problems (vi-fr 2) and --strict was given; nothing was changed.\n")
    assert ran.out.startswith("Would load vi-fr (vi-fr): 3 entries")
    assert run.database.read_bytes() == before
    assert msgspec.json.decode(report.read_bytes(), type=list[LoadReport])[0].problems == {"no-tab": 1, "empty-body": 1}
    assert run("load", MINI[0], "--strict").status == 0, "what has no problem is loaded"


def test_a_dry_run_says_what_would_be(run: Runner, faulty: str) -> None:
    before = run.database.read_bytes()
    ran = run("load", faulty, "--dry-run")
    assert (ran.status, ran.out.startswith("Would load vi-fr (vi-fr): 3 entries")) == (0, True)
    assert run("load", faulty, "--id", "vi-en", "--dry-run").out.startswith("Would replace vi-en")
    assert run("load", MINI[0], "--dry-run").out.startswith("Unchanged: vi-en")
    assert run("load", faulty, "--dry-run", "--strict").status == 1
    assert run.database.read_bytes() == before


def test_the_report_in_a_file(run: Runner, faulty: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("load", faulty, MINI[0], "--report", str(report)).status == 0
    faults, unchanged = json.loads(report.read_bytes())
    assert faults["dictionary"]["id"] == "vi-fr"
    assert faults["dictionary"]["entry_count"] == 3
    assert (faults["read"], faults["kept"], faults["merged"], faults["skipped"]) == (4, 3, 0, 1)
    assert faults["problems"] == {"no-tab": 1, "empty-body": 1}
    assert faults["places"]["empty-body"] == ["line 4 (lone): the headword stands alone"]
    assert faults["seconds"] >= 0
    assert (faults["replaced"], faults["changed"]) == (False, True)
    assert (unchanged["replaced"], unchanged["changed"]) == (True, False)
    assert 0 < unchanged["with_part_of_speech"] <= 1
    assert 0 < unchanged["with_examples"] <= 1


@pytest.mark.parametrize("report", ["nowhere/report.json", "."])
def test_a_report_that_cannot_be_written_is_said_before_anything_is_done(
    run: Runner, faulty: str, tmp_path: Path, report: str
) -> None:
    status = 2 if report == "." else 1
    said = failed(run, "load", faulty, "--report", str(tmp_path / report), status=status)
    assert "report" in said or "directory" in said


# install


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog of two dictionaries, and the folder in which their files lie."""
    folder = tmp_path / "usb"
    folder.mkdir()
    offers = {}
    for name in ("cat", "dog"):
        content = f"headword\tgloss\n{name}\tcon {name}\n".encode()
        (folder / f"{name}.tsv").write_bytes(content)
        address = f"https://example.org/{name}.tsv"
        download = Download(url=address, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
        offers[name] = Offer(
            title=f"The {name}", source_language="en", target_language="vi", licence="CC0-1.0",
            description="All of it.", origin="https://example.org/", downloads=(download,),
        )  # fmt: skip
    made = Catalog(bundled=catalog().bundled, available=offers)
    monkeypatch.setattr(loading, "catalog", lambda: made)
    monkeypatch.setattr(load, "catalog", lambda: made)
    return folder


def test_install_shows_the_licence_and_loads(run: Runner, offered: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    ran = run("install", "cat", "dog", "cat", "--from", str(offered), "--report", str(report))
    assert ran.status == 0, ran.err
    assert ran.out.splitlines()[:2] == [
        "cat: The cat, 0.0 MB. All of it.",
        "  Licence: CC0-1.0. From https://example.org/",
    ]
    assert ids(run) == ["vi-en", "en-vi", "cat", "dog"]
    assert [r["dictionary"]["id"] for r in json.loads(report.read_bytes())] == ["cat", "dog"]
    assert run("install", "cat", "--from", str(offered)).out.splitlines()[2].startswith("Unchanged: cat")


def test_install_without_an_id_lists_the_catalog(run: Runner, offered: Path) -> None:
    run("install", "cat", "--from", str(offered))
    ran = run("install")
    assert ran.status == 0
    lines = {line.split()[0]: line for line in ran.out.splitlines() if line.strip()}
    assert lines["cat"].rstrip().endswith("yes")
    assert not lines["dog"].rstrip().endswith("yes")
    assert "CC0-1.0" in lines["dog"]
    assert "Install with: dictsvc install ID …" in ran.out


def test_install_tries_without_changing(run: Runner, offered: Path) -> None:
    before = run.database.read_bytes()
    ran = run("install", "cat", "--from", str(offered), "--dry-run")
    assert (ran.status, "Would load cat" in ran.out) == (0, True)
    (offered / "dog.tsv").write_bytes((offered / "dog.tsv").read_bytes()[::-1])
    assert run.database.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("mouse",), 2, "The catalog has no 'mouse'; it has cat, dog."),
        (("cat", "--from", "nowhere"), 1, "nowhere is no folder."),
        (("cat", "--mirror", "ftp://example.org"), 1, "The mirror 'ftp://example.org' is no web address"),
        (("cat", "--time-limit", "0"), 2, "--time-limit"),
    ],
)
def test_what_cannot_be_installed(
    run: Runner, offered: Path, words: tuple[str, ...], status: int, sentence: str
) -> None:
    before = run.database.read_bytes()
    ran = run("install", *words)
    assert (ran.status, sentence in ran.err) == (status, True), ran.err
    assert run.database.read_bytes() == before


# progress


def _on_a_terminal(*words: str) -> str:
    """What a command prints on a terminal."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-m", "dictsvc", *words]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        shown = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                shown += os.read(leader, 1 << 16)
            except OSError:  # its other end is closed
                break
        assert process.wait(30) == 0, shown
    os.close(leader)
    return shown.decode()


def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "vi-en.tab"
    path.write_text("".join(f"từ {n}\t- word {n}\n" for n in range(20_000)), encoding="utf-8")
    shown = _on_a_terminal("--database", str(tmp_path / "d.sqlite3"), "load", str(path))
    assert "Reading vi-en.tab" in shown
    assert re.search(r"\d+/\d+", shown), "how much was read"
    assert "━" in shown
    assert "\x1b[" in shown
    assert "Loaded vi-en" in shown
    assert "Reading vi-en.tab …" not in shown
