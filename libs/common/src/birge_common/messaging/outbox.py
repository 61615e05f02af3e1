"""State and what it says are kept in one transaction; this relay says it afterwards."""

import asyncio
from typing import Any, Protocol

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from bson import ObjectId
from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo.errors import PyMongoError

from birge_common.telemetry import metrics

OUTBOX = "outbox"
_BATCH_ROWS = 500

log = structlog.get_logger()


class _Sends(Protocol):
    async def send_and_wait(self, topic: str, **record: Any) -> Any: ...


def outbox_row(
    topic: str, key: str, value: bytes, *, traceparent: str | None = None
) -> dict[str, Any]:
    """The document to insert, in the transaction of the state it tells of.

    Ids grow with time in one process, so a key's rows written one after another leave in order.
    """
    return {
        "_id": ObjectId(),
        "topic": topic,
        "key": key,
        "value": value,
        "traceparent": traceparent,
    }


class OutboxRelay:
    """Publishes rows in order and deletes them once Kafka has acknowledged: at least once."""

    def __init__(
        self, database: AsyncIOMotorDatabase[dict[str, Any]], producer: AIOKafkaProducer | _Sends
    ) -> None:
        self._rows = database[OUTBOX]
        self._producer = producer

    async def run(self, *, pause_seconds: float = 0.1) -> None:
        """Relay for ever; while Kafka or MongoDB is away, wait and try again."""
        while True:
            try:
                relayed = await self.relay_once()
            except (KafkaError, PyMongoError) as error:
                log.warning("outbox.waiting", reason=type(error).__name__)
                relayed = 0
                await asyncio.sleep(1)
            if not relayed:
                await asyncio.sleep(pause_seconds)

    async def relay_once(self) -> int:
        """Publish what is waiting, oldest first; returns how many rows left."""
        rows = await self._rows.find().sort("_id", 1).limit(_BATCH_ROWS).to_list(_BATCH_ROWS)
        for row in rows:
            headers = [("content-type", b"application/cloudevents+json")]
            if row["traceparent"]:
                headers.append(("traceparent", row["traceparent"].encode()))
            await self._producer.send_and_wait(
                row["topic"], key=row["key"].encode(), value=row["value"], headers=headers
            )
        if rows:
            await self._rows.delete_many({"_id": {"$in": [row["_id"] for row in rows]}})
            metrics.OUTBOX_RELAYED.inc(len(rows))
        return len(rows)
