"""`birge partner`: the door's own partner commands, told where this stack is."""

import os
import subprocess
import time
from typing import Annotated

import httpx
import typer

from birge_stack.console import errors_as_sentences, remark
from birge_stack.detached import require_up
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.ports import LOOPBACK
from birge_stack.services import program, service_environment
from birge_stack.settings import Ports, read_ports

ACCEPTED_WITHIN_SECONDS = 10.0
REQUEST_TIMEOUT_SECONDS = 2.0
PAUSE_SECONDS = 0.1

app = typer.Typer(no_args_is_help=True, help="Partners and their keys.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The partner's name.")],
    *,
    source: Annotated[str, typer.Option(help="The source its events must carry, a URI.")],
    region: Annotated[list[str] | None, typer.Option(help="A region; all if left out.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="An event family; all if left out.")
    ] = None,
) -> None:
    """Make a partner and print its key, alone on the last line, once services accept it."""
    with errors_as_sentences():
        arguments = ["add", name, "--source", source]
        arguments += [part for each in region or [] for part in ("--region", each)]
        arguments += [part for each in kind or [] for part in ("--kind", each)]
        key = make_partner(arguments)
        # The key exists from here on and is shown this once, whatever happens while waiting.
        try:
            wait_until_accepted(key, read_ports())
        finally:
            typer.echo(key)


@app.command("list")
def list_partners() -> None:
    """Show the partners and their keys' ids."""
    with errors_as_sentences():
        typer.echo(run_ingest_command(["list"]), nl=False)


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="The key's id, as `list` shows.")]) -> None:
    """Make a key worthless."""
    with errors_as_sentences():
        typer.echo(run_ingest_command(["revoke", key_id]), nl=False)


def make_partner(arguments: list[str]) -> str:
    """Run the door's command; its last line is the key, what it says before is passed on."""
    *said, key = run_ingest_command(arguments).strip().splitlines() or [""]
    for line in said:
        remark(line)
    if not key:
        raise StackError("birge-ingest made no key")
    return key


def run_ingest_command(arguments: list[str]) -> str:
    """The output of `birge-ingest partner …` on this stack; its refusals are passed on."""
    home = Home.from_environment()
    require_up(home)
    environment = service_environment(home, read_ports(), "ingest", sample_ratio=1.0)
    done = subprocess.run(
        (program("birge-ingest"), "partner", *arguments),
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"birge-ingest partner {arguments[0]} failed: {done.stdout.strip()}")
    return done.stdout


def wait_until_accepted(key: str, ports: Ports) -> None:
    """Return when every API knows the key: each learns it from the log, a moment later."""
    addresses = (
        f"http://{LOOPBACK}:{ports.ingest}/v1/quarantine",
        f"http://{LOOPBACK}:{ports.aggregator}/v1/statistics/hours?period=2022",
    )
    deadline_at = time.monotonic() + ACCEPTED_WITHIN_SECONDS
    for address in addresses:
        while not is_accepted(address, key):
            if time.monotonic() > deadline_at:
                raise StackError(f"{address} does not accept the key yet")
            time.sleep(PAUSE_SECONDS)


def is_accepted(address: str, key: str) -> bool:
    """Whether a service knows the key: it answers, and with anything but 401."""
    try:
        answer = httpx.get(
            address,
            headers={"Authorization": f"Bearer {key}"},
            timeout=REQUEST_TIMEOUT_SECONDS,
            trust_env=False,
        )
    except httpx.HTTPError:
        return False
    return answer.status_code != httpx.codes.UNAUTHORIZED
