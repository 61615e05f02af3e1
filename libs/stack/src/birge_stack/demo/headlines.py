"""The headline figures: ours, the printed ones, and the difference, family by family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.table import Table

from birge_stack.console import answers
from birge_stack.verify.statistics_api import Answer, StatisticsApi
from birge_stack.year2022.checks import Check, Figure, Kind
from birge_stack.year2022.expected import YEAR

LONGEST_FAMILY_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One check with our figure."""

    check: Check
    ours: Figure

    @property
    def holds(self) -> bool:
        """Whether our figure is what it must be."""
        return self.check.holds(self.ours)


def read_lines(api: StatisticsApi, checks: Sequence[Check]) -> list[Line]:
    """Our figure of every check; each answer is asked for once."""
    kept: dict[tuple[str, frozenset[tuple[str, str]]], Answer] = {}

    def answer_of(table: str, query: Mapping[str, str]) -> Answer:
        key = (table, frozenset(query.items()))
        if key not in kept:
            kept[key] = api.table(table, {"period": YEAR, **query})
        return kept[key]

    return [Line(check, check.read(answer_of(check.table, check.query))) for check in checks]


def show_lines(lines: Sequence[Line]) -> None:
    """A table a family; of a long one only what contradicts or fails, and how many agree."""
    for family, members in groupby(lines, key=lambda line: line.check.family):
        family_lines = list(members)
        is_long = len(family_lines) > LONGEST_FAMILY_SHOWN
        shown = [line for line in family_lines if not is_long or not _is_plain(line)]
        table = Table("", "ours", "printed", "difference", "", title=family, title_justify="left")
        for column in table.columns[1:4]:
            column.justify = "right"
        for line in shown:
            table.add_row(*cells_of(line))
        if is_long:
            agreeing = sum(_is_plain(line) for line in family_lines)
            table.add_row(f"{agreeing} figures of {len(family_lines)}", "", "", "0", "as printed")
        answers.print(table)


def cells_of(line: Line) -> tuple[str, str, str, str, str]:
    """A line as a person reads it."""
    check = line.check
    difference = check.difference(line.ours)
    ours = check.rounded(line.ours) if isinstance(line.ours, int | float) else line.ours
    return (
        check.label,
        _text(ours),
        _text(check.printed),
        "" if difference is None else f"{difference:+,}" if difference else "0",
        remark_of(line),
    )


def remark_of(line: Line) -> str:
    """Where the figure comes from, or what is wrong."""
    if not line.holds:
        return "DOES NOT HOLD"
    if line.check.kind is Kind.CONTRADICTION:
        return f"contradiction in print: {line.check.note}"
    if line.check.kind is Kind.MODELLED:
        return "modelled"
    if line.check.kind is Kind.FOUND:
        return line.check.note
    return "printed" if not line.check.difference(line.ours) else "printed, within its rounding"


def _is_plain(line: Line) -> bool:
    return line.holds and line.check.kind is Kind.PRINTED


def _text(value: object) -> str:
    if value is None:
        return "–"
    if value == "":
        return "blank"
    return value if isinstance(value, str) else f"{value:,}"
