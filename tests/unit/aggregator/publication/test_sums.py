"""A figure that was altered in one answer is found, in whatever table it stands."""

import asyncio
import copy
from collections.abc import Iterator
from typing import Any

import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers
from birge_aggregator.domain.publication.row_keys import KEYS
from birge_aggregator.domain.publication.sums import disagreements
from birge_aggregator.freezing import freeze
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryStore
from birge_common.security.keys import KeyDirectory
from tests.support.edition_2022 import frozen_2022
from tests.support.random_stream import random_stream
from tests.support.records import SUBMISSIONS, LogRecord

YEAR = "2022"
TABLES = sorted(KEYS.keys() - {"quality", "inquiries", "grants"})
"""Of the two last ones rows are of the asked region, and stand in no second answer."""
ON_EVERY_MAP = (
    "development",
    "directions",
    "distinct_volunteers",
    "formats",
    "grants",
    "hours",
    "participants",
    "steady_work",
)


def of_table(table: str) -> Answers:
    """All answers of the year that speak of the table's figures."""
    return {
        key: frame
        for key, frame in frozen_2022().answers.items()
        if key.table in (table, "hours") and key.window == YEAR
    }


def numbers(row: dict[str, Any], *path: str) -> Iterator[tuple[str, ...]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from numbers(value, *path, name)
        elif isinstance(value, int | float) and not isinstance(value, bool) and value:
            yield (*path, name)


def altered(answers: Answers, key: AnswerKey, at: int, path: tuple[str, ...], by: int) -> Answers:
    frame = copy.deepcopy(dict(answers[key]))
    cells = frame["rows"][at]
    for name in path[:-1]:
        cells = cells[name]
    cells[path[-1]] += by
    return {**answers, key: frame}


def first_row(answers: Answers, key: AnswerKey, *, of_country: bool) -> int | None:
    rows = enumerate(answers[key]["rows"])
    return next(
        (at for at, row in rows if (row.get("region", key.region) == "KZ") is of_country), None
    )


def test_2022_agrees_with_itself() -> None:
    assert list(disagreements(frozen_2022().answers)) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_regions_figure_that_was_altered_is_found(table: str) -> None:
    answers, key = of_table(table), AnswerKey(table, YEAR)
    at = first_row(answers, key, of_country=False)
    if at is None:
        key = AnswerKey(table, YEAR, "KZ-71")
        at = first_row(answers, key, of_country=False)
    assert at is not None
    for path in numbers(answers[key]["rows"][at]):
        if table == "directions" and path[-1] not in ("hours", "events", "volunteers"):
            continue
        found = list(disagreements(altered(answers, key, at, path, 1)))
        assert any(one.what.endswith(path[-1]) for one in found), path


@pytest.mark.parametrize("table", ON_EVERY_MAP)
def test_a_figure_of_the_country_that_was_altered_is_found(table: str) -> None:
    answers, key = of_table(table), AnswerKey(table, YEAR)
    at = first_row(answers, key, of_country=True)
    assert at is not None
    for path in numbers(answers[key]["rows"][at]):
        if table == "directions" and path[-1] not in ("hours", "events", "volunteers"):
            continue
        found = list(disagreements(altered(answers, key, at, path, 1)))
        assert any(one.what.endswith(path[-1]) for one in found), path


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ("volunteers", ("total",)),
        ("volunteers", ("age", "pension")),
        ("organisations", ("ngos",)),
        ("economy", ("hours",)),
        ("inquiries", ("received",)),
        ("directions", ("hours",)),
    ],
)
def test_a_country_that_has_less_than_its_regions_is_found(
    table: str, path: tuple[str, ...]
) -> None:
    answers, key = of_table(table), AnswerKey(table, YEAR)
    at = first_row(answers, key, of_country=True)
    assert at is not None
    found = list(disagreements(altered(answers, key, at, path, -500_000)))
    assert "sum" in {one.code for one in found if one.key == key}


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_was_reported_agrees_with_itself(seed: int) -> None:
    """Contradictory censuses, several sources, regions that came and went."""
    store, at = MemoryStore(), Partition(SUBMISSIONS, 0)
    records = [LogRecord(value, n) for n, value in enumerate(random_stream(seed))]
    asyncio.run(count_batch(read_batch({at: records}), store))
    frozen = asyncio.run(freeze(store, KeyDirectory("pepper"), YEAR))
    assert list(disagreements(frozen.answers)) == []
