"""Tables of the aggregator over a few records, without a broker, a database or the API."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from birge_aggregator.answers import Answers
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.tables.answer import Question, Table
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import KeyDirectory
from tests.support.records import SUBMISSIONS, LogRecord

Row = dict[str, Any]
_FIRST = Partition(SUBMISSIONS, 0)
SAID = ("region", "period", "what", "expected", "found", "difference")


def key_of(source: str, regions: Sequence[str] | None = None, day: int = 1) -> PartnerChangedV1:
    """The registration of a source's key, for these regions or for all."""
    return PartnerChangedV1(
        key_id=f"key-{source}",
        name=source,
        digest="0" * 64,
        sources=(source,),
        regions=None if regions is None else tuple(regions),
        state="active",
        registered_at=datetime(2022, 1, day, tzinfo=UTC),
    )


def registered(regions_of: Mapping[str, Sequence[str] | None]) -> KeyDirectory:
    """A key for each source with its regions (all: None), registered in this order."""
    keys = KeyDirectory("pepper")
    for day, (source, regions) in enumerate(regions_of.items(), start=1):
        keys.apply(key_of(source, regions, day))
    return keys


def counted(values: Iterable[bytes], store: MemoryStore | None = None) -> MemoryStore:
    """The store after these records too; every one of them can be counted."""
    store = store or MemoryStore()
    first = store.next.get(_FIRST, 0)
    records = [LogRecord(value, first + n) for n, value in enumerate(values)]
    if records:
        asyncio.run(count_batch(read_batch({_FIRST: records}), store))
    assert store.quarantine == {}
    return store


def copied(store: MemoryStore) -> MemoryStore:
    """A store that goes on from here by itself."""
    return MemoryStore(dict(store.ledger), dict(store.pages), dict(store.next))


def table_of(
    name: str,
    store: MemoryStore,
    *,
    window: str = "2022",
    region: str = "KZ",
    layer: str | None = None,
    map_17: bool = False,
    keys: KeyDirectory | None = None,
) -> Table:
    """The table as the API would make it."""
    parsed, maker = window_from(window), TABLES[name]
    assert parsed is not None
    answers = Answers(store, keys or KeyDirectory("pepper"))
    made, _ = asyncio.run(
        answers.rendered(
            "",
            parsed,
            map_17,
            maker.needs,
            lambda reading: maker.make(reading.figures, Question(region, layer)),
        )
    )
    return made


def table(name: str, *values: bytes, **asked: Any) -> Table:
    """The table after these records."""
    return table_of(name, counted(values), **asked)


def findings(*values: bytes, **asked: Any) -> list[Row]:
    """The rows of `quality` after these records."""
    return [dict(row) for row in table("quality", *values, **asked).rows]


def of_check(rows: Iterable[Row], check: str, what: str | None = None) -> list[tuple[Any, ...]]:
    """What each finding of a kind says: region, period, what, expected, found, difference."""
    return [
        tuple(row[name] for name in SAID)
        for row in rows
        if row["check"] == check and what in (None, row["what"])
    ]


def checks(rows: Sequence[Row]) -> list[str]:
    """The kinds of the findings, those of offices that said nothing left out."""
    return [row["check"] for row in rows if row["check"] != "completeness"]
