"""The product's layout, decoding and plumbing, but at least once: what exactness is priced by.

No transaction, no ledger, no positions: a batch's pages are written, then Kafka is told.
"""

import asyncio
import sys
from typing import Any

from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import KafkaAckableMessage
from pymongo import UpdateOne

from birge_stack.bench.contestants.job import pages_of
from birge_stack.bench.contestants.program import Assignment, assignment_from
from birge_stack.bench.contestants.subscribing import Collection, Done, count


async def _leave(_message: Any, _original: Any = None) -> None:
    return None


def main(assignment: Assignment) -> None:
    """Count raw batches, as the product takes them."""

    async def subscribe(broker: KafkaBroker, counters: Collection, done: Done) -> None:
        async def hand_over(message: Any, _original: Any = None) -> KafkaAckableMessage:
            return KafkaAckableMessage(body=b"", raw_message=message, consumer=subscriber.consumer)

        subscriber: Any = broker.subscriber(
            assignment.topic,
            group_id=assignment.group_id,
            auto_offset_reset="earliest",
            batch=True,
            max_records=assignment.batch,
            batch_timeout_ms=200,
            fetch_max_wait_ms=200,
            ack_policy=AckPolicy.ACK,
            parser=hand_over,
            decoder=_leave,
        )

        async def on_records(message: KafkaMessage) -> None:
            records: Any = message.raw_message
            pages = pages_of((record.partition, record.value) for record in records)
            updates = [
                UpdateOne({"_id": one}, {"$inc": {f"c.{k}": v for k, v in page.items()}}, True)
                for one, page in sorted(pages.items())
            ]
            await counters.bulk_write(updates, ordered=False)
            done(len(records))

        subscriber(on_records)

    asyncio.run(count(assignment, subscribe))


if __name__ == "__main__":
    main(assignment_from(sys.argv[1:]))
