"""Builds the programs of the service from their settings; the only module that does."""

from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from fastapi import FastAPI
from pymongo.errors import PyMongoError
from starlette.middleware import Middleware

from birge_aggregator.answers import Answers
from birge_aggregator.api import receipts_router, statistics_router
from birge_aggregator.changes import ChangesTeller
from birge_aggregator.desk import Desk
from birge_aggregator.desk_api import desk_router, install_refusals
from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.drafts import Drafts
from birge_aggregator.editions import Editions
from birge_aggregator.findings import FindingsFollower, FindingsStore
from birge_aggregator.findings_api import findings_router
from birge_aggregator.freezing import Frozen, Told, freeze
from birge_aggregator.outputs.files import FILE_NAMES, files_of
from birge_aggregator.pages.assembly import install_desk, install_pages, pages_of_aggregator
from birge_aggregator.ports import ReadingStore
from birge_aggregator.publications import Publications, PublicationStore
from birge_aggregator.publications_api import publications_router
from birge_aggregator.publisher import Publisher, Work
from birge_aggregator.remembered_editions import RememberedEditions
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.changes import MongoChangesStore
from birge_aggregator.stores.counting import create_indexes
from birge_aggregator.stores.findings import MongoFindingsStore
from birge_aggregator.stores.publications import MongoPublications
from birge_aggregator.stores.reading import MongoReadingStore
from birge_aggregator.worker import Worker
from birge_common.access.access import Access
from birge_common.access.api import session_router
from birge_common.access.guard import SessionGuard
from birge_common.access.pages import access_pages
from birge_common.access.ports import PeopleStore
from birge_common.access.second_factor import SecretBox
from birge_common.access.stores.failures_mongo import MongoFailures
from birge_common.access.stores.mongo import MongoPeopleStore
from birge_common.access.throttle import FailureStore, Throttle
from birge_common.background import running_beside
from birge_common.clock import Clock, SystemClock
from birge_common.garbage import collect_rarely
from birge_common.health import Check, health_router
from birge_common.mongo import connect
from birge_common.security.following import DirectoryFollower
from birge_common.security.keys import KeyDirectory
from birge_common.security.receipts import ReceiptSigner
from birge_common.web.guards import RequestGuard
from birge_common.web.kept_pages import KeptPages
from birge_common.web.pages.headers import PageHeaders
from birge_common.web.problems import Problem, install_problem_handlers
from birge_common.web.tracing import RequestTracing

log = structlog.get_logger()


def create_api(
    settings: AggregatorSettings,
    *,
    store: ReadingStore,
    findings: FindingsStore,
    editions: Editions,
    publications: PublicationStore,
    access: Access,
    keys: KeyDirectory,
    clock: Clock,
    checks: dict[str, Check] | None = None,
    lifespan: Any = None,
) -> FastAPI:
    """The API over any store; tests pass doubles."""
    app = FastAPI(
        title="Birge: statistics",
        version="1.0.0",
        description="Exact regional statistics of volunteering. Every answer says what is missing.",
        middleware=[
            Middleware(RequestTracing),
            Middleware(RequestGuard, allowed_hosts=settings.http.allowed_hosts),
            Middleware(KeptPages),
            Middleware(PageHeaders),
            Middleware(SessionGuard, access=access),
        ],
        # FastAPI's own spans would begin a second trace beside RequestTracing's for each request.
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
        lifespan=lifespan,
    )
    app.state.keys, app.state.clock = keys, clock
    signer = ReceiptSigner(settings.security.receipt_key.get_secret_value())
    answers = Answers(store, keys)
    app.include_router(statistics_router(answers, editions, signer))
    app.include_router(receipts_router(store, answers, signer))
    app.include_router(findings_router(findings))
    desk = Desk(Publications(publications, clock), clock)
    app.include_router(publications_router(editions, publications, settings.site.address))
    app.include_router(desk_router(desk))
    app.include_router(health_router(checks or {}))
    pages = pages_of_aggregator()
    app.include_router(session_router(access))
    app.include_router(access_pages(access, pages))
    install_desk(app, pages, desk)
    install_pages(app, pages, editions, Drafts(publications), settings.site.address)
    install_problem_handlers(app, pages)
    install_refusals(app)

    @app.exception_handler(PyMongoError)
    async def on_store_away(request: Any, error: Exception) -> Any:
        log.warning("store.away", reason=type(error).__name__)
        problem = Problem(
            503, "store_away", "The store does not answer; try again.", headers={"Retry-After": "2"}
        )
        return await app.exception_handlers[Problem](request, problem)  # type: ignore[misc]

    return app


