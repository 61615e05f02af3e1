"""The year 2022 as an edition that is out, over a store in memory: for pages and open data."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from birge_aggregator.domain.publication.frozen import (
    content_hash,
    frame_bytes,
    windows_of,
)
from birge_aggregator.editions import Edition, Recommendation
from birge_aggregator.freezing import Frozen, freeze
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryEditions, MemoryStore
from birge_common.contracts.registry import EVENT_TYPES
from birge_stack.year2022.envelope import ACCEPTED
from birge_stack.year2022.partners import partners
from birge_stack.year2022.stream import DEFAULT_SEED, Year
from tests.support.records import LogRecord
from tests.support.tables import registered

SCALE = 0.02
"""So few reports that it takes seconds; every printed figure is the same at any scale."""
PERIOD = "2022"
ID = "2022-edition-1"


@cache
def frozen_2022() -> Frozen:
    """The year's answers as they are before small cells are suppressed."""
    store = MemoryStore()
    records: dict[Partition, list[LogRecord]] = {}
    for topic, value in _accepted():
        several = records.setdefault(Partition(topic, 0), [])
        several.append(LogRecord(value, len(several), topic=topic))
    asyncio.run(count_batch(read_batch(records), store))
    assert not store.quarantine
    keys = registered({one.sources[0]: one.regions for one in partners()})
    return asyncio.run(freeze(store, keys, PERIOD))


def _accepted() -> Iterator[tuple[str, bytes]]:
    for planned in Year(seed=DEFAULT_SEED, scale=SCALE):
        if planned.status == ACCEPTED:
            yield EVENT_TYPES[planned.event["type"]].topic, json.dumps(planned.event).encode()


@cache
def edition_2022() -> Edition:
    """The first edition of the year, with a commentary on the country and on one region."""
    frozen = frozen_2022()
    return Edition(
        id=ID,
        period=PERIOD,
        number=1,
        windows=windows_of(PERIOD),
        issued_at=datetime(2023, 2, 1, 4, tzinfo=UTC),
        counted_at=datetime(2023, 1, 20, 4, tzinfo=UTC),
        positions=frozen.positions_by_topic,
        content_hash=content_hash(
            {key: frame_bytes(frame) for key, frame in frozen.answers.items()}, {}
        ),
        commentary={
            "KZ": {
                "kk": "2022 жылы фронт-офистер алғаш рет сағаттарды бірдей ережемен санады.",
                "ru": "В 2022 году фронт-офисы впервые считали часы по единому правилу.",
                "en": "In 2022 the front offices counted hours by one rule for the first time.",
            },
            "KZ-71": {
                "kk": "Астанада әлеуметтік бағыт басым.",
                "ru": "В Астане преобладает социальное направление.",
                "en": "Social work prevails in Astana.",
            },
        },
        recommendations=(
            Recommendation(
                "2021",
                {
                    "kk": "Өңірлік «Үздік ерікті» сыйлығын барлық өңірде өткізу.",
                    "ru": "Проводить региональную премию «Лучший волонтёр» в каждом регионе.",
                    "en": "Hold the regional Best volunteer award in every region.",
                },
                "partly",
            ),
        ),
        references=tuple(frozen.references),
    )


def editions_2022() -> MemoryEditions:
    """One edition of 2022, small cells not suppressed."""
    return MemoryEditions([edition_2022()], {ID: frozen_2022().answers})
