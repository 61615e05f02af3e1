"""Fills the log before the clock runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from confluent_kafka import Producer

from birge_common.contracts.topics import SUBMISSIONS
from birge_stack.bench.events import SentEvent

# As ingest writes them: a trace that nobody samples, and the kind of content.
HEADERS: list[tuple[str, str | bytes | None]] = [
    ("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"),
    ("content-type", b"application/json"),
]


@dataclass(frozen=True, slots=True)
class Truth:
    """What counting must come to: hundredths of hours, with and without the re-sent records."""

    records: int
    reports: int
    hundredths_of_records: int
    hundredths_of_reports: int
    bytes_a_record: float


def preload(bootstrap_servers: str, events: Iterable[SentEvent]) -> Truth:
    """Append the events to the submissions' topic and say what they come to."""
    producer = Producer(
        {
            "bootstrap.servers": bootstrap_servers,
            "enable.idempotence": True,
            "linger.ms": 20,
            "compression.type": "lz4",
            "queue.buffering.max.messages": 1_000_000,
        }
    )
    records = reports = of_records = of_reports = size = 0
    for event in events:
        producer.produce(SUBMISSIONS, event.value, event.key, headers=HEADERS)
        producer.poll(0)
        records += 1
        size += len(event.value)
        of_records += event.hundredths
        if not event.is_resent:
            reports += 1
            of_reports += event.hundredths
    producer.flush()
    return Truth(records, reports, of_records, of_reports, size / max(1, records))
