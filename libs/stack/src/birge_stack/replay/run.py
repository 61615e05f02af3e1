"""The whole replay: keys for every partner, every event through the door, and what was answered."""

import asyncio
import json
from dataclasses import dataclass

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from birge_stack.console import remarks
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.ports import LOOPBACK
from birge_stack.replay.outcome import Outcome
from birge_stack.replay.partner_book import OPERATIONS, PartnerBook, ensure_keys
from birge_stack.replay.sending import Door, send_all
from birge_stack.replay.traced import Trace, with_traces
from birge_stack.settings import Ports
from birge_stack.year2022.partners import partners
from birge_stack.year2022.stream import Year


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the door answered, and the events that have a trace of their own."""

    outcome: Outcome
    traces: tuple[Trace, ...]


def progress_bar() -> Progress:
    """The bar that every long step shows on stderr."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
        console=remarks,
    )


def replay_year(home: Home, ports: Ports, year: Year) -> Replayed:
    """Send the year; a second time is safe, because the door knows what it has.

    Another seed or scale would mix two years into one: that is refused until a reset.
    """
    _refuse_another_year(home, year)
    traces: list[Trace] = []
    plans = (*partners(), OPERATIONS)
    with progress_bar() as bar:
        registering = bar.add_task("partners", total=len(plans))
        keys = ensure_keys(
            PartnerBook(home), plans, home, ports, registered=lambda: bar.advance(registering)
        )
        sending = bar.add_task("events of 2022", total=len(year))
        door = Door(f"http://{LOOPBACK}:{ports.ingest}", keys)
        outcome = asyncio.run(
            send_all(with_traces(year, traces), door, lambda sent: bar.advance(sending, sent))
        )
    return Replayed(outcome, tuple(traces))


def _refuse_another_year(home: Home, year: Year) -> None:
    note = home.data / "replayed.json"
    sent = {"seed": year.seed, "scale": year.scale}
    if not note.exists():
        note.write_text(json.dumps(sent), "utf-8")
    elif (before := json.loads(note.read_text("utf-8"))) != sent:
        raise StackError(
            f"this stack holds the year of seed {before['seed']} and scale {before['scale']}; "
            "`birge reset` makes room for another"
        )
