"""Reference data that serves a window: rule 22."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from birge_stack.oracle.spans import Span, span_of


class Reference(NamedTuple):
    """A live statement of a reference table."""

    source: str
    publisher: str
    period: str
    rows: Sequence[Mapping[str, Any]]


def best_first(
    stated: Sequence[tuple[str, Mapping[str, Any]]], table: str, window: Span
) -> list[Reference]:
    """Most months shared, then the shorter; of none shared the latest ended; the lower source."""
    found = []
    for source, data in stated:
        if data["table"] != table:
            continue
        span = span_of(data["period"])
        if span.first > window.last:
            continue
        shared = len(
            set(range(span.first, span.last + 1)) & set(range(window.first, window.last + 1))
        )
        length = span.last - span.first + 1
        order = (-shared, length if shared else -span.last, source)
        found.append((order, Reference(source, data["publisher"], data["period"], data["rows"])))
    return [reference for _, reference in sorted(found, key=lambda item: item[0])]


def rows_of(references: Sequence[Reference]) -> Iterator[tuple[Reference, Mapping[str, Any]]]:
    """Every row with its statement, the best statement's first."""
    for reference in references:
        for row in reference.rows:
            yield reference, row
