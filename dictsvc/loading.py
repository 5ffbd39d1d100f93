"""The load journey on one screen: file → entries → keys → publish."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.model import Dictionary, Entry, LoadReport, Problem
from dictsvc.sources.catalog import Offer, bundled_file, catalog
from dictsvc.sources.formats import open_source
from dictsvc.sources.source import About, Languages, Source
from dictsvc.storage.building import Loaded, Publication
from dictsvc.storage.publish import publication, published

PLACES_SHOWN = 5
"""How many places of each kind of problem a report names."""


class LoadRequest(Struct, frozen=True, kw_only=True):
    """One dictionary file to load. What is None is taken from the file, as far as it says."""

    path: Path
    id: str | None = None
    title: str | None = None
    source_language: str | None = None
    target_language: str | None = None
    licence: str | None = None
    origin: str | None = None
    version: str | None = None
    description: str | None = None
    format: str | None = None
    bundled: str = ""
    """Digest of the file, where it is a bundled one."""


Progress = Callable[[str, int, int | None], None]
"""Told now and then: the dictionary's id, the records read so far, and how many there are, if known."""


def _silent(_identifier: str, _read: int, _expected: int | None) -> None:
    pass


def load(database: Path, requests: list[LoadRequest], *, progress: Progress = _silent) -> list[LoadReport]:
    """Load dictionary files into `database` and publish them at once; returns a report for each.

    Raises `SourceError` where a file cannot be used at all, `StorageError` where the database cannot be
    written; either leaves the database as it was.
    """
    with publication(database) as work:
        return [_load_one(work, request, progress) for request in requests]


def remove(database: Path, identifier: str) -> bool:
    """Take a dictionary out; a replaced bundled one comes back. Returns whether it was there."""
    with publication(database) as work:
        there = work.remove(identifier)
        if there and identifier in catalog().bundled:
            _load_one(work, _bundled_request(identifier, catalog().bundled[identifier]), _silent)
        return there


def load_bundled(database: Path, *, progress: Progress = _silent) -> list[LoadReport]:
    """Load those bundled dictionaries that are missing or have changed since; returns their reports.

    An id that was loaded or installed by hand is left alone.
    """
    requests = [_bundled_request(identifier, offer) for identifier, offer in catalog().bundled.items()]
    if not _outdated(requests, published(database)):
        return []
    with publication(database) as work:
        return [_load_one(work, request, progress) for request in _outdated(requests, work.dictionaries())]


def _outdated(requests: list[LoadRequest], present: Mapping[str, Loaded]) -> list[LoadRequest]:
    """The bundled dictionaries that are not loaded, or were loaded from another file than now lies in the bundle."""
    return [
        request
        for request in requests
        if request.id not in present or present[request.id].bundled not in ("", request.bundled)
    ]


def _bundled_request(identifier: str, offer: Offer) -> LoadRequest:
    path = bundled_file(identifier)
    description = {name: getattr(offer, name) for name in _DESCRIBED}
    digest = hashlib.blake2b(path.read_bytes() + repr(description).encode(), digest_size=16).hexdigest()
    return LoadRequest(path=path, id=identifier, bundled=digest, format=offer.format, **description)


_DESCRIBED = ("title", "source_language", "target_language", "licence", "origin", "version", "description")


def _load_one(work: Publication, request: LoadRequest, progress: Progress) -> LoadReport:
    start = time.perf_counter()
    source = open_source(request.path, request.format, _languages(request))
    tally = _Tally(request, source, progress)
    entries = tally.entries()
    first = next(entries, None)
    if first is None:
        raise SourceError(f"{request.path.name} holds no entry that can be read{tally.why()}; nothing was changed.")
    dictionary = tally.described(request, source)
    replaced = work.dictionaries().get(dictionary.id)
    loaded = work.replace(dictionary, _chained(first, entries), bundled=request.bundled)
    changed = replaced is None or replaced.dictionary.digest != loaded.digest
    return tally.report(loaded, time.perf_counter() - start, replaced=replaced is not None, changed=changed)


def _languages(request: LoadRequest) -> Languages:
    return Languages(request.source_language or "", request.target_language or "")


def _chained(first: Entry, rest: Iterator[Entry]) -> Iterator[Entry]:
    yield first
    yield from rest


class _Tally:
    """Counts what passes from the reader to the writer."""

    def __init__(self, request: LoadRequest, source: Source, progress: Progress) -> None:
        self._source = source
        self._progress = progress
        self._name = request.id or request.path.name
        self._about: dict[str, str] = {}
        self._read = self._kept = self._skipped = 0
        self._counts: Counter[str] = Counter()
        self._places: dict[str, list[str]] = {}
        self._with = Counter[str]()

    def entries(self) -> Iterator[Entry]:
        for record in self._source.records:
            if isinstance(record, About):
                self._about.setdefault(record.field, record.text)
                continue
            if isinstance(record, Problem):
                self._note(record)
            else:
                self._read += 1
                self._kept += 1
                self._measure(record)
                yield record
            if self._read % 1000 == 0:
                self._progress(self._name, self._read, self._source.expected)
        self._progress(self._name, self._read, self._read)

    def _note(self, problem: Problem) -> None:
        self._counts[problem.code] += 1
        places = self._places.setdefault(problem.code, [])
        if len(places) < PLACES_SHOWN:
            places.append(f"{problem.location}: {problem.detail}")
        if problem.skipped:
            self._read += 1
            self._skipped += 1

    def _measure(self, entry: Entry) -> None:
        self._with["part_of_speech"] += any(sense.part_of_speech for sense in entry.senses)
        self._with["pronunciation"] += entry.pronunciation is not None
        self._with["examples"] += any(sense.examples for sense in entry.senses)

    def why(self) -> str:
        """The commonest reason why records were skipped, as the end of a sentence."""
        if not self._places:
            return ""
        return f" ({self._places[self._counts.most_common(1)[0][0]][0]})"

    def described(self, request: LoadRequest, source: Source) -> Dictionary:
        """The dictionary's description: as asked, else as the file says, else from its name."""
        values: dict[str, str] = {}
        for name in _DESCRIBED:
            asked = getattr(request, name)
            values[name] = asked if asked is not None else getattr(source, name) or self._about.get(name, "")
        stem = request.path.name.split(".")[0]
        missing = [f"--{n.split('_')[0]}" for n in ("source_language", "target_language") if not values[n]]
        if missing:
            raise SourceError(
                f"{request.path.name} does not say its languages; give {' and '.join(missing)} (such as vi or en)."
            )
        identifier = request.id or f"{values['source_language']}-{values['target_language']}"
        values["title"] = values["title"] or stem
        return msgspec.convert({"id": identifier, **values}, Dictionary)

    def report(self, dictionary: Dictionary, seconds: float, *, replaced: bool, changed: bool) -> LoadReport:
        kept = max(self._kept, 1)
        return LoadReport(
            dictionary=dictionary,
            read=self._read,
            kept=self._kept,
            skipped=self._skipped,
            problems=dict(self._counts.most_common()),
            places=self._places,
            with_part_of_speech=round(self._with["part_of_speech"] / kept, 4),
            with_pronunciation=round(self._with["pronunciation"] / kept, 4),
            with_examples=round(self._with["examples"] / kept, 4),
            seconds=round(seconds, 3),
            replaced=replaced,
            changed=changed,
        )


def report_json(reports: list[LoadReport]) -> bytes:
    """The reports as JSON."""
    return msgspec.json.format(msgspec.json.encode(reports), indent=2)
