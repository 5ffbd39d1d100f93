"""What passes from a reader to the writer, counted on the way: the load report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from dictsvc.model import Dictionary, Entry, LoadReport, Problem
from dictsvc.sources.source import About, Record

PLACES_SHOWN = 5
"""How many places of each kind of problem a report names."""
_PROGRESS_EVERY = 1000

Progress = Callable[[str, int, int | None], None]
"""Told now and then: what is being read, the records read so far, and how many there are, if known."""


def silent(_name: str, _read: int, _expected: int | None) -> None:
    """Progress that nobody watches."""


class LoadStatistics:
    """Lets records through as entries, without those that stand there twice, and counts."""

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
        senses = [*entry.senses, *(sense for idiom in entry.idioms for sense in idiom.senses)]
        self._with["part_of_speech"] += any(sense.part_of_speech for sense in senses)
        self._with["pronunciation"] += entry.pronunciation is not None
        self._with["examples"] += any(sense.examples for sense in senses)

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
            with_part_of_speech=round(self._with["part_of_speech"] / kept, 4),
            with_pronunciation=round(self._with["pronunciation"] / kept, 4),
            with_examples=round(self._with["examples"] / kept, 4),
            seconds=round(time.perf_counter() - self._start, 3),
            replaced=replaced,
            changed=changed,
        )
