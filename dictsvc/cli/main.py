"""The command line: serve, lookup, misses, completion, and the commands on dictionaries.

Exit status: 0 done, 1 failed with one clear sentence, 2 wrong usage.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click
import msgspec
from click.shell_completion import get_completion_class
from rich.table import Table
from rich.text import Text

from dictsvc import __version__, loading, messages, serving
from dictsvc.cli import dictionaries, load
from dictsvc.cli.dictionaries import loaded_ids
from dictsvc.cli.terminal import err, out, print_json, print_report
from dictsvc.config import Config, checked, read_config, settings
from dictsvc.errors import DictsvcError, UsageError
from dictsvc.match_kinds import Mode
from dictsvc.model import Hit, LoadReport, LookupResult, Sense
from dictsvc.search.context import DEFAULT_LIMIT, MOST_RESULTS, Query
from dictsvc.search.lookup import lookup as look_up
from dictsvc.search.search_index import prepare
from dictsvc.storage.live_snapshot import LiveSnapshot
from dictsvc.storage.not_found_file import NotFoundFile
from dictsvc.web.middleware import rate_limit

_FAILED, _WRONG_USAGE = 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dictsvc")
@click.option("--database", type=click.Path(path_type=Path), help="The SQLite file (DICTSVC_DATABASE).")
@click.pass_context
def command(context: click.Context, database: Path | None) -> None:
    """A Vietnamese online dictionary as a small service.

    Settings come from the environment (DICTSVC_…); the options below go before them.
    """
    config = read_config()
    context.obj = msgspec.structs.replace(config, database=database) if database else config


def _with_settings(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each setting but the database, which every command has."""
    for setting in reversed(settings()):
        if setting.name != "database":
            text = f"{setting.description[0].upper()}{setting.description[1:]} ({setting.variable})."
            kind: Any = {"is_flag": True} if setting.base is bool else {"metavar": "VALUE"}
            function = click.option("--" + setting.name.replace("_", "-"), default=None, help=text, **kind)(function)
    return function


@command.command()
@_with_settings
@click.pass_obj
def serve(config: Config, /, **flags: object) -> None:
    """Run the service; the bundled dictionaries are loaded first where they are missing or have changed."""
    config = msgspec.structs.replace(config, **_checked(flags))
    rate_limit.make_limiter(config)
    for report in _in_a_process_of_its_own(loading.load_bundled, config.database):
        print_report(report)
    serving.serve(config)


def _checked(flags: Mapping[str, object]) -> dict[str, object]:
    """The settings that were given as options. Raises `UsageError` for one that has no such value."""
    return {
        setting.name: checked(setting, str(int(value) if isinstance(value, bool) else value), f"--{setting.name}")
        for setting in settings()
        if (value := flags.get(setting.name)) is not None
    }


@command.command()
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
    table = Table("word", "times", "first", "last", box=None, header_style="bold")
    for miss in wanted:
        table.add_row(Text(miss.word), f"{miss.count:,}", miss.first_day, miss.last_day)
    out.print(table if wanted else "No word was missed five times.")


@command.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes SHELL complete commands, options and ids of dictionaries.

    \b
    bash: eval "$(dictsvc completion bash)"     in ~/.bashrc
    zsh:  eval "$(dictsvc completion zsh)"      in ~/.zshrc
    fish: dictsvc completion fish | source      in ~/.config/fish/config.fish
    """
    made = get_completion_class(shell)
    if made is None:
        raise UsageError(f"There is no completion for {shell}.")
    click.echo(made(command, {}, "dictsvc", "_DICTSVC_COMPLETE").source())


@command.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--dict", "dictionaries", multiple=True, shell_complete=loaded_ids, help="Look only here; may be repeated."
)
@click.option("--limit", type=click.IntRange(1, MOST_RESULTS), default=DEFAULT_LIMIT, show_default=True)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.AUTO.value, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of GET /lookup.")
@click.pass_obj
def lookup(
    config: Config,
    words: tuple[str, ...],
    dictionaries: tuple[str, ...],
    limit: int,
    mode: str,
    as_json: bool,
) -> None:
    """Look WORDS up and print what is found; exit status 1 where nothing is."""
    query = Query(text=" ".join(words), dictionaries=dictionaries, limit=limit, mode=Mode(mode))
    result = _live_snapshot(config).read(lambda search_index: look_up(search_index, query))
    if as_json:
        print_json(result)
    else:
        _print_result(result)
    if not result.results:
        sys.exit(_FAILED)


def _in_a_process_of_its_own(load: Callable[[Path], list[LoadReport]], database: Path) -> list[LoadReport]:
    """The reports of a load whose word lists (200 MB) must not stay with the workers forked from here."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(load, database).result()


def _live_snapshot(config: Config) -> LiveSnapshot:  # type: ignore[type-arg]
    live_snapshot = LiveSnapshot(config.database, prepare)
    live_snapshot.refresh()
    return live_snapshot


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
            out.print(
                Text(
                    f"       {example.source}" + (f" – {example.target}" if example.target else ""),
                    style="dim",
                )
            )
    for idiom in hit.idioms:
        out.print(Text(f"  • {idiom.phrase}: " + "; ".join(sense.gloss for sense in idiom.senses)))


def _sense_line(sense: Sense) -> str:
    part = f"({messages.part_of_speech(sense.part_of_speech, 'vi')}) " if sense.part_of_speech else ""
    labels = "".join(f"({label}) " for label in sense.labels)
    return part + labels + sense.gloss + (f" · {sense.note}" if sense.note else "")


for _command in (*load.COMMANDS, *dictionaries.COMMANDS):
    command.add_command(_command)


def main() -> None:
    """Run the command line, and turn every foreseen error into one sentence and an exit status."""
    try:
        command(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(_WRONG_USAGE)
    except (click.Abort, KeyboardInterrupt):
        err.print("Stopped; nothing was changed.")
        sys.exit(_FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away, as `head` does
        sys.exit(_FAILED)
    except MemoryError:
        err.print("dictsvc: There is not enough memory for this; nothing was changed.")
        sys.exit(_FAILED)
    except DictsvcError as error:
        err.print(f"dictsvc: {error}", markup=False, soft_wrap=True)
        sys.exit(_WRONG_USAGE if isinstance(error, UsageError) else _FAILED)
