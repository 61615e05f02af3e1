"""`birge sealing`: a new pair for a cycle of the awards, and the end of older private halves."""

import os
import subprocess
from typing import Annotated

import typer

from birge_stack.console import errors_as_sentences
from birge_stack.detached import require_up
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.service_keys import PRIVATE_KEYS, PUBLIC_KEY, replace_service_keys
from birge_stack.services import program, service_environment
from birge_stack.settings import read_ports

RESTART = "In force from the next start: ./birge down, then ./birge up."

app = typer.Typer(no_args_is_help=True, help="The keys that nominations are sealed to.")


@app.command()
def rotate(
    key_id: Annotated[str, typer.Argument(help="The new key's name, for example its cycle.")],
) -> None:
    """Make a new pair; what older keys sealed can still be read."""
    _change("rotate-sealing-key", key_id)


@app.command()
def destroy() -> None:
    """Destroy the private halves whose cycles are closed; this cannot be undone."""
    _change("destroy-sealing-keys")


def _change(*arguments: str) -> None:
    with errors_as_sentences():
        home = Home.from_environment()
        require_up(home)
        environment = service_environment(home, read_ports(), "awards-worker", sample_ratio=1.0)
        done = subprocess.run(
            (program("birge-awards"), *arguments),
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise StackError(done.stderr.strip().splitlines()[-1])
        replace_service_keys(home, settings_from(done.stdout))
        typer.echo(f"{done.stderr.strip().splitlines()[-1]}\n{RESTART}")


def settings_from(text: str) -> dict[str, str]:
    """The sealing settings among the lines `name=value` that the awards print."""
    pairs = [line.partition("=") for line in text.splitlines()]
    return {name: value for name, _, value in pairs if name in (PUBLIC_KEY, PRIVATE_KEYS)}
