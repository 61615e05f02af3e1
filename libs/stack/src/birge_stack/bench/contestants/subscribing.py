"""Runs a FastStream broker until its subscriber has counted what it was asked to."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from faststream.kafka import KafkaBroker
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection

from birge_stack.bench.contestants.program import Assignment, Progress, wait_to_be_ended

Collection = AsyncIOMotorCollection[dict[str, object]]
Done = Callable[[int], None]
Subscribe = Callable[[KafkaBroker, Collection, Done], Awaitable[None]]


async def count(assignment: Assignment, subscribe: Subscribe) -> None:
    """Start the broker; `subscribe` registers the subscriber, which calls `done(records)`."""
    broker = KafkaBroker(assignment.bootstrap_servers, logger=None, log_level=logging.ERROR)
    database = AsyncIOMotorClient[dict[str, object]](assignment.mongo_uri)[assignment.database]
    await database.create_collection("counters")
    progress = Progress(assignment.records)
    all_counted = asyncio.Event()

    def done(records: int) -> None:
        if not all_counted.is_set() and progress.add(records):
            all_counted.set()

    await subscribe(broker, database["counters"], done)
    await broker.start()
    await all_counted.wait()
    await asyncio.to_thread(wait_to_be_ended)
