"""What a tutorial gives: a subscriber that writes each message's counters as it comes."""

import asyncio
import sys

from faststream.kafka import KafkaBroker
from pymongo import UpdateOne

from birge_stack.bench.contestants.job import FullEvent, Increments, add_flat, flat_updates
from birge_stack.bench.contestants.program import Assignment, assignment_from
from birge_stack.bench.contestants.subscribing import Collection, Done, count


def main(assignment: Assignment) -> None:
    """`bulk`: one bulk_write a message; `updates`: one update_one a counter."""
    writes, _, kept = assignment.variant.partition("-")
    rollups = kept == "rollups"

    async def subscribe(broker: KafkaBroker, counters: Collection, done: Done) -> None:
        @broker.subscriber(
            assignment.topic, group_id=assignment.group_id, auto_offset_reset="earliest"
        )
        async def on_event(event: FullEvent) -> None:
            sums: Increments = {}
            add_flat(sums, event.data, rollups=rollups)
            if writes == "bulk":
                await counters.bulk_write(
                    [UpdateOne({"_id": one}, do, upsert=True) for one, do in flat_updates(sums)]
                )
            else:
                for one, do in flat_updates(sums):
                    await counters.update_one({"_id": one}, do, upsert=True)
            done(1)

    asyncio.run(count(assignment, subscribe))


if __name__ == "__main__":
    main(assignment_from(sys.argv[1:]))
