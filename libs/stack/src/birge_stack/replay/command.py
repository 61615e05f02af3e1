"""The command line of `birge replay`."""

from typing import Annotated

import typer
from rich.table import Table

from birge_stack.console import answers, errors_as_sentences, remark
from birge_stack.detached import require_up
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.replay.outcome import Outcome
from birge_stack.replay.run import replay_year
from birge_stack.settings import read_ports
from birge_stack.year2022.stream import DEFAULT_SEED, year_2022

KNOWN_YEAR = 2022

Scale = Annotated[
    float, typer.Option(min=0.001, max=10, help="How many reports; hours stay as printed.")
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same events.")]


def replay(
    *,
    year: Annotated[int, typer.Option(help="Only 2022 is known.")] = KNOWN_YEAR,
    scale: Scale = 1.0,
    seed: Seed = DEFAULT_SEED,
) -> None:
    """Send the year 2022 through the door, and hold every answer against the plan."""
    with errors_as_sentences():
        if year != KNOWN_YEAR:
            raise StackError(f"only {KNOWN_YEAR} is known, not {year}")
        home = Home.from_environment()
        require_up(home)
        outcome = replay_year(home, read_ports(), year_2022(seed=seed, scale=scale)).outcome
        show_outcome(outcome)
        if outcome.surprises:
            raise typer.Exit(1)


def show_outcome(outcome: Outcome) -> None:
    """Counts of answers, the rate, and whatever was not as planned."""
    table = Table("answer", "events", title="answers of the door")
    table.columns[1].justify = "right"
    for answer, count in sorted(outcome.answers.items()):
        table.add_row(answer, f"{count:,}")
    answers.print(table)
    for line in outcome.shown:
        remark(f"not as planned: {line}")
    remark(
        f"{outcome.events:,} events in {outcome.seconds:.1f} s, {outcome.rate:,.0f} a second; "
        f"{outcome.surprises:,} answers not as planned; {outcome.retried:,} requests repeated"
    )
