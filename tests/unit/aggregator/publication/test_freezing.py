"""A frozen answer is the live one of that moment, and all are of one moment."""

import asyncio
import json
from functools import cache

import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey, windows_of
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.freezing import Frozen, freeze, questions_of
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.rendering import frame_of
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.security.keys import KeyDirectory
from tests.support.random_stream import random_stream
from tests.support.records import as_log
from tests.support.tables import table_of

KEYS = KeyDirectory("pepper")
HALF = "2022-H1"


class CountedSnapshots(MemoryStore):
    """A store that knows how often it was read."""

    asked = 0

    async def snapshot(self, *wanted: object, **more: object) -> object:  # type: ignore[override]
        self.asked += 1
        return await super().snapshot(*wanted, **more)  # type: ignore[arg-type]


@cache
def store() -> CountedSnapshots:
    counted = CountedSnapshots()
    asyncio.run(count_batch(read_batch(as_log(random_stream(0))), counted))
    return counted


@cache
def frozen() -> Frozen:
    return asyncio.run(freeze(store(), KEYS, HALF))


@pytest.mark.parametrize("name", sorted(TABLES))
@pytest.mark.parametrize("region", ["KZ", "KZ-71"])
@pytest.mark.parametrize("window", windows_of(HALF))
def test_a_frozen_answer_is_what_the_api_would_have_said(
    name: str, region: str, window: str
) -> None:
    table = table_of(name, store(), window=window, region=region, map_17=True, keys=KEYS)
    live = frame_of(name, Question(region), window, table)
    assert frozen().answers[AnswerKey(name, window, region, map_17=True)] == json.loads(
        json.dumps(live)
    )


def test_all_of_it_is_read_at_once() -> None:
    before = store().asked
    asyncio.run(freeze(store(), KEYS, "2022-H2"))
    assert store().asked == before + 1


def test_an_edition_says_how_far_the_log_was_counted_and_on_what_it_stands() -> None:
    assert frozen().positions == store().next
    assert frozen().references
    assert all(
        {"table", "period", "publisher", "rows"} <= one.keys() for one in frozen().references
    )


def test_every_region_of_both_maps_is_asked_about() -> None:
    asked = {one.region for one in questions_of("2022-H2") if not one.map_17}
    on_older_map = {one.region for one in questions_of("2022-H2") if one.map_17}
    assert (len(asked), len(on_older_map)) == (21, 18)
    assert on_older_map < asked


def test_a_region_that_begins_inside_the_period_is_asked_about() -> None:
    last_day_regions = {one.region for one in questions_of("2022-H1") if one.window == "2022-H1"}
    assert "KZ-10" in last_day_regions
    assert "KZ-10" not in {one.region for one in questions_of("2021-H1")}


def test_the_matrix_is_frozen_by_hours_and_by_events() -> None:
    by = {one.basis for one in questions_of("2022") if one.table == "representedness"}
    assert by == {"hours", "events"}


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    asyncio.run(freeze(MemoryStore(), KEYS, "2022-H2", lambda *steps: told.append(steps)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1] == (len(told), len(told)) == (len(list(questions_of("2022-H2"))),) * 2
