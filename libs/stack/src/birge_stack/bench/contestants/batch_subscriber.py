"""At least once, as a careful user writes it: a batch subscriber, summed up, one bulk_write."""

import asyncio
import sys

from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from pymongo import UpdateOne

from birge_stack.bench.contestants.job import FullEvent, Increments, add_flat, flat_updates
from birge_stack.bench.contestants.program import Assignment, assignment_from
from birge_stack.bench.contestants.subscribing import Collection, Done, count


def main(assignment: Assignment) -> None:
    """Count with offsets committed after the write; `rollups` keeps country and year too."""
    rollups = assignment.variant == "rollups"

    async def subscribe(broker: KafkaBroker, counters: Collection, done: Done) -> None:
        @broker.subscriber(
            assignment.topic,
            group_id=assignment.group_id,
            auto_offset_reset="earliest",
            batch=True,
            max_records=assignment.batch,
            batch_timeout_ms=50,
            ack_policy=AckPolicy.ACK,
        )
        async def on_events(events: list[FullEvent]) -> None:
            sums: Increments = {}
            for event in events:
                add_flat(sums, event.data, rollups=rollups)
            updates = [UpdateOne({"_id": one}, do, upsert=True) for one, do in flat_updates(sums)]
            await counters.bulk_write(updates, ordered=False)
            done(len(events))

    asyncio.run(count(assignment, subscribe))


if __name__ == "__main__":
    main(assignment_from(sys.argv[1:]))
