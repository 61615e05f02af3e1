"""The frame of every table: rows, what is missing, and the caveats that travel with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked of a table; `layer` and `basis` where the table takes them."""

    region: str = "KZ"
    layer: str | None = None
    basis: str = "hours"


@dataclass(frozen=True)
class Missing:
    """A figure that is not there, and why: it is never taken for zero."""

    region: str
    what: str
    reason: str


@dataclass(frozen=True)
class Caveat:
    """A reservation that a figure never travels without; `text` in kk, ru and en."""

    code: str
    regions: tuple[str, ...]
    text: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """An answer without its envelope; the optional parts where the table has them.

    `columns` name a row's figures, those inside others as `age.under_18`. `basis` says what the
    figures stand on: layers, methods and reference data with their sources.
    """

    rows: Sequence[Row]
    missing: Sequence[Missing] = ()
    caveats: Sequence[Caveat] = ()
    totals: Mapping[str, Any] | None = None
    not_attributable: Sequence[Row] | None = None
    basis: Row | None = None
    columns: tuple[str, ...] = ()


def code_order(value: str | None) -> tuple[bool, str]:
    """Sorts codes in their own order, and null last."""
    return (value is None, value or "")
