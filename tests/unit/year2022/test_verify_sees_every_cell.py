"""A recount that compared only some rows would prove nothing: each column of each row is seen."""

import copy
from typing import Any

import pytest

from birge_stack.oracle import TABLES, Recount
from birge_stack.verify.comparing import Comparison
from birge_stack.year2022.expected import YEAR

ALTERED = "altered"


def altered(rows: list[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    """The rows with another value in one column, which is not what tells them apart."""
    changed = copy.deepcopy(rows)
    for row in changed:
        inner = row[column]
        row[column] = dict.fromkeys(inner, ALTERED) if isinstance(inner, dict) else ALTERED
    return changed


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_every_row_is_compared(table: str, small_recount: Recount) -> None:
    answer = small_recount.table(table, YEAR)
    rows = answer["rows"]
    assert rows, "nothing to be compared"
    for column in rows[0]:
        cells = [row[column] for row in rows]
        number = sum(len(cell) if isinstance(cell, dict) else 1 for cell in cells)
        comparison = Comparison()
        comparison.table(table, answer, {**answer, "rows": altered(rows, column)})
        assert len(comparison.differences) >= number, column


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_not_there_is_seen(table: str, small_recount: Recount) -> None:
    answer = small_recount.table(table, YEAR)
    comparison = Comparison()
    comparison.table(table, answer, {**answer, "rows": answer["rows"][:-1]})
    assert comparison.differences != []
