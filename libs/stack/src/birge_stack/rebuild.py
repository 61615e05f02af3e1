"""`birge rebuild`: the aggregator's own replay into a fresh database, told where this stack is."""

import os
import subprocess
from typing import Annotated

import typer

from birge_stack.console import errors_as_sentences
from birge_stack.detached import require_up
from birge_stack.home import Home
from birge_stack.services import program, service_environment
from birge_stack.settings import read_ports


def rebuild(
    *, keep: Annotated[bool, typer.Option(help="Leave the rebuilt database there.")] = False
) -> None:
    """Count the log again from offset 0 into a fresh database; every cell must be identical."""
    with errors_as_sentences():
        home = Home.from_environment()
        require_up(home)
        environment = service_environment(home, read_ports(), "aggregator", sample_ratio=0.0)
        arguments = (program("birge-aggregator"), "rebuild", *(["--keep"] if keep else []))
        done = subprocess.run(arguments, env={**os.environ, **environment}, check=False)
        raise typer.Exit(done.returncode)
