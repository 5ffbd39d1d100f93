"""The command that checks what is loaded."""

import sys
from pathlib import Path

import click
from msgspec import Struct

from dictsvc import loading
from dictsvc.checking import DictionaryCheck, Fault
from dictsvc.cli.terminal import FAILED, counting, megabytes, print_contents, print_json, say
from dictsvc.config import Config
from dictsvc.load_statistics import LoadStatistics
from dictsvc.model import LoadReport
from dictsvc.storage.connection_pool import damaged
from dictsvc.storage.inspection import PartSize, fault_of, part_sizes


class Findings(Struct, frozen=True):
    """What `dictsvc check` finds."""

    dictionaries: tuple[LoadReport, ...]
    """The load report of each loaded dictionary."""
    tables: tuple[PartSize, ...]
    faults: tuple[Fault, ...]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(config: Config, as_json: bool) -> None:
    """Check that the database is whole, and tell what its dictionaries hold and lack.

    Exit status 1 where the database is damaged or an entry cannot be read. References that lead nowhere, senses
    without a gloss and suspicious texts are told and leave it at 0: they are in the dictionary's own file.
    """
    findings = _findings(config.database)
    if as_json:
        print_json(findings)
    else:
        _print_findings(findings)
    if any(fault.damaged for fault in findings.faults):
        sys.exit(FAILED)


def _findings(database: Path) -> Findings:
    """Everything to tell of a database. Raises `UnavailableError` where it is missing, damaged or foreign."""
    snapshot = loading.open_published(database)
    if fault_of(database):
        raise damaged(database)
    reports: list[LoadReport] = []
    faults: list[Fault] = []
    with counting("Checking") as progress:
        for identifier, dictionary in snapshot.dictionaries.items():
            statistics = LoadStatistics(identifier, dictionary.entry_count, progress)
            checked = DictionaryCheck(identifier)
            for _ in statistics.entries(checked.readable(snapshot.all_entries(identifier))):
                pass
            reports.append(statistics.report(dictionary))
            faults += checked.faults()
    return Findings(tuple(reports), part_sizes(database), tuple(faults))


def _print_findings(findings: Findings) -> None:
    for report in findings.dictionaries:
        described = report.dictionary
        say(f"{described.id} ({described.title}): {report.kept:,} entries.")
        print_contents(report)
        for fault in findings.faults:
            if fault.dictionary == described.id:
                say(f"  {fault.count:,} × {fault.message} First at {fault.headword}: {fault.detail}", style="yellow")
    if findings.tables:
        costs = ", ".join(f"{part.table} {megabytes(part.bytes)}" for part in findings.tables)
        total = megabytes(sum(part.bytes for part in findings.tables))
        say(f"The database takes {total}: {costs}.")
    say("The database is whole.")
