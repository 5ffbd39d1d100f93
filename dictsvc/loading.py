"""The load journey on one screen: file → entries → keys → publish."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from dictsvc.errors import SourceError, UnavailableError, UnknownDictionaryError, UsageError
from dictsvc.load_statistics import LoadStatistics, Progress, silent
from dictsvc.model import Dictionary, Entry, LoadReport
from dictsvc.sources.catalog import Offer, bundled_file, catalog
from dictsvc.sources.download import Fetching, download_all
from dictsvc.sources.formats import open_source
from dictsvc.sources.languages import code_of
from dictsvc.sources.readers.tsv import tsv_lines
from dictsvc.sources.source import Languages, Source
from dictsvc.storage.builder import DatabaseBuilder, StoredDictionary
from dictsvc.storage.connection_pool import DamagedError, damaged
from dictsvc.storage.entry_writer import digest_of
from dictsvc.storage.publisher import published, publishing
from dictsvc.storage.snapshot import Snapshot


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


class StrictError(SourceError):
    """Problems were found and `strict` allows none; `reports` says which."""

    def __init__(self, message: str, reports: list[LoadReport]) -> None:
        super().__init__(message)
        self.reports = reports


def load(
    database: Path,
    requests: Sequence[LoadRequest],
    *,
    strict: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> list[LoadReport]:
    """Load dictionary files into `database` and publish them at once; returns a report for each.

    With `dry_run` the files are read and nothing is written. Raises `SourceError` where a file cannot be used
    at all (`StrictError` where `strict` and there was any problem), `StorageError` where the database cannot
    be written; either leaves the database as it was.
    """
    if dry_run:
        present = published(database)
        reports = _each_once(requests, (_dry_run_one(request, present, progress) for request in requests))
        _refuse_problems(reports, strict=strict)
        return reports
    with publishing(database) as builder:
        reports = _each_once(requests, (_load_one(builder, request, progress) for request in requests))
        _refuse_problems(reports, strict=strict)
        return reports


def fetch(identifiers: Sequence[str], fetching: Fetching) -> dict[str, Path]:
    """The files of these dictionaries of the catalog, by id.

    Raises `UsageError` where the catalog has no such id, `SourceError` where a file cannot be had as it must be.
    """
    return download_all({identifier: offer_of(identifier) for identifier in identifiers}, fetching)


def install_requests(files: Mapping[str, Path]) -> list[LoadRequest]:
    """How to load dictionaries of the catalog from the files fetched for them, by id."""
    offers = {identifier: offer_of(identifier) for identifier in files}
    return [
        LoadRequest(path=files[identifier], id=identifier, format=offer.format, **_description(offer))
        for identifier, offer in offers.items()
    ]


def offer_of(identifier: str) -> Offer:
    """What the catalog offers under an id. Raises `UsageError` where it offers nothing."""
    offer = catalog().available.get(identifier)
    if offer is None:
        raise UsageError(f"The catalog has no {identifier!r}; it has {', '.join(catalog().available)}.")
    return offer


def remove(database: Path, identifier: str) -> bool:
    """Take a dictionary out; a replaced bundled one comes back. Returns whether it was there."""
    if not database.exists():
        return False
    with publishing(database) as builder:
        if identifier not in builder.dictionaries():
            return False
        bundled = catalog().bundled.get(identifier)
        if bundled:  # which takes its position
            _load_one(builder, _bundled_request(identifier, bundled), silent)
        else:
            builder.remove(identifier)
        return True


def load_bundled(database: Path, *, progress: Progress = silent) -> list[LoadReport]:
    """Load those bundled dictionaries that are missing or have changed since; returns their reports.

    An id that was loaded or installed by hand is left alone. A database of an older schema is renewed.
    """
    requests = {identifier: _bundled_request(identifier, offer) for identifier, offer in catalog().bundled.items()}
    if not _outdated(requests, published(database)):
        return []
    with publishing(database) as builder:
        outdated = _outdated(requests, builder.dictionaries())
        return [_load_one(builder, request, progress) for request in outdated]


def _outdated(requests: Mapping[str, LoadRequest], present: Mapping[str, StoredDictionary]) -> list[LoadRequest]:
    """The bundled dictionaries that are not loaded, or were loaded from another file than now lies in the bundle."""
    return [
        request
        for identifier, request in requests.items()
        if identifier not in present or present[identifier].bundled not in ("", request.bundled)
    ]


def exported(database: Path, identifier: str) -> Iterator[str]:
    """The lines of a loaded dictionary in this project's format, without line ends; loading them loses nothing.

    Raises `UnknownDictionaryError` where it is not loaded, `UnavailableError` where the database cannot be read.
    """
    dictionaries = open_published(database).dictionaries
    dictionary = dictionaries.get(identifier)
    if dictionary is None:
        known = ", ".join(dictionaries) or "none"
        raise UnknownDictionaryError(f"There is no dictionary {identifier!r}; loaded are {known}.")
    return tsv_lines(dictionary, entries_of(database, identifier))


def entries_of(database: Path, identifier: str) -> Iterator[Entry]:
    """The entries of a dictionary as they were loaded. Raises `UnavailableError` where the file turns out damaged."""
    try:
        for stored in open_published(database).all_entries(identifier):
            yield stored.entry()
    except DamagedError as error:
        raise damaged(database) from error


def open_published(database: Path) -> Snapshot:
    """The published file, open for reading. Raises `UnavailableError` where there is none or it cannot be read."""
    if not database.exists():
        raise UnavailableError(f"{database} does not exist; run `dictsvc load`.", reason="missing")
    try:
        return Snapshot(database)
    except DamagedError as error:
        raise damaged(database) from error


def _bundled_request(identifier: str, offer: Offer) -> LoadRequest:
    path = bundled_file(identifier)
    description = _description(offer)
    digest = hashlib.blake2b(path.read_bytes() + repr(description).encode(), digest_size=16).hexdigest()
    return LoadRequest(path=path, id=identifier, bundled=digest, format=offer.format, **description)


_DESCRIBED = ("title", "source_language", "target_language", "licence", "origin", "version", "description")


def _description(offer: Offer) -> dict[str, str]:
    return {name: getattr(offer, name) for name in _DESCRIBED}


def _load_one(builder: DatabaseBuilder, request: LoadRequest, progress: Progress) -> LoadReport:
    statistics, dictionary, entries = _open(request, progress)
    replaced = builder.dictionaries().get(dictionary.id)
    loaded = builder.replace(dictionary, entries, bundled=request.bundled)
    return _report(statistics, loaded, replaced)


def _dry_run_one(request: LoadRequest, present: Mapping[str, StoredDictionary], progress: Progress) -> LoadReport:
    """The report that loading a file would give."""
    statistics, dictionary, entries = _open(request, progress)
    digest = digest_of(dictionary, entries)
    loaded = msgspec.structs.replace(dictionary, digest=digest)
    report = _report(statistics, loaded, present.get(dictionary.id))
    return msgspec.structs.replace(report, dictionary=msgspec.structs.replace(loaded, entry_count=report.kept))


def _report(statistics: LoadStatistics, loaded: Dictionary, replaced: StoredDictionary | None) -> LoadReport:
    changed = replaced is None or replaced.dictionary.digest != loaded.digest
    return statistics.report(loaded, replaced=replaced is not None, changed=changed)


def _open(request: LoadRequest, progress: Progress) -> tuple[LoadStatistics, Dictionary, Iterator[Entry]]:
    """A file opened: its description is complete once its first entry was read."""
    requested = Languages(
        _language(request.source_language, "--source"), _language(request.target_language, "--target")
    )
    source = open_source(request.path, request.format, requested)
    statistics = LoadStatistics(request.id or request.path.name, source.expected, progress)
    entries = statistics.entries(source.records)
    first = next(entries, None)
    if first is None:
        why = f" ({statistics.commonest_problem()})" if statistics.problems else ""
        raise SourceError(f"{request.path.name} holds no entry that can be read{why}; nothing was changed.")
    return statistics, _described(request, source, statistics.about), chain([first], entries)


_LANGUAGE = re.compile(r"[a-z]{2,3}")
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def _language(name: str | None, option: str) -> str:
    if not name:
        return ""
    code = code_of(name) or name.casefold()
    if not _LANGUAGE.fullmatch(code):
        raise UsageError(f"{option} is {name!r}; it must be a language's code, such as vi or en.")
    return code


def _described(request: LoadRequest, source: Source, about: Mapping[str, str]) -> Dictionary:
    """The dictionary's description: as asked, else as the file says, else from its name."""
    values = {}
    for name in _DESCRIBED:
        asked = getattr(request, name)
        values[name] = asked if asked is not None else getattr(source, name) or about.get(name, "")
    values["source_language"], values["target_language"] = source.source_language, source.target_language
    missing = [f"--{n.split('_')[0]}" for n in ("source_language", "target_language") if not values[n]]
    if missing:
        raise SourceError(
            f"{request.path.name} does not say its languages; give {' and '.join(missing)} (such as vi or en)."
        )
    values["title"] = values["title"] or request.path.name.split(".")[0]
    identifier = request.id or f"{values['source_language']}-{values['target_language']}"
    if not _IDENTIFIER.fullmatch(identifier):
        raise UsageError(f"The id {identifier!r} cannot be used; an id has small letters, digits and hyphens.")
    return msgspec.convert({"id": identifier, **values}, Dictionary)


def _each_once(requests: Sequence[LoadRequest], loads: Iterator[LoadReport]) -> list[LoadReport]:
    """The reports of all loads. Raises `UsageError` where two files are to be the same dictionary."""
    reports: dict[str, LoadReport] = {}
    for request, report in zip(requests, loads, strict=True):
        identifier = report.dictionary.id
        if identifier in reports:
            raise UsageError(f"{request.path.name} would replace the {identifier} just read; load it alone, with --id.")
        reports[identifier] = report
    return list(reports.values())


def _refuse_problems(reports: list[LoadReport], *, strict: bool) -> None:
    faulty = [report for report in reports if report.problems]
    if strict and faulty:
        counts = ", ".join(f"{report.dictionary.id} {sum(report.problems.values()):,}" for report in faulty)
        raise StrictError(f"There are problems ({counts}) and --strict was given; nothing was changed.", reports)


def report_json(reports: Sequence[LoadReport]) -> bytes:
    """The reports as JSON."""
    return msgspec.json.format(msgspec.json.encode(reports), indent=2)
