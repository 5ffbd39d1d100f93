"""The command line put together from its groups of commands, and how a command ends.

Exit status: 0 done, 1 failed with one clear sentence, 2 wrong usage.
"""

import os
import sys
from pathlib import Path

import click
import msgspec

from dictsvc import __version__
from dictsvc.cli import check, completion, dictionaries, load, lookup, misses, serve
from dictsvc.cli.terminal import FAILED, WRONG_USAGE, err
from dictsvc.config import read_config
from dictsvc.errors import DictsvcError, UsageError

_COMMANDS = (
    *(serve.serve, load.load, load.install, dictionaries.list_dictionaries, dictionaries.remove, dictionaries.export),
    *(check.check, lookup.lookup, misses.misses, completion.completion),
)


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


for _command in _COMMANDS:
    command.add_command(_command)


def main() -> None:
    """Run the command line, and turn every foreseen error into one sentence and an exit status."""
    try:
        command(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USAGE)
    except (click.Abort, KeyboardInterrupt):
        err.print("Stopped; nothing was changed.")
        sys.exit(FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away, as `head` does
        sys.exit(FAILED)
    except MemoryError:
        err.print("dictsvc: There is not enough memory for this; nothing was changed.")
        sys.exit(FAILED)
    except DictsvcError as error:
        err.print(f"dictsvc: {error}", markup=False, soft_wrap=True)
        sys.exit(WRONG_USAGE if isinstance(error, UsageError) else FAILED)
