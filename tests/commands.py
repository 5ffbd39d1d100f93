"""Running `dictsvc` in this process, and what every failure has to be like."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from dictsvc.cli.main import main
from dictsvc.model import Dictionary


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


class Runner:
    """Runs `dictsvc` on a database in this process."""

    def __init__(self, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.database, self._monkeypatch, self._capsys = database, monkeypatch, capsys

    def __call__(self, *words: str) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["dictsvc", "--database", str(self.database), *words])
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = self._capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Ran(status, captured.out, captured.err)


def failed(run: Runner, *words: str, status: int = 1) -> str:
    """The sentence with which a command fails, after which nothing is changed or left behind."""
    before = run.database.read_bytes()
    ran = run(*words)
    assert (ran.status, ran.out) == (status, ""), ran.err
    assert run.database.read_bytes() == before
    assert {path.name.removeprefix(run.database.name) for path in run.database.parent.iterdir()} <= {
        "", ".lock", "downloads"
    }  # fmt: skip
    said = [line for line in ran.err.splitlines() if not line.startswith(("Reading ", "Fetching "))]
    assert len(said) == 1 or status == 2, ran.err
    return said[-1]


def ids(run: Runner) -> list[str]:
    return [d.id for d in msgspec.json.decode(run("list", "--json").out, type=list[Dictionary])]
