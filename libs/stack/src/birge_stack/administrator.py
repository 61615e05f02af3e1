"""`birge administrator`: the link by which the first administrator makes an account."""

import os
import subprocess

import typer

from birge_stack.console import errors_as_sentences
from birge_stack.detached import require_up
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.services import program, service_environment
from birge_stack.settings import Ports, read_ports

HAS_ONE = 3
"""What `birge-awards administrator` exits with where there is an administrator already."""


def administrator() -> None:
    """Print a link for the first administrator, which works once; everybody else is invited."""
    with errors_as_sentences():
        home = Home.from_environment()
        require_up(home)
        link = _invitation_link(home, read_ports())
        if link is None:
            raise StackError("There is an administrator already, who invites everybody else")
        typer.echo(link)


def first_administrator(home: Home, ports: Ports) -> str | None:
    """The token of such a link; None where there is an administrator already."""
    link = _invitation_link(home, ports)
    return link.rpartition("/")[2] if link else None


def _invitation_link(home: Home, ports: Ports) -> str | None:
    environment = service_environment(home, ports, "awards", sample_ratio=1.0)
    done = subprocess.run(
        (program("birge-awards"), "administrator"),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == HAS_ONE:
        return None
    if done.returncode != 0:
        raise StackError(f"birge-awards administrator failed: {done.stderr.strip()}")
    return done.stdout.strip().splitlines()[-1]
