"""What commands print: on a terminal and elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dictsvc.cli import terminal
from dictsvc.cli.terminal import counting, megabytes, print_report, table_of
from dictsvc.model import Dictionary, LoadReport

REPORT = LoadReport(
    dictionary=Dictionary(id="en-vi", title="[b]Anh[/b]–Việt", source_language="en", target_language="vi"),
    read=1234,
    kept=1200,
    skipped=30,
    merged=4,
    problems={"no-tab": 30},
    places={"no-tab": ["line 7: no tab between headword and body: '[red]x'"]},
    with_part_of_speech=0.5,
    with_pronunciation=0.25,
    with_examples=0,
    seconds=1.26,
    replaced=False,
    changed=True,
)


def _console(monkeypatch: pytest.MonkeyPatch, name: str, *, is_terminal: bool, width: int = 40) -> io.StringIO:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=is_terminal, width=width, highlight=False, color_system=None)
    monkeypatch.setattr(terminal, name, console)
    return shown


@pytest.mark.parametrize(
    ("replaced", "changed", "dry_run", "begins"),
    [
        (False, True, False, "Loaded en-vi"),
        (True, True, False, "Replaced en-vi"),
        (True, False, False, "Unchanged: en-vi"),
        (False, True, True, "Would load en-vi"),
        (True, True, True, "Would replace en-vi"),
    ],
)
def test_a_report_begins_with_what_was_done(
    monkeypatch: pytest.MonkeyPatch, replaced: bool, changed: bool, dry_run: bool, begins: str
) -> None:
    shown = _console(monkeypatch, "out", is_terminal=False)
    report = LoadReport(**{**_fields(REPORT), "replaced": replaced, "changed": changed})  # type: ignore[arg-type]
    print_report(report, dry_run=dry_run)
    assert shown.getvalue().startswith(begins)


def _fields(report: LoadReport) -> dict[str, object]:
    return {name: getattr(report, name) for name in LoadReport.__struct_fields__}


def test_a_report_s_lines_are_whole_and_hold_no_markup_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _console(monkeypatch, "out", is_terminal=False)
    print_report(REPORT)
    assert shown.getvalue().splitlines() == [
        "Loaded en-vi ([b]Anh[/b]–Việt): 1,200 entries in 1.3 s.",
        "  1,234 read, 4 merged, 30 skipped; with part of speech 50%, pronunciation 25%, examples 0%.",
        "  30 × no-tab, first at line 7: no tab between headword and body: '[red]x'",
    ]


def test_a_line_for_each_thing_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _console(monkeypatch, "err", is_terminal=False)
    with counting("Reading") as progress:
        for read in range(0, 5000, 1000):
            progress("a[1].tab", read, 5000)
            progress("b.tab", read, None)
    assert shown.getvalue() == "Reading a[1].tab …\nReading b.tab …\n"


@pytest.mark.parametrize(("size", "numbers"), [(False, "2500/5000"), (True, "2.5/5.0 kB")])
def test_a_bar_on_a_terminal_that_goes_when_it_is_done(
    monkeypatch: pytest.MonkeyPatch, size: bool, numbers: str
) -> None:
    shown = _console(monkeypatch, "err", is_terminal=True, width=100)
    with counting("Reading", size=size) as progress:
        progress("a[1].tab", 0, None)
        progress("a[1].tab", 2500, 5000)
        drawn = shown.tell()
    assert "Reading a[1].tab" in shown.getvalue()
    assert numbers in shown.getvalue()
    assert "━" in shown.getvalue()
    assert shown.getvalue()[drawn:].endswith("\x1b[2K"), "the bar is wiped away"


def test_nothing_of_a_table_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _console(monkeypatch, "out", is_terminal=False, width=60)
    table = table_of("id", "title", "entries")
    table.add_row("a-rather-long-identifier", "Từ điển " * 10, "1,234")
    terminal.out.print(table)
    assert "…" not in shown.getvalue()
    assert shown.getvalue().count("Từ") == 10
    assert "a-rather-long-identifier" in shown.getvalue()


def test_bytes_for_people() -> None:
    assert [megabytes(size) for size in (0, 49_999, 1_250_000)] == ["0.0 MB", "0.0 MB", "1.2 MB"]
