"""Everything at once, or the parts named."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from dictsvc.loading import LoadRequest, load, load_bundled
from tests.bench import queries
from tests.bench.report import Figure, print_table
from tests.conftest import MINI, ROOT
from tests.soak import attacks, changes, resources

_VARIED = 100_000


def main() -> int:
    """Print what was measured; status 1 where something did not stand it."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART")
    with tempfile.TemporaryDirectory(prefix="dictsvc-soak-") as place:
        folder = Path(place)
        first, second = folder / "first.sqlite3", folder / "second.sqlite3"
        load_bundled(first)
        load_bundled(second)
        load(second, [LoadRequest(path=MINI["vi-en"], id="mini")])
        bundled = [LoadRequest(path=path) for path in sorted((ROOT / "dictionaries").glob("*.tsv"))]
        words = queries.headwords(bundled)
        some = queries.exact(words, 50) + queries.typos(words, 20)
        varied = queries.lookup_paths(_varied(words))
        parts: dict[str, Callable[[], list[Figure]]] = {
            "reloads": lambda: changes.reloads(first, second, some, folder),
            "switches": lambda: [f for n in (2, 16) for f in changes.switches(first, some, folder, n)],
            "slow": lambda: attacks.slow_clients(first, some),
            "flood": lambda: attacks.flood(first),
            "killed": lambda: attacks.killed_workers(first, some),
            "crash": lambda: attacks.crash_loop(first),
            "stop": lambda: attacks.stopped_under_load(first, some),
            "files": lambda: resources.no_more_files(first, some),
            "disk": lambda: resources.full_disk(first, some * 3),
            "damage": lambda: changes.damaged_database(first, words[::3], folder),
            "memory": lambda: resources.bounded_memory(first, varied),
        }
        every: list[Figure] = []
        for part in parser.parse_args().parts or parts:
            figures = parts[part]()
            print_table(part, figures)
            every += figures
    return int(any(figure.reached is False for figure in every))


def _varied(words: list[str]) -> list[str]:
    pool = [*words, *queries.typos(words, 8000)]
    return queries.zipf_mix([pool, [f"{word} {n}" for n, word in enumerate(words[:20_000])]], _VARIED)


if __name__ == "__main__":
    sys.exit(main())
