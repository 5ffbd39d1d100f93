"""The commands on dictionaries that are loaded: list, remove, export, check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from rich.text import Text

from dictsvc import loading
from dictsvc.cli.terminal import counting, megabytes, out, print_contents, print_json, table_of
from dictsvc.config import Config, read_config
from dictsvc.errors import DictsvcError, UsageError
from dictsvc.load_statistics import LoadStatistics
from dictsvc.model import LoadReport
from dictsvc.sources.catalog import catalog
from dictsvc.sources.checks.checking import Fault, check_bundled
from dictsvc.storage.inspection import PartSize, is_whole, part_sizes
from dictsvc.storage.snapshot import damaged

_FAILED = 1


def loaded_ids(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of loaded dictionaries that begin so, for the shell; none where there is no database yet."""
    try:
        config = read_config()
        path = context.find_root().params.get("database")
        dictionaries = loading.opened(path or config.database).dictionaries
    except (DictsvcError, OSError):
        return []
    return [identifier for identifier in dictionaries if identifier.startswith(begun)]


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_dictionaries(config: Config, as_json: bool) -> None:
    """List the dictionaries that are loaded."""
    dictionaries = loading.opened(config.database).dictionaries.values()
    if as_json:
        print_json(tuple(dictionaries))
        return
    table = table_of("id", "title", "languages", "entries", "licence")
    for d in dictionaries:
        table.add_row(d.id, d.title, f"{d.source_language} → {d.target_language}", f"{d.entry_count:,}", d.licence)
    out.print(table)


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
        raise damaged(config.database)
    loaded = config.database.exists()
    findings = Findings(
        _contents(config.database) if loaded else (),
        part_sizes(config.database) if loaded else (),
        tuple(check_bundled()),
    )
    if as_json:
        print_json(findings)
    else:
        _print_findings(findings)
    if findings.faults:
        sys.exit(_FAILED)


def _contents(database: Path) -> tuple[LoadReport, ...]:
    reports = []
    with counting("Checking") as progress:
        for identifier, dictionary in loading.opened(database).dictionaries.items():
            tally = LoadStatistics(identifier, dictionary.entry_count, progress)
            for _ in tally.entries(loading.entries_of(database, identifier)):
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
        costs = ", ".join(f"{part.table} {megabytes(part.bytes)}" for part in findings.tables)
        out.print(
            f"The database takes {megabytes(sum(part.bytes for part in findings.tables))}: {costs}.", soft_wrap=True
        )
    for fault in findings.faults:
        place = f"{fault.dictionary}: {fault.headword}: "
        out.print(Text(place + f"{fault.message} {fault.detail}"), soft_wrap=True)
    if not findings.faults:
        out.print("The bundled dictionaries keep to every rule.")


COMMANDS = (list_dictionaries, remove, export, check)
