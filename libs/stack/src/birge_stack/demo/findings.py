"""What the rules found about the year: how many of each kind, and the largest of them."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table

from birge_stack.console import answers
from birge_stack.verify.statistics_api import StatisticsApi
from birge_stack.year2022.expected import YEAR

SHOWN_OF_A_CHECK = 3

Finding = Mapping[str, Any]


def show_findings(api: StatisticsApi) -> None:
    """The table `quality` of the year, shortened; its address has the rest."""
    rows: Sequence[Finding] = api.table("quality", {"period": YEAR})["rows"]
    table = Table(
        *("where", "what does not fit", "expected", "found", ""),
        title=f"What does not fit in {YEAR}, found by the platform's own rules",
        title_justify="left",
    )
    for column in table.columns[2:4]:
        column.justify = "right"
    for check, several in groupby(rows, key=lambda row: str(row["check"])):
        members = list(several)
        explained = sum(row["state"] == "explained" for row in members)
        table.add_row(f"[bold]{check}[/]", f"{len(members)}, {explained} of them explained")
        for row in members[:SHOWN_OF_A_CHECK]:
            table.add_row(*_cells(row))
        table.add_section()
    answers.print(table)


def _cells(row: Finding) -> tuple[str, ...]:
    return (
        f"{row['region'] or 'country'} {row['period']}",
        row["what"],
        _number(row["expected"]),
        _number(row["found"]),
        row["reason"] or "",
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"
