"""Counts the log again from offset 0 into a fresh database, and compares it with the live one.

Each process counts partitions of its own with the worker's own functions; nothing in a figure
depends on who counted it, or in which order the partitions were taken.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition

from birge_aggregator.batching import FETCH_BYTES, TRANSACTIONS_AT_ONCE, Records, shares
from birge_aggregator.domain.contribution import Counters, PageKey, summed
from birge_aggregator.handlers import count_share
from birge_aggregator.ports import Partition
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.counting import (
    LEDGER,
    PAGES,
    POSITIONS,
    STATEMENTS,
    MongoCountingStore,
    create_indexes,
)
from birge_common.garbage import collect_rarely
from birge_common.messaging.admin import topic_ids
from birge_common.mongo import Client, connect
from birge_common.testing.failpoints import FailPoints

REBUILD_DATABASE = "aggregator_rebuild"


@dataclass(frozen=True)
class Cells:
    """Everything that counting keeps, as of one moment."""

    positions: Mapping[Partition, int]
    pages: Mapping[PageKey, Counters]
    ledger_entries: int
    statements: Mapping[str, int]


@dataclass(frozen=True)
class RebuildReport:
    """What was compared, and every difference: (what, live, rebuilt)."""

    records: int
    cells: int
    differences: tuple[tuple[str, int, int], ...]


async def rebuild(settings: AggregatorSettings, *, keep: bool = False) -> RebuildReport:
    """Replay up to where the live figures stand, with a process for each core, and compare."""
    client = connect(settings.mongo)
    try:
        await client.drop_database(REBUILD_DATABASE)
        live = await read_cells(client, settings.database, settings.counting.group_id)
        await create_indexes(client[REBUILD_DATABASE])
        await _replay(settings, live.positions)
        rebuilt = await read_cells(client, REBUILD_DATABASE, settings.counting.group_id)
        if not keep:
            await client.drop_database(REBUILD_DATABASE)
    finally:
        client.close()
    return RebuildReport(
        records=sum(live.positions.values()),
        cells=sum(len(counters) for counters in live.pages.values()),
        differences=tuple(differences(live, rebuilt)),
    )


async def _replay(settings: AggregatorSettings, until: Mapping[Partition, int]) -> None:
    processes = min(os.cpu_count() or 1, max(1, len(until)))
    wanted = sorted(until)
    shares = [{at: until[at] for at in wanted[n::processes]} for n in range(processes)]
    # A fork would share this process's connections to MongoDB.
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    loop = asyncio.get_running_loop()
    with pool:
        await asyncio.gather(
            *(loop.run_in_executor(pool, _replay_share, settings, share) for share in shares)
        )


def _replay_share(settings: AggregatorSettings, share: Mapping[Partition, int]) -> None:
    collect_rarely()
    asyncio.run(_count_share(settings, share))


async def _count_share(settings: AggregatorSettings, share: Mapping[Partition, int]) -> None:
    servers = settings.kafka.bootstrap_servers
    client = connect(settings.mongo)
    store = MongoCountingStore(
        client,
        REBUILD_DATABASE,
        group_id=settings.counting.group_id,
        fail_points=FailPoints(),
    )
    consumer = AIOKafkaConsumer(
        bootstrap_servers=servers, enable_auto_commit=False, max_partition_fetch_bytes=FETCH_BYTES
    )
    most = settings.counting.batch_records_max

    async def count(share: Records) -> dict[Partition, int]:
        counted: dict[Partition, int] = {}
        async for _, moved in count_share(share, store, batch_records_max=most):
            counted |= moved
        return counted

    await consumer.start()
    try:
        generations = await topic_ids(servers, {at.topic for at in share})
        positions = dict(await store.take_over(list(share), generations))
        partitions = [TopicPartition(*at) for at in share]
        consumer.assign(partitions)
        for partition in partitions:
            consumer.seek(partition, 0)
        while any(positions[at] < end for at, end in share.items()):
            polled = await consumer.getmany(timeout_ms=500, max_records=TRANSACTIONS_AT_ONCE * most)
            records = {
                Partition(*at): wanted
                for at, several in polled.items()
                if (wanted := [r for r in several if r.offset < share[Partition(*at)]])
            }
            if records:
                counts = [count(one) for one in shares(records, batch_records_max=most)]
                for moved in await asyncio.gather(*counts):
                    positions |= moved
    finally:
        await consumer.stop()
        client.close()


async def read_cells(client: Client, database: str, group_id: str) -> Cells:
    """Positions, pages and sizes of a database in one snapshot."""
    source = client[database]
    async with await client.start_session(snapshot=True) as session:
        rows = await source[POSITIONS].find({"group": group_id}, session=session).to_list(None)
        pages = await source[PAGES].find(session=session).to_list(None)
        statements = (
            await source[STATEMENTS].find({}, {"version": 1}, session=session).to_list(None)
        )
        counted = (
            await source[LEDGER].aggregate([{"$count": "entries"}], session=session).to_list(None)
        )
    grouped: dict[PageKey, list[Counters]] = {}
    for page in pages:
        key = PageKey(page["region"], page["period"], page["layer"])
        grouped.setdefault(key, []).append(page.get("c", {}))
    return Cells(
        positions={Partition(row["topic"], row["partition"]): row["next"] for row in rows},
        pages={key: _without_zeros(summed(several)) for key, several in grouped.items()},
        ledger_entries=counted[0]["entries"] if counted else 0,
        statements={row["_id"]: row["version"] for row in statements},
    )


def _without_zeros(counters: Counters) -> Counters:
    """A counter that came back to zero is the same as one that never was there."""
    return {name: value for name, value in counters.items() if value}


def differences(live: Cells, rebuilt: Cells) -> list[tuple[str, int, int]]:
    """Every counter, position and size in which the two differ."""
    found = [
        (f"{'|'.join(page)} {name}", ours.get(name, 0), theirs.get(name, 0))
        for page in sorted({*live.pages, *rebuilt.pages})
        for ours, theirs in [(live.pages.get(page, {}), rebuilt.pages.get(page, {}))]
        for name in sorted({*ours, *theirs})
        if ours.get(name, 0) != theirs.get(name, 0)
    ]
    found += [
        (
            f"position {at.topic}/{at.number}",
            live.positions.get(at, 0),
            rebuilt.positions.get(at, 0),
        )
        for at in sorted({*live.positions, *rebuilt.positions})
        if live.positions.get(at) != rebuilt.positions.get(at)
    ]
    found += [
        (f"statement {one}", live.statements.get(one, -1), rebuilt.statements.get(one, -1))
        for one in sorted({*live.statements, *rebuilt.statements})
        if live.statements.get(one) != rebuilt.statements.get(one)
    ]
    if live.ledger_entries != rebuilt.ledger_entries:
        found.append(("ledger entries", live.ledger_entries, rebuilt.ledger_entries))
    return found
