"""The commands on dictionaries that are loaded: list, remove, export. What fails changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dictsvc.loading import load_bundled
from dictsvc.storage.snapshot import Snapshot
from tests.commands import Runner, failed, ids
from tests.conftest import FIXTURES, load_mini

MINI = (str(FIXTURES / "vi-en.tsv"), str(FIXTURES / "en-vi.tsv"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    (tmp_path / "data").mkdir()
    return Runner(load_mini(tmp_path / "data" / "dictsvc.sqlite3"), monkeypatch, capsys)


def test_remove_brings_the_bundled_one_back(run: Runner) -> None:
    load_bundled(run.database)
    there = Snapshot(run.database)
    assert run("load", MINI[0], "--id", "hanh-chinh", "--title", "Mine").out.startswith("Replaced hanh-chinh (Mine)")
    ran = run("remove", "hanh-chinh")
    assert ran.out == "Removed hanh-chinh.\nThe bundled hanh-chinh is back.\n"
    after = Snapshot(run.database)
    assert after.dictionaries["hanh-chinh"] == there.dictionaries["hanh-chinh"]
    assert after.generation == there.generation
    assert run("remove", "vi-en").out == "Removed vi-en.\nThe bundled vi-en is back.\n"
    assert run("remove", "en-vi").status == 0


def test_remove_takes_out_what_is_no_bundled_one(run: Runner) -> None:
    run("load", MINI[0], "--id", "mine")
    assert run("remove", "mine").out == "Removed mine.\n"
    assert ids(run) == ["vi-en", "en-vi"]
    assert "There is no dictionary 'mine'; `dictsvc list` shows" in failed(run, "remove", "mine", status=2)


def test_export_to_a_file_and_back(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "out.tsv"
    assert run("export", "vi-en", "-o", str(path)).out == ""
    assert run("export", "vi-en").out == path.read_text("utf-8")
    assert run("load", str(path), "--id", "vi-en").out.startswith("Unchanged: vi-en")
    assert failed(run, "export", "zz") == "dictsvc: There is no dictionary 'zz'; loaded are vi-en, en-vi."
    assert "Usage" in run("export").err


def test_an_export_that_fails_leaves_the_file_there_was(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "out.tsv"
    path.write_text("mine", encoding="utf-8")
    failed(run, "export", "zz", "-o", str(path))
    assert path.read_text("utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name] == ["out.tsv"]


@pytest.mark.parametrize("command", [("check",), ("list",), ("export", "vi-en"), ("lookup", "a")])
def test_a_damaged_database_is_said_in_a_sentence(run: Runner, command: tuple[str, ...]) -> None:
    os.truncate(run.database, run.database.stat().st_size // 3)
    said = failed(run, *command)
    assert "is damaged; run `dictsvc load` to rebuild it." in said


@pytest.mark.parametrize("command", [("check",), ("list",), ("export", "vi-en"), ("lookup", "a")])
def test_no_database_is_said_in_a_sentence(run: Runner, command: tuple[str, ...]) -> None:
    run.database.unlink()
    ran = run(*command)
    assert ran.status == 1
    assert "does not exist; run" in ran.err


def test_no_database_is_no_dictionary_to_remove(run: Runner) -> None:
    run.database.unlink()
    assert run("remove", "vi-en").status == 2
    assert not run.database.exists()
