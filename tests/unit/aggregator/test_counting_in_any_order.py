"""Any order, duplication and splitting of a stream gives the cells of the sorted, unique one."""

import asyncio
import zlib
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from birge_aggregator.domain.contribution import summed
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryStore
from tests.support.records import SUBMISSIONS, LogRecord, report, retraction

IDENTITIES = [f"r-{n}" for n in range(4)]


@st.composite
def statements(draw: st.DrawFn) -> bytes:
    """One version of one of few reports: few, so that versions meet."""
    identity, version = draw(st.sampled_from(IDENTITIES)), draw(st.integers(1, 4))
    # What a version says follows from its identity and number: a version never says two things.
    seed = zlib.crc32(f"{identity}/{version}".encode()) & 0xFFFF
    if seed % 5 == 0:
        return retraction(identity, version=version)
    return report(
        identity,
        version=version,
        region=["KZ-71", "KZ-75", "KZ"][seed % 3],
        period=["2022-03", "2022-H1", "2022"][seed // 3 % 3],
        direction=["umit", "qamqor"][seed // 9 % 2],
        layer=["front_office", "grant"][seed // 18 % 2],
        hours=(seed % 997 + 1) / 100,
        events=[None, 0, 2][seed // 36 % 3],
        volunteers=[None, 5][seed // 7 % 2],
        participants={"child": seed % 4, "silver": None},
        already_counted=[{"hours": 0.01, "report_id": "x"}] if seed % 2 else None,
        development=seed % 4 == 0,
        excluded=[{"reason": "paid", "hours": 3.5}] if seed % 3 else None,
    )


def cells_of(store: MemoryStore) -> dict[object, dict[str, int]]:
    """The figures, without partitions and without what cancelled out."""
    by_page: dict[object, list[dict[str, int]]] = {}
    for (_, page), counters in store.pages.items():
        by_page.setdefault(page, []).append(counters)
    cells = {page: summed(several) for page, several in by_page.items()}
    live = {page: {k: v for k, v in c.items() if v} for page, c in cells.items()}
    return {page: counters for page, counters in live.items() if counters}


def counted(values: list[bytes], cuts: list[int]) -> MemoryStore:
    """Count the values as one partition, in batches cut at `cuts`."""
    store, at = MemoryStore(), Partition(SUBMISSIONS, 0)
    records = [LogRecord(value, offset) for offset, value in enumerate(values)]
    edges = sorted({0, len(records), *(cut % (len(records) + 1) for cut in cuts)})

    async def run() -> None:
        for first, last in pairwise(edges):
            await count_batch(read_batch({at: records[first:last]}), store)

    asyncio.run(run())
    return store


@settings(max_examples=80, deadline=None)
@given(
    stream=st.lists(statements(), min_size=1, max_size=25),
    data=st.data(),
)
def test_any_order_duplication_and_splitting_counts_the_same(
    stream: list[bytes], data: st.DataObject
) -> None:
    doubled = stream + data.draw(st.lists(st.sampled_from(stream), max_size=10))
    shuffled = data.draw(st.permutations(doubled))
    cuts = data.draw(st.lists(st.integers(0, 100), max_size=5))
    unique = sorted(
        set(stream),
        key=lambda value: read_batch({Partition("t", 0): [LogRecord(value)]}).statements[0][:2],
    )

    assert cells_of(counted(shuffled, cuts)) == cells_of(counted(unique, []))


@settings(max_examples=50, deadline=None)
@given(stream=st.lists(statements(), min_size=1, max_size=20), split=st.data())
def test_versions_spread_over_partitions_count_the_same(
    stream: list[bytes], split: st.DataObject
) -> None:
    parts = [split.draw(st.integers(0, 3)) for _ in stream]
    store = MemoryStore()

    async def run() -> None:
        for number in range(4):
            at = Partition(SUBMISSIONS, number)
            own = [value for value, part in zip(stream, parts, strict=True) if part == number]
            records = [
                replace(LogRecord(value), offset=n, partition=number) for n, value in enumerate(own)
            ]
            if records:
                await count_batch(read_batch({at: records}), store)

    asyncio.run(run())
    assert cells_of(store) == cells_of(counted(stream, []))


@settings(max_examples=50, deadline=None)
@given(
    stream=st.lists(
        st.one_of(statements(), st.sampled_from([b"{", b"null", b"[]", b"\xff", b'{"type":"x"}'])),
        min_size=1,
        max_size=25,
    )
)
def test_every_record_is_applied_ignored_or_quarantined(stream: list[bytes]) -> None:
    store = counted(stream, [3, 7])
    assert sum(store.outcomes.values()) == len(stream) == store.next[Partition(SUBMISSIONS, 0)]
    assert store.outcomes["quarantined"] == len(store.quarantine)
