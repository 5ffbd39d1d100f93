"""The command that lists the words that were not found."""

import click
from rich.text import Text

from dictsvc.cli.terminal import out, print_json, table_of
from dictsvc.config import Config
from dictsvc.storage.not_found_file import NotFoundFile


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many words.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def misses(config: Config, limit: int, as_json: bool) -> None:
    """List the words that were looked up most often and not found, for whoever writes the dictionary.

    They are counted while the service runs with DICTSVC_MISSES=1: words, counts and days, nothing of who asked.
    A word is shown from the fifth time on, and forgotten after 90 days.
    """
    wanted = NotFoundFile.beside(config.database).most_wanted(limit)
    if as_json:
        print_json(wanted)
        return
    table = table_of("word", "times", "first", "last")
    for miss in wanted:
        table.add_row(Text(miss.word), f"{miss.count:,}", miss.first_day, miss.last_day)
    out.print(table if wanted else "No word was missed five times.")
