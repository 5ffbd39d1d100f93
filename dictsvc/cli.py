"""dictsvc serve | load | list | remove | lookup | check: the whole command line.

Exit status: 0 done, 1 failed with one clear sentence, 2 wrong usage.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from click.shell_completion import get_completion_class
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from dictsvc import __version__, loading, messages, serving
from dictsvc.config import Config, checked, read_config, settings
from dictsvc.errors import DictsvcError, UsageError
from dictsvc.loading import LoadRequest
from dictsvc.model import Hit, LoadReport, LookupResult, Mode, Sense
from dictsvc.search.lexicon import prepare
from dictsvc.search.lookup import lookup as look_up
from dictsvc.search.query import DEFAULT_LIMIT, MOST_RESULTS, Query
from dictsvc.sources.checks.checking import check_bundled
from dictsvc.sources.formats import FORMATS
from dictsvc.storage.misses import MissFile
from dictsvc.storage.snapshot import DamagedError, Shelf, Snapshot
from dictsvc.web import limiting

_FAILED, _WRONG_USAGE = 1, 2
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


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
    limiting.make_limiter(config)
    for report in _in_a_process_of_its_own(loading.load_bundled, config.database):
        _print_report(report)
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
    wanted = MissFile.beside(config.database).most_wanted(limit)
    if as_json:
        _print_json(wanted)
        return
    table = Table("word", "times", "first", "last", box=None, header_style="bold")
    for miss in wanted:
        table.add_row(Text(miss.word), f"{miss.count:,}", miss.first_day, miss.last_day)
    _out.print(table if wanted else "No word was missed five times.")


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


def _loaded_ids(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of dictionaries that begin so, for the shell; none where there is no database yet."""
    try:
        config = read_config()
        path = context.find_root().params.get("database")
        dictionaries = Snapshot(path or config.database).dictionaries
    except (DictsvcError, DamagedError, OSError):
        return []
    return [identifier for identifier in dictionaries if identifier.startswith(begun)]


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "identifier", help="Id to load it under, such as vi-en.")
@click.option("--title", help="Title shown to readers.")
@click.option("--source", "source_language", help="Language of the headwords (vi, en, fr …).")
@click.option("--target", "target_language", help="Language of the glosses.")
@click.option("--licence", help="Licence, as an SPDX expression where there is one.")
@click.option("--origin", help="Where it comes from.")
@click.option("--format", "format_name", type=click.Choice([f.name for f in FORMATS]), help="Do not guess the format.")
@click.pass_obj
def load(
    config: Config, /, files: tuple[Path, ...], identifier: str | None, format_name: str | None, **described: Any
) -> None:
    """Load dictionary FILES and publish them at once.

    An id that is loaded already is replaced. What the options leave open is taken from the file.
    """
    if identifier and len(files) > 1:
        raise UsageError("--id names one dictionary; give the files one by one.")
    requests = [LoadRequest(path=file, id=identifier, format=format_name, **described) for file in files]
    with _progress() as progress:
        reports = loading.load(config.database, requests, progress=progress)
    for report in reports:
        _print_report(report)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_dictionaries(config: Config, as_json: bool) -> None:
    """List the dictionaries that are loaded."""
    dictionaries = _shelf(config).present().snapshot.dictionaries.values()
    if as_json:
        _print_json(tuple(dictionaries))
        return
    table = Table("id", "title", "languages", "entries", "licence", box=None, header_style="bold")
    table.columns[3].justify = "right"
    for d in dictionaries:
        table.add_row(d.id, d.title, f"{d.source_language} → {d.target_language}", f"{d.entry_count:,}", d.licence)
    _out.print(table)


@command.command()
@click.argument("identifier", metavar="ID", shell_complete=_loaded_ids)
@click.pass_obj
def remove(config: Config, identifier: str) -> None:
    """Take the dictionary ID out; a bundled dictionary that it replaced comes back."""
    if not loading.remove(config.database, identifier):
        raise UsageError(f"There is no dictionary {identifier!r}; `dictsvc list` shows those there are.")
    _out.print(f"Removed {identifier}.")


