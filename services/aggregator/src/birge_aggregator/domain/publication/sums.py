"""What must agree inside an edition: one figure in several answers, and parts with their whole.

Each answer was made by itself, so a figure that is wrong in one of them stands against the same
figure in another. Country figures of censuses and inquiries stand once: for those the regions may
only not exceed them, since something may have been stated for the country alone.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.publication.row_keys import KEYS, hidden_name
from birge_aggregator.domain.territory import COUNTRY

_SAME_ON_EVERY_MAP = frozenset(
    {
        "hours",
        "formats",
        "participants",
        "development",
        "grants",
        "steady_work",
        "distinct_volunteers",
        "capture_recapture",
    }
)
"""Tables whose country rows come of reports alone, whatever the regions are on the map."""

_COUNTED: Mapping[str, tuple[str, ...]] = {
    **{
        table: ("hours", "events", "volunteers")
        for table in ("directions", "formats", "participants", "development", "grants")
    },
    "steady_work": ("continuous", "one_off", "not_stated"),
    "organisations": ("ngos", "initiative_groups"),
    "volunteers": ("total", "men", "women", "age", "occupation"),
    "economy": ("hours",),
    "inquiries": ("received", "related", "resolved", "open", "overdue"),
}
"""Columns of which no country has less than its regions together."""

_OF_A_DIRECTION = ("hours", "events", "volunteers")


class Disagreement(NamedTuple):
    """A figure that is not what others say it must be; `what` names its row and column."""

    key: AnswerKey
    code: str
    what: str
    expected: Decimal
    found: Decimal


def disagreements(answers: Answers) -> Iterator[Disagreement]:
    """Every one; the answers are those before small cells were suppressed."""
    known = {key: frame for key, frame in sorted(answers.items()) if key.table in KEYS}
    of_questions = {key: frame for key, frame in known.items() if key.table != "quality"}
    yield from _two_figures(of_questions)
    for key, frame in of_questions.items():
        yield from _less_than_its_regions(key, frame, of_questions)
        yield from _directions(key, frame, of_questions)


def _two_figures(answers: Answers) -> Iterator[Disagreement]:
    """The same row in the country's answer, in its region's, and where it can be on both maps."""
    first: dict[tuple[Any, ...], Mapping[str, Decimal]] = {}
    for key, frame in answers.items():
        for row in frame["rows"]:
            region = row.get("region", key.region)
            is_on_every_map = region == COUNTRY and key.table in _SAME_ON_EVERY_MAP
            drawn = None if is_on_every_map else key.map_17
            name = (key.table, key.window, key.basis, region, hidden_name(key.table, row), drawn)
            figures = dict(_figures(row))
            before = first.setdefault(name, figures)
            if before != figures:
                for column in sorted(before.keys() & figures.keys()):
                    if before[column] != figures[column]:
                        yield Disagreement(
                            key,
                            "two_figures",
                            _name(row, key, column),
                            before[column],
                            figures[column],
                        )


def _less_than_its_regions(
    key: AnswerKey, frame: Frame, answers: Answers
) -> Iterator[Disagreement]:
    columns = _COUNTED.get(key.table)
    if columns is None or key.region != COUNTRY:
        return
    rows = sorted(_rows_by_region(key, frame, answers), key=lambda one: one[0])
    for name, several in groupby(rows, key=lambda one: one[0]):
        by_region = {region: row for _, region, row in several}
        whole = by_region.pop(COUNTRY, None)
        if whole is None:
            continue
        for column, value in _figures(whole):
            if column.partition(".")[0] not in columns:
                continue
            parts = sum(dict(_figures(row)).get(column, Decimal(0)) for row in by_region.values())
            if parts > value:
                what = f"{name}/{column}".strip("/")
                yield Disagreement(key, "sum", what, Decimal(parts), value)


def _rows_by_region(
    key: AnswerKey, frame: Frame, answers: Answers
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Name, region and row, from the country's answer or, where it has none, the regions' own."""
    if "region" in KEYS[key.table]:
        for row in frame["rows"]:
            yield hidden_name(key.table, row), row["region"], row
        return
    for other, of_region in answers.items():
        if other._replace(region=COUNTRY) == key:
            for row in of_region["rows"]:
                yield hidden_name(key.table, row), other.region, row


def _directions(key: AnswerKey, frame: Frame, answers: Answers) -> Iterator[Disagreement]:
    """A direction's figures are those of the table of hours."""
    hours = answers.get(key._replace(table="hours"))
    if key.table != "directions" or hours is None:
        return
    counted = {
        (row["direction"], row["layer"]): row
        for row in hours["rows"]
        if row["region"] == key.region
    }
    for row in frame["rows"]:
        other = counted.get((row["direction"], row["layer"]))
        for column in _OF_A_DIRECTION:
            expected = Decimal(str((other or {}).get(column) or 0))
            found = Decimal(str(row[column] or 0))
            if found != expected:
                yield Disagreement(key, "two_figures", _name(row, key, column), expected, found)


def _figures(row: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Decimal]]:
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _figures(value, f"{prefix}{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{prefix}{name}", Decimal(str(value))


def _name(row: Mapping[str, Any], key: AnswerKey, column: str) -> str:
    region = row.get("region", key.region)
    return "/".join(part for part in (region, hidden_name(key.table, row), column) if part)
