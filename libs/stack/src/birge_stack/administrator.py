"""`birge administrator`: the link by which the first administrator makes an account."""

import os
import subprocess

import typer

from birge_stack.console import errors_as_sentences
from birge_stack.detached import require_up
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.services import program, service_environment
from birge_stack.settings import read_ports


def administrator() -> None:
    """Print a link for the first administrator, which works once; everybody else is invited."""
    with errors_as_sentences():
        typer.echo(invitation_link())


def invitation_link() -> str:
    """The link, as `birge-awards administrator` makes it on this stack."""
    home = Home.from_environment()
    require_up(home)
    environment = service_environment(home, read_ports(), "awards", sample_ratio=1.0)
    done = subprocess.run(
        (program("birge-awards"), "administrator"),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(done.stderr.strip().splitlines()[-1])
    return done.stdout.strip().splitlines()[-1]