@command.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--dict", "dictionaries", multiple=True, shell_complete=_loaded_ids, help="Look only here; may be repeated."
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
    result = _shelf(config).read(lambda lexicon: look_up(lexicon, query))
    if as_json:
        _print_json(result)
    else:
        _print_result(result)
    if not result.results:
        sys.exit(_FAILED)


@command.command()
def check() -> None:
    """Check the bundled dictionaries against the rules they keep to; exit status 1 where one is broken."""
    faults = list(check_bundled())
    for fault in faults:
        place = f"{fault.dictionary}: {fault.headword}: "
        _out.print(place + f"{fault.message} {fault.detail}", markup=False, soft_wrap=True)
    if faults:
        sys.exit(_FAILED)
    _out.print("The bundled dictionaries keep to every rule.")


def _in_a_process_of_its_own(load: Callable[[Path], list[LoadReport]], database: Path) -> list[LoadReport]:
    """The reports of a load whose word lists (200 MB) must not stay with the workers forked from here."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(load, database).result()


def _shelf(config: Config) -> Shelf:  # type: ignore[type-arg]
    shelf = Shelf(config.database, prepare)
    shelf.refresh()
    return shelf


def _print_json(value: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def _print_report(report: LoadReport) -> None:
    d = report.dictionary
    what = "Replaced" if report.replaced else "Loaded"
    if not report.changed:
        what = "Unchanged:"
    _out.print(f"{what} {d.id} ({d.title}): {report.kept:,} entries in {report.seconds:.1f} s.")
    for code, count in report.problems.items():
        _out.print(f"  {count:,} × {code}, first at {report.places[code][0]}", style="yellow", markup=False)


def _print_result(result: LookupResult) -> None:
    if not result.results:
        _out.print(messages.label("nothing-found", "vi", query=result.query.strip()))
    if result.suggestions:
        _out.print(messages.label("did-you-mean", "vi") + " " + " · ".join(result.suggestions), markup=False)
    for hit in result.results:
        _print_hit(hit)
    if result.more:
        _out.print(messages.label("more", "vi", count=result.more), style="dim")


def _print_hit(hit: Hit) -> None:
    line = Text(hit.headword, style="bold")
    if hit.pronunciation:
        line.append(f"  /{hit.pronunciation}/", style="not bold")
    line.append(f"  [{hit.dictionary}] ", style="not bold dim")
    if hit.match.kind != "exact":
        line.append(messages.reason(hit.match.kind, hit.match.matched, "vi"), style="not bold cyan")
    _out.print(line)
    for number, sense in enumerate(hit.senses, 1):
        _out.print(Text(f"  {number}. ").append(_sense_line(sense)))
        for example in sense.examples:
            _out.print(
                Text(
                    f"       {example.source}" + (f" – {example.target}" if example.target else ""),
                    style="dim",
                )
            )
    for idiom in hit.idioms:
        _out.print(Text(f"  • {idiom.phrase}: " + "; ".join(sense.gloss for sense in idiom.senses)))


def _sense_line(sense: Sense) -> str:
    part = f"({messages.part_of_speech(sense.part_of_speech, 'vi')}) " if sense.part_of_speech else ""
    labels = "".join(f"({label}) " for label in sense.labels)
    return part + labels + sense.gloss + (f" · {sense.note}" if sense.note else "")


@contextmanager
def _progress() -> Iterator[loading.Progress]:
    """A progress bar on a terminal; nothing elsewhere, where the report's line says enough."""
    if not _err.is_terminal:
        yield lambda _identifier, _read, _expected: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_err, transient=True) as bars:
        tasks = {}

        def show(identifier: str, read: int, expected: int | None) -> None:
            if identifier not in tasks:
                tasks[identifier] = bars.add_task(identifier, total=expected)
            bars.update(tasks[identifier], completed=read, total=expected)

        yield show


def main() -> None:
    """Run the command line, and turn every foreseen error into one sentence and an exit status."""
    try:
        command(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(_WRONG_USAGE)
    except click.Abort:
        _err.print("Stopped; nothing was changed.")
        sys.exit(_FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away, as `head` does
        sys.exit(_FAILED)
    except DictsvcError as error:
        _err.print(f"dictsvc: {error}", markup=False, soft_wrap=True)
        sys.exit(_WRONG_USAGE if isinstance(error, UsageError) else _FAILED)
