"""Load all fourteen dictionaries of the corpus into one database, then each alone, and print what it took."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dictsvc.loading import LoadRequest
from dictsvc.storage.inspection import part_sizes
from dictsvc.storage.snapshot import Snapshot
from tests.bench.report import Figure, print_table
from tests.conftest import ROOT
from tests.scale.measuring import MEGABYTE, measured, requests, text_bytes

_MOST_SECONDS, _MOST_MEGABYTES, _MOST_RATIO = 90, 500, 3


def _print_folders(wanted: Sequence[LoadRequest], folder: Path) -> None:
    table = Table("folder", "read", "kept", "merged", "skipped", "problems", "s", "peak MB", box=None)
    for request in wanted:
        found = measured(folder / f"{request.id}.sqlite3", [request])
        (report,) = found.reports
        problems = ", ".join(f"{code} {count:,}" for code, count in report.problems.items())
        counts = (f"{number:,}" for number in (report.read, report.kept, report.merged, report.skipped))
        table.add_row(request.path.parent.name, *counts, problems, f"{found.seconds:.1f}", f"{found.peak:.0f}")
    Console(width=200).print(table)


def main() -> int:
    """Print the tables; status 1 where a goal is missed."""
    corpus = (ROOT / os.environ.get("DICTSVC_SHARED", "../shared") / "corpus").resolve()
    wanted = requests(corpus)
    with tempfile.TemporaryDirectory(prefix="dictsvc-scale-") as place:
        folder = Path(place)
        database = folder / "all.sqlite3"
        found = measured(database, wanted)
        snapshot = Snapshot(database)
        text = sum(text_bytes(s.entry() for s in snapshot.all_entries(name)) for name in snapshot.dictionaries)
        size = database.stat().st_size
        kept = sum(report.kept for report in found.reports)
        parts = ", ".join(f"{part.table} {part.bytes / MEGABYTE:.1f}" for part in part_sizes(database))
        figures = [
            Figure(f"loading {kept:,} entries", f"{found.seconds:.1f} s", "90 s", found.seconds <= _MOST_SECONDS),
            Figure("peak memory", f"{found.peak:.0f} MB", "500 MB", found.peak <= _MOST_MEGABYTES),
            Figure("file over text", f"{size / text:.2f}", "at most 3", size <= _MOST_RATIO * text),
            Figure("file, text", f"{size / MEGABYTE:.1f} MB, {text / MEGABYTE:.1f} MB", "", None),
            Figure("tables in MB", parts, "", None),
        ]
        print_table("scale", figures)
        _print_folders(wanted, folder)
    return int(any(figure.reached is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