class _ReadingSide:
    """What both programs that read the figures are made of: MongoDB, and partners' keys."""

    def __init__(self, settings: AggregatorSettings) -> None:
        self.database = settings.database
        self.client = connect(settings.mongo)
        self.keys = KeyDirectory(settings.security.key_pepper.get_secret_value())
        self.follower = DirectoryFollower(settings.kafka.bootstrap_servers, self.keys)
        self.store = MongoReadingStore(
            self.client, settings.database, group_id=settings.counting.group_id
        )
        self.findings = MongoFindingsStore(self.client, settings.database)
        self.publications = MongoPublications(
            self.client, settings.database, address=settings.site.address
        )
        self.checks: dict[str, Check] = {
            "mongo": self._mongo_answers,
            "partner_keys": self._keys_are_known,
        }

    async def _mongo_answers(self) -> bool:
        try:
            await self.store.positions_now()
        except PyMongoError:
            return False
        return True

    async def _keys_are_known(self) -> bool:
        return self.follower.is_caught_up

    @asynccontextmanager
    async def running(self, *beside: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
        """Follow the keys, and run what else is given, until the block ends."""
        await create_indexes(self.client[self.database])
        try:
            async with running_beside(self.follower.run(), *beside):
                collect_rarely()
                yield
        finally:
            self.client.close()


def api(settings: AggregatorSettings) -> FastAPI:
    """The API on MongoDB, with partners' keys from the log."""
    side, clock = _ReadingSide(settings), SystemClock()
    people, failures = MongoPeopleStore(side.client), MongoFailures(side.client)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await people.ensure_indexes()
        await failures.ensure_indexes()
        async with side.running():
            yield

    return create_api(
        settings,
        store=side.store,
        findings=side.findings,
        editions=RememberedEditions(side.publications),
        publications=side.publications,
        access=access_over(settings, people, clock, failures),
        keys=side.keys,
        clock=clock,
        checks=side.checks,
        lifespan=lifespan,
    )


def access_over(
    settings: AggregatorSettings, people: PeopleStore, clock: Clock, failures: FailureStore
) -> Access:
    """Accounts and sessions of this deployment."""
    pepper = settings.security.key_pepper.get_secret_value()
    return Access(
        people, clock, SecretBox(pepper), settings.site.address, throttle=Throttle(failures)
    )


def publisher(settings: AggregatorSettings) -> FastAPI:
    """The program that brings editions out and says what changed; it answers health and metrics."""
    side = _ReadingSide(settings)

    async def freeze_now(period: str, tell: Told) -> Frozen:
        return await freeze(side.store, side.keys, period, tell)

    work = Work(
        freeze=freeze_now,
        protect=protect,
        file_names=FILE_NAMES,
        files=partial(files_of, address=settings.site.address),
    )
    publishing = Publisher(side.publications, SystemClock(), work, away=PyMongoError)
    group_id = settings.counting.group_id
    changes = MongoChangesStore(side.client, settings.database, group_id=group_id)
    telling = ChangesTeller(changes, away=PyMongoError)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with side.running(publishing.run(), telling.run()):
            yield

    app = FastAPI(title="Birge: publisher", lifespan=lifespan)
    app.include_router(health_router(side.checks))
    return app


def quality(settings: AggregatorSettings) -> FastAPI:
    """The program that follows findings; it also answers health and metrics.

    Apart from the API, so that no reader waits while a year is held against itself.
    """
    side = _ReadingSide(settings)
    findings = FindingsFollower(
        Answers(side.store, side.keys),
        side.findings,
        away=PyMongoError,
        is_ready=lambda: side.follower.is_caught_up,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with side.running(findings.run()):
            yield

    app = FastAPI(title="Birge: data quality", lifespan=lifespan)
    app.include_router(health_router(side.checks))
    return app


def worker(settings: AggregatorSettings) -> FastAPI:
    """The worker as a program that also answers health and metrics."""
    counting = Worker(settings)
    app = FastAPI(title="Birge: aggregator worker", lifespan=counting.running)
    app.include_router(health_router({"subscription": counting.is_ready}))
    return app
