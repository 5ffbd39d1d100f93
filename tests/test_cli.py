"""The command line: what it prints, and its exit status: 0 done, 1 failed with one sentence, 2 wrong usage."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dictsvc import __version__
from dictsvc.cli.main import command
from dictsvc.model import Dictionary, LookupResult
from tests.commands import Runner
from tests.conftest import FIXTURES


@pytest.fixture
def on_mini(mini_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(mini_database, monkeypatch, capsys)


@pytest.fixture
def on_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path / "data" / "dictsvc.sqlite3", monkeypatch, capsys)


def test_version(on_mini: Runner) -> None:
    assert on_mini("--version").out.strip().endswith(__version__)


@pytest.mark.parametrize("name", sorted(command.commands))
def test_every_command_explains_itself(on_mini: Runner, name: str) -> None:
    shown = on_mini(name, "--help")
    assert shown.status == 0
    assert "Usage:" in shown.out
    assert len(shown.out.splitlines()[2]) > 20


def test_lookup_prints_the_entry_and_why(on_mini: Runner) -> None:
    found = on_mini("lookup", "nghi", "quyet")
    assert found.status == 0
    assert found.out.startswith("nghị quyết")
    assert "gõ thiếu dấu" in found.out
    assert "resolution" in found.out
    assert "adopt a resolution" in found.out


def test_lookup_as_json_is_the_api_s_answer(on_mini: Runner) -> None:
    result = msgspec.json.decode(on_mini("lookup", "má", "--json", "--dict", "vi-en").out, type=LookupResult)
    assert result.results[0].headword == "má"


def test_lookup_that_finds_nothing_fails(on_mini: Runner) -> None:
    ran = on_mini("lookup", "qqqqqqqqqq")
    assert (ran.status, "Không tìm thấy" in ran.out) == (1, True)


def test_list(on_mini: Runner) -> None:
    assert "vi → en" in on_mini("list").out
    listed = msgspec.json.decode(on_mini("list", "--json").out, type=list[Dictionary])
    assert [d.id for d in listed] == ["vi-en", "en-vi"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("lookup", "a", "--dict", "zz"), 1, "There is no dictionary 'zz'"),
        (("lookup", "a" * 201), 1, "201 characters"),
        (("lookup", " "), 1, "blank"),
        (("lookup", "a", "--limit", "0"), 2, "--limit"),
        (("load", "nowhere.ifo"), 1, "nowhere.ifo is no file"),
        (("load", str(FIXTURES / "vi-en.tsv"), str(FIXTURES / "en-vi.tsv"), "--id", "x"), 2, "--id names one"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_one_clear_sentence(on_mini: Runner, words: tuple[str, ...], status: int, sentence: str) -> None:
    ran = on_mini(*words)
    assert ran.status == status
    assert sentence in ran.err


def test_without_a_database(on_nothing: Runner) -> None:
    ran = on_nothing("list")
    assert ran.status == 1
    assert "does not exist" in ran.err


def test_load_list_remove(on_nothing: Runner) -> None:
    loaded = on_nothing("load", str(FIXTURES / "vi-en.tsv"))
    assert loaded.status == 0, loaded.err
    assert "vi-en" in loaded.out
    again = on_nothing("load", str(FIXTURES / "vi-en.tsv"))
    assert again.out.startswith("Unchanged")
    assert on_nothing("remove", "zz").status == 2
    assert on_nothing("load", str(FIXTURES / "en-vi.tsv"), "--id", "mine", "--title", "Của tôi").status == 0
    assert on_nothing("remove", "mine").status == 0
    assert "Của tôi" not in on_nothing("list").out


def test_a_wrong_variable_is_named(
    on_mini: Runner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DICTSVC_PORT", "http")
    ran = on_mini("list")
    assert ran.status == 2
    assert "DICTSVC_PORT" in ran.err
