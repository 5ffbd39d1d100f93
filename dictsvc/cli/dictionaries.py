"""The commands on dictionaries that are loaded: list, remove, export."""

from typing import Any

import click

from dictsvc import loading
from dictsvc.cli.terminal import out, print_json, table_of
from dictsvc.config import Config, read_config
from dictsvc.errors import DictsvcError, UsageError
from dictsvc.sources.catalog import catalog


def loaded_ids(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of loaded dictionaries that begin so, for the shell; none where there is no database yet."""
    try:
        config = read_config()
        path = context.find_root().params.get("database")
        dictionaries = loading.open_published(path or config.database).dictionaries
    except (DictsvcError, OSError):
        return []
    return [identifier for identifier in dictionaries if identifier.startswith(begun)]


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_dictionaries(config: Config, as_json: bool) -> None:
    """List the dictionaries that are loaded."""
    dictionaries = loading.open_published(config.database).dictionaries.values()
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
