"""The commands on dictionaries: load, install, list, remove, export, check."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from rich.text import Text

from dictsvc import loading
from dictsvc.config import Config, read_config
from dictsvc.errors import DictsvcError, SourceError, UsageError
from dictsvc.loading import LoadRequest, StrictError
from dictsvc.model import LoadReport
from dictsvc.sources.catalog import Offer, catalog
from dictsvc.sources.checks.checking import Fault, check_bundled
from dictsvc.sources.download import TIME_LIMIT, Fetching
from dictsvc.sources.formats import FORMATS
from dictsvc.storage.inspection import PartSize, is_whole, part_sizes
from dictsvc.storage.snapshot import DamagedError, Snapshot
from dictsvc.tally import Tally
from dictsvc.terminal import counting, out, print_contents, print_json, print_report, table_of

_FAILED = 1
_MEGABYTE = 1_000_000


def loaded_ids(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of loaded dictionaries that begin so, for the shell; none where there is no database yet."""
    try:
        config = read_config()
        path = context.find_root().params.get("database")
        dictionaries = Snapshot(path or config.database).dictionaries
    except (DictsvcError, DamagedError, OSError):
        return []
    return [identifier for identifier in dictionaries if identifier.startswith(begun)]


def offered_ids(_context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of the catalog that begin so, for the shell."""
    return [identifier for identifier in catalog().available if identifier.startswith(begun)]


def _on_load(command: Any) -> Any:
    """The options that loading and installing share."""
    file = click.Path(dir_okay=False, path_type=Path)
    report = click.option("--report", "report_file", type=file, help="Write the report as JSON.")
    dry_run = click.option("--dry-run", is_flag=True, help="Read the files, report, and change nothing.")
    strict = click.option("--strict", is_flag=True, help="Change nothing where there is any problem.")
    return strict(dry_run(report(command)))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "identifier", help="Id to load it under, such as vi-en.")
@click.option("--title", help="Title shown to readers.")
@click.option("--source", "source_language", help="Language of the headwords (vi, en, fr …).")
@click.option("--target", "target_language", help="Language of the glosses.")
@click.option("--licence", help="Licence, as an SPDX expression where there is one.")
@click.option("--origin", help="Where it comes from.")
@click.option("--format", "format_name", type=click.Choice([f.name for f in FORMATS]), help="Do not guess the format.")
@_on_load
@click.pass_obj
def load(
    config: Config,
    /,
    files: tuple[Path, ...],
    identifier: str | None,
    format_name: str | None,
    strict: bool,
    dry_run: bool,
    report_file: Path | None,
    **described: Any,
) -> None:
    """Load dictionary FILES and publish them at once.

    An id that is loaded already is replaced. What the options leave open is taken from the file.
    """
    if identifier and len(files) > 1:
        raise UsageError("--id names one dictionary; give the files one by one.")
    requests = [LoadRequest(path=file, id=identifier, format=format_name, **described) for file in files]
    with _reported(report_file, dry_run=dry_run) as reported, counting("Reading") as progress:
        reported.reports = loading.load(config.database, requests, strict=strict, dry_run=dry_run, progress=progress)


@click.command()
@click.argument("identifiers", metavar="[ID]...", nargs=-1, shell_complete=offered_ids)
@click.option("--from", "folder", type=click.Path(path_type=Path), help="Folder to take the files from.")
@click.option("--mirror", help="Base URL of a mirror that holds ID/FILE (DICTSVC_MIRROR).")
@click.option("--time-limit", type=click.FloatRange(1), default=TIME_LIMIT, show_default=True, help="Seconds in all.")
@_on_load
@click.pass_obj
def install(
    config: Config,
    /,
    identifiers: tuple[str, ...],
    folder: Path | None,
    mirror: str | None,
    time_limit: float,
    strict: bool,
    dry_run: bool,
    report_file: Path | None,
) -> None:
    """Download full dictionaries of the catalog by their IDs and load them; without an ID, list the catalog.

    What is downloaded is checked against the catalog's sizes and digests. An id that is loaded already is replaced.
    """
    if not identifiers:
        _print_catalog(config.database)
        return
    identifiers = tuple(dict.fromkeys(identifiers))
    for identifier in identifiers:
        _print_offer(identifier, loading.available(identifier))
    with counting("Fetching", size=True) as fetch_progress:
        fetching = Fetching(
            cache=_cache(config.database),
            mirror=config.mirror if mirror is None else mirror,
            folder=folder,
            time_limit=time_limit,
            progress=fetch_progress,
        )
        files = loading.fetch(identifiers, fetching)
    with _reported(report_file, dry_run=dry_run) as reported, counting("Reading") as progress:
        requests = loading.install_requests(files)
        reported.reports = loading.load(config.database, requests, strict=strict, dry_run=dry_run, progress=progress)


def _cache(database: Path) -> Path:
    return database.parent / "downloads"


def _print_catalog(database: Path) -> None:
    try:
        loaded = Snapshot(database).dictionaries
    except (DictsvcError, DamagedError):
        loaded = {}
    table = table_of("id", "title", "languages", "download", "licence", "loaded")
    for identifier, offer in catalog().available.items():
        same = identifier in loaded and loaded[identifier].title == offer.title
        languages = f"{offer.source_language} → {offer.target_language}"
        size = _megabytes(_size(offer))
        table.add_row(identifier, offer.title, languages, size, offer.licence, "yes" if same else "")
    out.print(table)
    out.print("Install with: dictsvc install ID …")


def _print_offer(identifier: str, offer: Offer) -> None:
    out.print(
        f"{identifier}: {offer.title}, {_megabytes(_size(offer))}. {offer.description}", markup=False, soft_wrap=True
    )
    out.print(f"  Licence: {offer.licence}. From {offer.origin}", markup=False, soft_wrap=True)


def _size(offer: Offer) -> int:
    return sum(download.bytes for download in offer.downloads)


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"


class _reported:  # noqa: N801  (used as a statement)
    """Prints the reports of a load when it ends, also where it was refused for its problems, and writes them."""

    def __init__(self, file: Path | None, *, dry_run: bool) -> None:
        self.reports: Sequence[LoadReport] = ()
        self._file = file
        self._dry_run = dry_run

    def __enter__(self) -> _reported:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        refused = isinstance(error, StrictError)
        reports = error.reports if isinstance(error, StrictError) else self.reports
        for report in reports:
            print_report(report, dry_run=self._dry_run or refused)
        if self._file and reports:
            try:
                self._file.write_bytes(loading.report_json(reports))
            except OSError as problem:
                raise SourceError(f"{self._file} cannot be written: {problem.strerror}.") from problem


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_dictionaries(config: Config, as_json: bool) -> None:
    """List the dictionaries that are loaded."""
    dictionaries = _snapshot(config.database).dictionaries.values()
    if as_json:
        print_json(tuple(dictionaries))
        return
    table = table_of("id", "title", "languages", "entries", "licence")
    for d in dictionaries:
        table.add_row(d.id, d.title, f"{d.source_language} → {d.target_language}", f"{d.entry_count:,}", d.licence)
    out.print(table)


def _snapshot(database: Path) -> Snapshot:
    try:
        return Snapshot(database)
    except DamagedError as error:
        if not database.exists():
            raise SourceError(f"{database} does not exist; run `dictsvc load`.") from error
        raise SourceError(f"{database} is damaged; run `dictsvc load` to rebuild it.") from error


@click.command()
@click.argument("identifier", metavar="ID", shell_complete=loaded_ids)
@click.pass_obj
def remove(config: Config, identifier: str) -> None:
    """Take the dictionary ID out; a bundled dictionary that it replaced comes back."""
    if not loading.remove(config.database, identifier):
        raise UsageError(f"There is no dictionary {identifier!r}; `dictsvc list` shows those there are.")
    out.print(f"Removed {identifier}.")
    if identifier in catalog().bundled:
        out.print(f"The bundled {identifier} is back.")


@click.command()
@click.argument("identifier", metavar="ID", shell_complete=loaded_ids)
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="File to write.")
@click.pass_obj
def export(config: Config, identifier: str, output: Any) -> None:
    """Write the dictionary ID in dictsvc's own format; loading that file gives the same entries."""
    for line in loading.exported(config.database, identifier):
        output.write(line + "\n")


class Findings(Struct, frozen=True):
    """What `dictsvc check` finds."""

    dictionaries: tuple[LoadReport, ...]
    """What is loaded, as it was reported when it was."""
    tables: tuple[PartSize, ...]
    faults: tuple[Fault, ...]
    """Where a bundled dictionary breaks a rule."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(config: Config, as_json: bool) -> None:
    """Check what is loaded, and the bundled dictionaries against their rules.

    Exit status 1 where the database is damaged or a rule is broken.
    """
    if config.database.exists() and not is_whole(config.database):
        raise SourceError(f"{config.database} is damaged; run `dictsvc load` to rebuild it.")
    loaded = config.database.exists()
    findings = Findings(
        _contents(_snapshot(config.database)) if loaded else (),
        part_sizes(config.database) if loaded else (),
        tuple(check_bundled()),
    )
    if as_json:
        print_json(findings)
    else:
        _print_findings(findings)
    if findings.faults:
        sys.exit(_FAILED)


def _contents(snapshot: Snapshot) -> tuple[LoadReport, ...]:
    reports = []
    with counting("Checking") as progress:
        for identifier, dictionary in snapshot.dictionaries.items():
            tally = Tally(identifier, dictionary.entry_count, progress)
            for _ in tally.entries(stored.entry() for stored in snapshot.all_entries(identifier)):
                pass
            reports.append(tally.report(dictionary))
    return tuple(reports)


def _print_findings(findings: Findings) -> None:
    for report in findings.dictionaries:
        out.print(
            f"{report.dictionary.id} ({report.dictionary.title}): {report.kept:,} entries.",
            markup=False,
            soft_wrap=True,
        )
        print_contents(report)
    if findings.tables:
        costs = ", ".join(f"{part.table} {_megabytes(part.bytes)}" for part in findings.tables)
        out.print(
            f"The database takes {_megabytes(sum(part.bytes for part in findings.tables))}: {costs}.", soft_wrap=True
        )
    for fault in findings.faults:
        place = f"{fault.dictionary}: {fault.headword}: "
        out.print(Text(place + f"{fault.message} {fault.detail}"), soft_wrap=True)
    if not findings.faults:
        out.print("The bundled dictionaries keep to every rule.")


COMMANDS = (load, install, list_dictionaries, remove, export, check)
