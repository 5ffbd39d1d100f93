"""Loading dictionaries in a process of its own, and weighing their text."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from msgspec import Struct

from dictsvc.loading import LoadRequest, load
from dictsvc.model import Entry, LoadReport
from tests.test_corpus import FILES

MEGABYTE = 1_000_000


class Loaded(Struct, frozen=True):
    """What a load came to."""

    reports: list[LoadReport]
    seconds: float
    peak: float
    """Megabytes of the process at its largest."""


def requests(corpus: Path) -> list[LoadRequest]:
    """The fourteen dictionaries of the corpus, each under the number of its folder."""
    return [
        LoadRequest(path=corpus / file, id=f"d{name}", source_language=source, target_language=target)
        for name, (file, source, target, _) in FILES.items()
        if name.isdecimal()
    ]


def measured(database: Path, wanted: Sequence[LoadRequest]) -> Loaded:
    """Load dictionaries in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_loaded, database, wanted).result()


def _loaded(database: Path, wanted: Sequence[LoadRequest]) -> Loaded:
    begun = time.perf_counter()
    reports = load(database, wanted)
    return Loaded(
        reports, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    )


def text_bytes(entries: Iterable[Entry]) -> int:
    """The UTF-8 bytes of headwords, pronunciations, glosses and examples."""
    total = 0
    for entry in entries:
        senses = [*entry.senses, *(sense for idiom in entry.idioms for sense in idiom.senses)]
        texts = [entry.headword, entry.pronunciation or "", *(idiom.phrase for idiom in entry.idioms)]
        for sense in senses:
            texts += [sense.gloss, *(f"{e.source}{e.target or ''}" for e in sense.examples)]
        total += sum(len(text.encode()) for text in texts)
    return total
