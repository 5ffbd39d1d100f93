"""`dictsvc check`: the database is whole, every entry can be read, and each kind of fault is told in a line."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from pathlib import Path

import msgspec
import pytest

from dictsvc.checking import RULES, Fault
from dictsvc.cli.check import Findings
from dictsvc.entry_parts import see_links
from dictsvc.model import Dictionary, Entry, Example, Idiom, Sense
from dictsvc.storage.publisher import publishing
from tests.commands import Runner, failed

GOOD = Entry("má", ("mạ",), senses=(Sense("noun", gloss="mother; a < b & c"),))
FAULTS = {
    "An entry has no sense, idiom or reference.": Entry("trơ"),
    "A sense has no gloss.": Entry("rỗng", senses=(Sense("noun", examples=(Example("rỗng không"),)),)),
    "A text holds control": Entry("thẻ", idioms=(Idiom("thẻ bài", (Sense(gloss="a <b>card</b>"),)),)),
    "A reference leads to no": Entry("xem", links=see_links(["Mạ", "không có"])),
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    (tmp_path / "data").mkdir()
    return Runner(tmp_path / "data" / "dictsvc.sqlite3", monkeypatch, capsys)


def _load(run: Runner, *entries: Entry) -> None:
    dictionary = Dictionary(id="vi-en", title="Việt–Anh", source_language="vi", target_language="en")
    with publishing(run.database) as builder:
        builder.replace(dictionary, [GOOD, *entries])


def _faults(run: Runner) -> tuple[Fault, ...]:
    return msgspec.json.decode(run("check", "--json").out, type=Findings).faults


def test_what_is_loaded_and_what_it_takes(run: Runner) -> None:
    _load(run)
    ran = run("check")
    assert ran.status == 0
    assert ran.out.startswith("vi-en (Việt–Anh): 1 entries.\n")
    assert re.search(r"The database takes \d+\.\d MB: .*\bentry \d", ran.out)
    assert ran.out.endswith("\nThe database is whole.\n")
    findings = msgspec.json.decode(run("check", "--json").out, type=Findings)
    assert [(report.dictionary.id, report.kept) for report in findings.dictionaries] == [("vi-en", 1)]
    assert findings.faults == ()


@pytest.mark.parametrize("message", FAULTS)
def test_a_line_for_each_kind_of_fault(run: Runner, message: str) -> None:
    _load(run, FAULTS[message], FAULTS[message])
    (fault,) = _faults(run)
    assert fault.message.startswith(message)
    assert (fault.headword, fault.count, fault.damaged) == (FAULTS[message].headword, 2, False)
    ran = run("check")
    assert ran.status == 0
    assert f"\n  2 × {fault.message} First at {fault.headword}: {fault.detail}\n" in ran.out


def test_every_rule_has_a_fault_that_it_finds() -> None:
    found = {rule for rule in RULES for entry in FAULTS.values() if list(rule(entry))}
    assert found == set(RULES)
    assert not [detail for rule in RULES for detail in rule(GOOD)]


def test_an_entry_that_cannot_be_read_is_damage(run: Runner) -> None:
    _load(run, Entry("mà", senses=(Sense(gloss="but"),)))
    with contextlib.closing(sqlite3.connect(run.database)) as connection:
        connection.execute("UPDATE entry SET body = x'c1' WHERE headword = 'mà'")
        connection.commit()
    ran = run("check")
    assert ran.status == 1
    assert "1 × An entry cannot be read; load its dictionary again. First at mà" in ran.out


def test_a_dictionary_that_lacks_entries_is_damage(run: Runner) -> None:
    _load(run, Entry("mà", senses=(Sense(gloss="but"),)))
    with contextlib.closing(sqlite3.connect(run.database)) as connection:
        connection.execute("DELETE FROM entry WHERE headword = 'mà'")
        connection.commit()
    assert "is damaged; run `dictsvc load` to rebuild it." in failed(run, "check")
