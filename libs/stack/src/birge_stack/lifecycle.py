"""`birge up`, `down`, `status` and `reset`: the life of a stack, by hand."""

import shutil
from typing import Annotated

import typer
from rich.table import Table

from birge_stack.console import answers, errors_as_sentences, remark
from birge_stack.detached import start_detached, stop_supervisor
from birge_stack.home import Home
from birge_stack.parts import expected_records
from birge_stack.settings import read_ports
from birge_stack.state import read_state, status_document
from birge_stack.supervision import supervise

SampleRatio = Annotated[
    float, typer.Option(min=0, max=1, help="Share of new traces that are kept.")
]


def up(
    *,
    detach: Annotated[bool, typer.Option("--detach", help="Return when all is ready.")] = False,
    sample_ratio: SampleRatio = 1.0,
) -> None:
    """Start Kafka, MongoDB, the trace store and the services; go on with the data there is."""
    with errors_as_sentences():
        home = Home.from_environment()
        if detach:
            start_detached(home, sample_ratio=sample_ratio, announce=remark)
            show_status(home)
        else:
            supervise(home, read_ports(), sample_ratio=sample_ratio, announce=remark)


def down() -> None:
    """Stop everything cleanly; data stays."""
    with errors_as_sentences():
        was_up = stop_supervisor(Home.from_environment())
        remark("stopped" if was_up else "nothing was up")


def status(
    *, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """Show what runs and where."""
    with errors_as_sentences():
        home = Home.from_environment()
        if as_json:
            document = status_document(read_state(home), expected_records(read_ports()))
            answers.print_json(data=document)
        else:
            show_status(home)


def reset(*, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Stop everything and remove data, logs and secrets; downloads stay."""
    with errors_as_sentences():
        home = Home.from_environment()
        if not home.state_file.exists():
            remark(f"{home.root} holds no stack")
            return
        if not yes:
            typer.confirm(f"Remove all data of {home.root}?", abort=True, err=True)
        stop_supervisor(home)
        for folder in (home.data, home.logs, home.run):
            shutil.rmtree(folder, ignore_errors=True)
        home.secrets_file.unlink(missing_ok=True)
        remark("removed")


def show_status(home: Home) -> None:
    """The state of every part, for a person."""
    document = status_document(read_state(home), expected_records(read_ports()))
    table = Table("part", "state", title=f"stack: {document['state']}")
    table.add_column("address", overflow="fold")
    table.add_column("restarts")
    for name, part in {**document["parts"], **document["services"]}.items():
        table.add_row(name, part["state"], part["url"], str(part["restarts"]))
    answers.print(table)
