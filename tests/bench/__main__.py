"""Measure everything, or the parts named."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from dictsvc.loading import load
from tests.bench import growth, queries, spelling, web
from tests.bench.report import Figure, print_table
from tests.conftest import ROOT, corpus_requests

_PARTS = ("web", "latency", "resources", "spelling", "growth")
_FOLDER = ROOT / "build" / "bench"


def main() -> int:
    """Print the tables; status 1 where a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(_PARTS))
    parts = parser.parse_args().parts or _PARTS
    shared = Path(ROOT / os.environ.get("DICTSVC_SHARED", "../shared")).resolve()
    if not (shared / "corpus").is_dir():
        sys.exit(f"no real dictionaries in {shared}; set DICTSVC_SHARED")
    requests = corpus_requests(shared)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    database = _FOLDER / "full.sqlite3"
    load(database, requests)
    words = queries.headwords(requests)
    makers = {
        "web": lambda: web.throughput_figures(database, words),
        "latency": lambda: web.latency_figures(database, words),
        "resources": lambda: web.resource_figures(database, words),
        "spelling": lambda: spelling.figures(words),
        "growth": lambda: growth.figures(database, requests, words, _FOLDER),
    }
    every: list[Figure] = []
    for part in parts:
        figures = makers[part]()
        print_table(part, figures)
        every += figures
    return int(any(figure.reached is False for figure in every))


if __name__ == "__main__":
    sys.exit(main())
