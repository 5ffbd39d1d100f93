"""The command that runs the service."""

import multiprocessing
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click
import msgspec

from dictsvc import loading, serving
from dictsvc.cli.terminal import print_report
from dictsvc.config import Config, checked, settings
from dictsvc.model import LoadReport
from dictsvc.web.middleware import rate_limit


def _with_settings(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each setting but the database, which every command has."""
    for setting in reversed(settings()):
        if setting.name != "database":
            text = f"{setting.description[0].upper()}{setting.description[1:]} ({setting.variable})."
            kind: Any = {"is_flag": True} if setting.base is bool else {"metavar": "VALUE"}
            function = click.option("--" + setting.name.replace("_", "-"), default=None, help=text, **kind)(function)
    return function


@click.command()
@_with_settings
@click.pass_obj
def serve(config: Config, /, **flags: object) -> None:
    """Run the service; the bundled dictionaries are loaded first where they are missing or have changed."""
    config = msgspec.structs.replace(config, **_checked(flags))
    rate_limit.make_limiter(config)
    for report in _load_in_own_process(loading.load_bundled, config.database):
        print_report(report)
    serving.serve(config)


def _checked(flags: Mapping[str, object]) -> dict[str, object]:
    """The settings that were given as options. Raises `UsageError` for one that has no such value."""
    return {
        setting.name: checked(setting, str(int(value) if isinstance(value, bool) else value), f"--{setting.name}")
        for setting in settings()
        if (value := flags.get(setting.name)) is not None
    }


def _load_in_own_process(load: Callable[[Path], list[LoadReport]], database: Path) -> list[LoadReport]:
    """The reports of a load whose word lists (200 MB) must not stay with the workers forked from here."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(load, database).result()
