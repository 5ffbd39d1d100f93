"""The command that teaches a shell the others."""

import click
from click.shell_completion import get_completion_class

from dictsvc.errors import UsageError


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands, options and ids of dictionaries.

    \b
    bash: eval "$(dictsvc completion bash)"     in ~/.bashrc
    zsh:  eval "$(dictsvc completion zsh)"      in ~/.zshrc
    fish: dictsvc completion fish | source      in ~/.config/fish/config.fish
    """
    made = get_completion_class(shell)
    if made is None:
        raise UsageError(f"There is no completion for {shell}.")
    click.echo(made(context.find_root().command, {}, "dictsvc", "_DICTSVC_COMPLETE").source())
