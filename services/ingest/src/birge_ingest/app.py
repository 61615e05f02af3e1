"""Builds the door from its parts; the only module that makes real ones."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from fastapi import FastAPI
from pymongo.errors import PyMongoError
from starlette.middleware import Middleware

from birge_common.background import running_beside
from birge_common.clock import Clock, SystemClock
from birge_common.garbage import collect_rarely
from birge_common.health import Check, health_router
from birge_common.messaging.outbox import OutboxRelay
from birge_common.mongo import connect
from birge_common.security.following import DirectoryFollower
from birge_common.security.keys import KeyDirectory
from birge_common.security.receipts import ReceiptSigner
from birge_common.security.sealing import SealingKey
from birge_common.web.guards import RequestGuard
from birge_common.web.problems import install_problem_handlers
from birge_common.web.tracing import RequestTracing
from birge_ingest.api.events import events_router
from birge_ingest.api.openapi import openapi_of
from birge_ingest.api.quarantine import quarantine_router
from birge_ingest.api.receipts import receipts_router
from birge_ingest.handlers import Door
from birge_ingest.ports import EventLog, QuarantineReads, QuarantineWrites, SeenEvents
from birge_ingest.sealing import Discretion
from birge_ingest.settings import IngestSettings
from birge_ingest.stores.guarded import Availability, GuardedQuarantine, GuardedSeenEvents
from birge_ingest.stores.joined import JoinedSeenEvents
from birge_ingest.stores.kafka import KafkaEventLog, RelaySends
from birge_ingest.stores.mongo import MongoQuarantine, MongoSeenEvents

log = structlog.get_logger()

DESCRIPTION = """
The door for partners' events about volunteering in Kazakhstan. An event is a CloudEvent 1.0; its
data follows the contract of its type. What is accepted is in the log for good, and counted once,
however often it is sent.
"""


@dataclass(frozen=True)
class Parts:
    """What the door works with; tests pass doubles."""

    log: EventLog
    seen: SeenEvents
    quarantine: QuarantineWrites
    quarantine_reads: QuarantineReads
    keys: KeyDirectory
    clock: Clock
    sealing_key: SealingKey


def create_app(
    settings: IngestSettings,
    parts: Parts,
    *,
    checks: Mapping[str, Check] | None = None,
    lifespan: Any = None,
) -> FastAPI:
    """The HTTP application over any parts."""
    app = FastAPI(
        title="Birge: ingest",
        version="1.0.0",
        description=DESCRIPTION.strip(),
        # FastAPI's own spans would begin a second trace beside RequestTracing's for each request.
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
        middleware=[
            Middleware(RequestTracing),
            Middleware(RequestGuard, allowed_hosts=settings.http.allowed_hosts),
        ],
        lifespan=lifespan,
    )
    app.state.keys, app.state.clock = parts.keys, parts.clock
    receipt_key = settings.security.receipt_key.get_secret_value()
    signer = ReceiptSigner(receipt_key)
    discretion = Discretion.made(parts.sealing_key, receipt_key)
    door = Door(parts.log, parts.seen, parts.quarantine, signer, parts.clock, discretion)
    app.include_router(events_router(door, read_timeout_seconds=settings.door.read_timeout_seconds))
    app.include_router(receipts_router(signer))
    app.include_router(quarantine_router(parts.quarantine_reads))
    app.include_router(health_router(checks or {"log": parts.log.is_usable}))
    install_problem_handlers(app)
    app.openapi = cache(lambda: openapi_of(app))  # type: ignore[method-assign]
    return app


def ingest_app(settings: IngestSettings) -> FastAPI:
    """The application on Kafka and MongoDB.

    It starts, and stays up, whether or not these are there: it is ready once Kafka is.
    """
    client = connect(settings.mongo)
    database = client[settings.database]
    keys = KeyDirectory(settings.security.key_pepper.get_secret_value())
    servers = settings.kafka.bootstrap_servers
    follower = DirectoryFollower(servers, keys)
    event_log = KafkaEventLog(
        servers,
        replication_factor=settings.kafka.replication_factor,
        acknowledge_timeout_seconds=settings.door.acknowledge_timeout_seconds,
    )
    quarantine = MongoQuarantine(database)
    availability = Availability(
        lambda: client.admin.command("ping"),
        is_reachable=lambda: client.delegate.topology_description.has_writable_server(),
        timeout_seconds=settings.door.store_timeout_seconds,
    )

    async def keys_are_known() -> bool:
        return follower.is_caught_up

    async def follow_keys() -> None:
        await event_log.began()
        await follower.run()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        relay = OutboxRelay(database, RelaySends(event_log))
        try:
            async with running_beside(
                event_log.run(), follow_keys(), relay.run(), _index(quarantine)
            ):
                collect_rarely()
                yield
        finally:
            await availability.close()
            client.close()

    parts = Parts(
        log=event_log,
        seen=GuardedSeenEvents(
            JoinedSeenEvents(
                MongoSeenEvents(database), timeout_seconds=settings.door.store_timeout_seconds
            ),
            availability,
        ),
        quarantine=GuardedQuarantine(quarantine, availability),
        quarantine_reads=quarantine,
        keys=keys,
        clock=SystemClock(),
        sealing_key=settings.sealing.key(),
    )
    checks = {"log": event_log.is_usable, "partner_keys": keys_are_known}
    return create_app(settings, parts, checks=checks, lifespan=lifespan)


async def _index(quarantine: MongoQuarantine) -> None:
    """Make the indexes as soon as MongoDB is there; this is also what connects to it first."""
    while True:
        try:
            return await quarantine.ensure_indexes()
        except PyMongoError as error:
            log.warning("store.waiting", reason=type(error).__name__)
            await asyncio.sleep(1)
