"""Print where a bundled dictionary breaks a rule; exit status 1 where one does."""

from __future__ import annotations

import sys

from dictsvc.sources.catalog import folder
from tests.dictionaries.lint.bundle import read_bundle
from tests.dictionaries.lint.rules import check


def main() -> int:
    """Print every fault; the exit status."""
    faults = list(check(read_bundle(folder())))
    for fault in faults:
        print(f"{fault.dictionary}: {fault.headword}: {fault.message} {fault.detail}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
