"""The commands that bring dictionaries in: load and install."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from dictsvc import loading
from dictsvc.cli.terminal import counting, megabytes, out, print_report, say, table_of
from dictsvc.config import Config
from dictsvc.errors import DictsvcError, SourceError, UsageError
from dictsvc.loading import LoadRequest, StrictError
from dictsvc.model import LoadReport
from dictsvc.sources.catalog import Offer, catalog
from dictsvc.sources.download import TIME_LIMIT, Fetching
from dictsvc.sources.formats import formats


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


_FORMAT_NAMES = [known.name for known in formats()]


def _format_list() -> str:
    """The formats for the help: name, what it is, endings."""
    lines = (f"{known.name:<12}{known.description}: {' '.join(known.endings)}" for known in formats())
    return "\b\nFormats, by the content of the file:\n" + "\n".join(f"  {line}" for line in lines)


@click.command(epilog=_format_list())
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "identifier", help="Id to load it under, such as vi-en.")
@click.option("--title", help="Title shown to readers.")
@click.option("--source", "source_language", help="Language of the headwords (vi, en, fr …).")
@click.option("--target", "target_language", help="Language of the glosses.")
@click.option("--licence", help="Licence, as an SPDX expression where there is one.")
@click.option("--origin", help="Where it comes from.")
@click.option("--format", "format_name", type=click.Choice(_FORMAT_NAMES), help="Do not guess the format.")
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
        _print_offer(identifier, loading.offer_of(identifier))
    with counting("Fetching", size=True) as fetch_progress:
        fetching = Fetching(
            cache=config.database.parent / "downloads",
            mirror=config.mirror if mirror is None else mirror,
            folder=folder,
            time_limit=time_limit,
            progress=fetch_progress,
        )
        files = loading.fetch(identifiers, fetching)
    with _reported(report_file, dry_run=dry_run) as reported, counting("Reading") as progress:
        requests = loading.install_requests(files)
        reported.reports = loading.load(config.database, requests, strict=strict, dry_run=dry_run, progress=progress)


def _print_catalog(database: Path) -> None:
    try:
        loaded = loading.open_published(database).dictionaries
    except DictsvcError:
        loaded = {}
    table = table_of("id", "title", "languages", "download", "licence", "loaded")
    for identifier, offer in catalog().available.items():
        same = identifier in loaded and loaded[identifier].title == offer.title
        languages = f"{offer.source_language} → {offer.target_language}"
        size = megabytes(_size(offer))
        table.add_row(identifier, offer.title, languages, size, offer.licence, "yes" if same else "")
    out.print(table)
    out.print("Install with: dictsvc install ID …")


def _print_offer(identifier: str, offer: Offer) -> None:
    say(f"{identifier}: {offer.title}, {megabytes(_size(offer))}. {offer.description}")
    say(f"  Licence: {offer.licence}. From {offer.origin}")


def _size(offer: Offer) -> int:
    return sum(download.bytes for download in offer.downloads)


class _reported:  # noqa: N801  (used as a statement)
    """Prints the reports of a load when it ends, also where it was refused for its problems, and writes them."""

    def __init__(self, file: Path | None, *, dry_run: bool) -> None:
        self.reports: Sequence[LoadReport] = ()
        self._file = file
        self._dry_run = dry_run

    def __enter__(self) -> _reported:
        if self._file and not os.access(self._file.parent, os.W_OK):
            raise SourceError(f"{self._file} cannot be written: its folder is missing or closed to this user.")
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, StrictError):
            self.reports, self._dry_run = error.reports, True
        for report in self.reports:
            print_report(report, dry_run=self._dry_run)
        if self._file and self.reports:
            try:
                self._file.write_bytes(loading.report_json(self.reports))
            except OSError as problem:
                raise SourceError(f"{self._file} cannot be written: {problem.strerror}.") from problem
