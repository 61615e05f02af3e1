"""The limit: consume, decode what is counted, add up in a dictionary, and keep it nowhere."""

import sys

from confluent_kafka import Consumer

from birge_stack.bench.contestants.job import pages_of
from birge_stack.bench.contestants.program import (
    Assignment,
    Progress,
    assignment_from,
    wait_to_be_ended,
)


def run(assignment: Assignment) -> None:
    """Consume until all is added up."""
    consumer = Consumer(
        {
            "bootstrap.servers": assignment.bootstrap_servers,
            "group.id": assignment.group_id,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "queued.max.messages.kbytes": 65_536,
        }
    )
    consumer.subscribe([assignment.topic])
    progress = Progress(assignment.records)
    is_done = False
    while not is_done:
        messages = consumer.consume(assignment.batch, 0.2)
        if not messages:
            continue
        pages_of((message.partition() or 0, message.value() or b"") for message in messages)
        is_done = progress.add(len(messages))
    wait_to_be_ended()


if __name__ == "__main__":
    run(assignment_from(sys.argv[1:]))
