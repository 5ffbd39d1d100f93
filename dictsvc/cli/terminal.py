"""What commands print: reports, tables, progress. Answers go to standard output, all else to standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import msgspec
from rich import progress
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from dictsvc.load_statistics import SHARES, Progress
from dictsvc.model import LoadReport

FAILED, WRONG_USAGE = 1, 2
"""Exit statuses."""
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def table_of(*columns: str) -> Table:
    """An empty table; numbers stand right, and nothing in it is cut short."""
    table = Table(box=None, header_style="bold")
    for name in columns:
        right = name in ("entries", "download", "times")
        table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=name == "id")
    return table


def megabytes(size: int) -> str:
    """A number of bytes for people to read.

    >>> megabytes(12_340_000)
    '12.3 MB'
    """
    return f"{size / 1_000_000:.1f} MB"


def say(line: str, *, style: str | None = None) -> None:
    """Print a line as it stands, however long it is."""
    out.print(line, style=style, markup=False, soft_wrap=True)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def print_report(report: LoadReport, *, dry_run: bool = False) -> None:
    """Print what loading a dictionary came to: a line on it, one on what it holds, one on each kind of problem."""
    d = report.dictionary
    what = "Replaced" if report.replaced else "Loaded"
    if dry_run:
        what = "Would replace" if report.replaced else "Would load"
    if not report.changed:
        what = "Unchanged:"
    say(f"{what} {d.id} ({d.title}): {report.kept:,} entries in {report.seconds:.1f} s.")
    print_contents(report)


def print_contents(report: LoadReport) -> None:
    """Print what a dictionary holds, and what was wrong with it."""
    held = ", ".join(f"{field.replace('_', ' ')} {getattr(report, share):.0%}" for share, field in SHARES.items())
    counts = f"{report.read:,} read, {report.merged:,} merged, {report.skipped:,} skipped"
    say(f"  {counts}; with {held}.")
    for code, count in report.problems.items():
        say(f"  {count:,} × {code}, first at {report.places[code][0]}", style="yellow")


@contextmanager
def counting(verb: str, *, size: bool = False) -> Iterator[Progress]:
    """A progress bar for each thing being done on a terminal; elsewhere a line when it begins.

    With `size` the numbers are bytes.
    """
    if not err.is_terminal:
        begun: set[str] = set()

        def announce(name: str, _done: int, _all: int | None) -> None:
            if name not in begun:
                begun.add(name)
                err.print(f"{verb} {name} …", markup=False)

        yield announce
        return
    numbers = DownloadColumn() if size else MofNCompleteColumn()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), numbers, TimeRemainingColumn())
    with progress.Progress(*columns, console=err, transient=True) as bars:
        tasks = {}

        def show(name: str, done: int, whole: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(f"{verb} {name}", total=whole)
            bars.update(tasks[name], completed=done, total=whole)

        yield show
