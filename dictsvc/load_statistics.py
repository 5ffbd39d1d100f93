"""Counts what passes from a reader to the writer, for the load report."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from dictsvc.entry_parts import senses_of
from dictsvc.model import Dictionary, Entry, LoadReport, Problem
from dictsvc.sources.source import About, Record

PLACES_SHOWN = 5
"""Places of each kind of problem that a report names."""
SHARES = {name: name.removeprefix("with_") for name in LoadReport.__struct_fields__ if name.startswith("with_")}
"""Members of a report that are shares of entries, each with the field that these entries or their senses fill."""
_PROGRESS_EVERY = 1000

Progress = Callable[[str, int, int | None], None]
"""Called with (name, done, total) as work proceeds: what is read, records so far, and how many there are, if known."""


def silent(_name: str, _read: int, _expected: int | None) -> None:
    """Progress that nobody watches."""


class LoadStatistics:
    """Passes the entries among the records of one file on, each once, and counts everything for the load report."""

    def __init__(self, name: str, expected: int | None = None, progress: Progress = silent) -> None:
        self._name = name
        self._expected = expected
        self._progress = progress
        self._start = time.perf_counter()
        self._read = self._kept = self._skipped = self._merged = 0
        self._seen: set[int] = set()
        self._counts: Counter[str] = Counter()
        self._places: dict[str, list[str]] = {}
        self._with: Counter[str] = Counter()
        self.about: dict[str, str] = {}
        """What records said of the dictionary itself, by field."""

    def entries(self, records: Iterable[Record]) -> Iterator[Entry]:
        """The entries among `records`, each once: an entry equal to an earlier one in everything is merged."""
        for record in records:
            if isinstance(record, About):
                self.about.setdefault(record.field, record.text)
            elif isinstance(record, Problem):
                self._note(record)
            else:
                self._read += 1
                if self._is_new(record):
                    self._measure(record)
                    yield record
            if self._read % _PROGRESS_EVERY == 0:
                self._progress(self._name, self._read, self._expected)
        self._progress(self._name, self._read, self._read)

    def _is_new(self, entry: Entry) -> bool:
        known = hash(entry)  # 64 bits: one chance in a billion that any two of 200,000 entries agree
        if known in self._seen:
            self._merged += 1
            return False
        self._seen.add(known)
        return True

    def _note(self, problem: Problem) -> None:
        self._counts[problem.code] += 1
        places = self._places.setdefault(problem.code, [])
        if len(places) < PLACES_SHOWN:
            places.append(f"{problem.location}: {problem.detail}")
        if problem.skipped:
            self._read += 1
            self._skipped += 1

    def _measure(self, entry: Entry) -> None:
        self._kept += 1
        parts = (entry, *senses_of(entry))
        for share, field in SHARES.items():
            self._with[share] += any(getattr(part, field, None) for part in parts)

    @property
    def problems(self) -> int:
        """How many problems there were, records that were mended among them."""
        return self._counts.total()

    def commonest_problem(self) -> str:
        """The first place of the commonest kind of problem; empty where there was none."""
        return self._places[self._counts.most_common(1)[0][0]][0] if self._places else ""

    def report(self, dictionary: Dictionary, *, replaced: bool = False, changed: bool = True) -> LoadReport:
        """The report on what has passed, which became `dictionary`."""
        kept = max(self._kept, 1)
        return LoadReport(
            dictionary=dictionary,
            read=self._read,
            kept=self._kept,
            skipped=self._skipped,
            merged=self._merged,
            problems=dict(self._counts.most_common()),
            places=self._places,
            **{share: round(self._with[share] / kept, 4) for share in SHARES},
            seconds=round(time.perf_counter() - self._start, 3),
            replaced=replaced,
            changed=changed,
        )
