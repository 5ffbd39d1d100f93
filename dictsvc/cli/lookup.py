"""The command that looks a word up."""

import sys

import click
from rich.text import Text

from dictsvc import messages
from dictsvc.cli.dictionaries import loaded_ids
from dictsvc.cli.terminal import FAILED, out, print_json
from dictsvc.config import Config
from dictsvc.match_kinds import Mode
from dictsvc.model import Hit, LookupResult, Sense
from dictsvc.search.context import DEFAULT_LIMIT, MOST_RESULTS, Query
from dictsvc.search.lookup import lookup as look_up
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.live_snapshot import LiveSnapshot


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--dict", "dictionaries", multiple=True, shell_complete=loaded_ids, help="Look only here; may be repeated."
)
@click.option("--limit", type=click.IntRange(1, MOST_RESULTS), default=DEFAULT_LIMIT, show_default=True)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.AUTO.value, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of GET /lookup.")
@click.pass_obj
def lookup(
    config: Config, words: tuple[str, ...], dictionaries: tuple[str, ...], limit: int, mode: str, as_json: bool
) -> None:
    """Look WORDS up and print what is found; exit status 1 where nothing is."""
    query = Query(text=" ".join(words), dictionaries=dictionaries, limit=limit, mode=Mode(mode))
    result = _opened(config).read(lambda search_index: look_up(search_index, query))
    if as_json:
        print_json(result)
    else:
        _print_result(result)
    if not result.results:
        sys.exit(FAILED)


def _opened(config: Config) -> LiveSnapshot[SearchIndex]:
    live = LiveSnapshot(config.database, prepare)
    live.refresh()
    return live


def _print_result(result: LookupResult) -> None:
    if not result.results:
        out.print(messages.label("nothing-found", "vi", query=result.query.strip()))
    if result.suggestions:
        out.print(messages.label("did-you-mean", "vi") + " " + " · ".join(result.suggestions), markup=False)
    for hit in result.results:
        _print_hit(hit)
    if result.more:
        out.print(messages.label("more", "vi", count=result.more), style="dim")


def _print_hit(hit: Hit) -> None:
    line = Text(hit.headword, style="bold")
    if hit.pronunciation:
        line.append(f"  /{hit.pronunciation}/", style="not bold")
    line.append(f"  [{hit.dictionary}] ", style="not bold dim")
    if hit.match.kind != "exact":
        line.append(messages.reason(hit.match.kind, hit.match.matched, "vi"), style="not bold cyan")
    out.print(line)
    for number, sense in enumerate(hit.senses, 1):
        out.print(Text(f"  {number}. ").append(_sense_line(sense)))
        for example in sense.examples:
            translation = f" – {example.target}" if example.target else ""
            out.print(Text(f"       {example.source}{translation}", style="dim"))
    for idiom in hit.idioms:
        out.print(Text(f"  • {idiom.phrase}: " + "; ".join(sense.gloss for sense in idiom.senses)))


def _sense_line(sense: Sense) -> str:
    part = f"({messages.part_of_speech(sense.part_of_speech, 'vi')}) " if sense.part_of_speech else ""
    labels = "".join(f"({label}) " for label in sense.labels)
    return part + labels + sense.gloss + (f" · {sense.note}" if sense.note else "")
