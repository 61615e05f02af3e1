"""Builds the programs of the service from their settings; the only module that does."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI
from pymongo.errors import PyMongoError
from starlette.middleware import Middleware

from birge_awards.api.commands import commands_router
from birge_awards.api.failures import install_refusals
from birge_awards.api.public import public_router
from birge_awards.api.reads import reads_router
from birge_awards.desk import desk_over
from birge_awards.form_ports import DraftStore, EvidenceStore, Mail
from birge_awards.handlers.evidence import Evidence
from birge_awards.handlers.form_submissions import FormSubmissions
from birge_awards.handlers.laureates import Laureates
from birge_awards.handlers.reading import Reading
from birge_awards.mailing import FolderMail
from birge_awards.pages.assembly import install_pages, pages_of_awards
from birge_awards.pages.invitations import Invitations
from birge_awards.pages.public.nominate_pages import PublicForm
from birge_awards.pages.shell import Shell
from birge_awards.ports import AwardsStore
from birge_awards.rotation import Destroyed, Rotated, Rotation
from birge_awards.settings import AwardsSettings
from birge_awards.stores.evidence_mongo import MongoEvidenceStore
from birge_awards.stores.form_mongo import MongoDraftStore
from birge_awards.stores.mongo import MongoAwardsStore
from birge_awards.unread import unread_nominations
from birge_awards.vault import Vault
from birge_awards.worker import Worker
from birge_common.access.access import Access
from birge_common.access.api import session_router
from birge_common.access.guard import SessionGuard
from birge_common.access.pages import access_pages
from birge_common.access.people_pages import people_pages
from birge_common.access.ports import PeopleStore
from birge_common.access.second_factor import SecretBox
from birge_common.access.stores.failures_mongo import MongoFailures
from birge_common.access.stores.mongo import MongoPeopleStore
from birge_common.access.throttle import FailureStore, Throttle
from birge_common.background import running_beside
from birge_common.clock import Clock, SystemClock
from birge_common.health import Check, health_router
from birge_common.mongo import connect
from birge_common.security.following import DirectoryFollower
from birge_common.security.keys import KeyDirectory
from birge_common.web.guards import RequestGuard
from birge_common.web.pages.headers import PageHeaders
from birge_common.web.problems import Problem, install_problem_handlers
from birge_common.web.tracing import RequestTracing

log = structlog.get_logger()


def create_api(
    settings: AwardsSettings,
    store: AwardsStore,
    *,
    keys: KeyDirectory,
    clock: Clock,
    access: Access,
    drafts: DraftStore,
    evidence_files: EvidenceStore,
    mail: Mail,
    checks: Mapping[str, Check] | None = None,
    lifespan: Any = None,
) -> FastAPI:
    """The API and the pages over any store; tests pass doubles."""
    app = FastAPI(
        title="Birge: awards",
        version="1.0.0",
        description="Regional awards and the national one they feed: juries decide, all is proven.",
        middleware=[
            Middleware(RequestTracing),
            Middleware(RequestGuard, allowed_hosts=settings.http.allowed_hosts),
            Middleware(PageHeaders),
            Middleware(SessionGuard, access=access),
        ],
        # FastAPI's own spans would begin a second trace beside RequestTracing's for each request.
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
        lifespan=lifespan,
    )
    app.state.keys, app.state.clock = keys, clock
    vault = Vault(settings.awards.vault_secret())
    desk = desk_over(store, vault, clock, settings.awards.public_address)
    reading = Reading(desk.sittings, desk.nominations, vault)
    app.include_router(commands_router(desk, reading, vault))
    app.include_router(reads_router(desk, reading))
    app.include_router(public_router(Laureates(desk.nominations, desk.sittings)))
    app.include_router(health_router(dict(checks or {})))
    pages = pages_of_awards()
    app.include_router(session_router(access))
    app.include_router(access_pages(access, pages))
    app.include_router(people_pages(access, pages))
    shell = Shell(pages, desk, reading, Invitations(access))
    address = settings.awards.public_address
    evidence = Evidence(evidence_files, vault, clock, address)
    form = FormSubmissions(drafts, desk.nominations, evidence)
    install_pages(app, shell, vault=vault, public_form=PublicForm(shell, form, mail, address))
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


def api(settings: AwardsSettings) -> FastAPI:
    """The API on MongoDB, with partners' keys from the log."""
    client = connect(settings.mongo)
    store = MongoAwardsStore(client, settings.database)
    drafts = MongoDraftStore(client, settings.database)
    evidence_files = MongoEvidenceStore(client, settings.database)
    people, failures = MongoPeopleStore(client), MongoFailures(client)
    keys = KeyDirectory(settings.security.key_pepper.get_secret_value())
    follower = DirectoryFollower(settings.kafka.bootstrap_servers, keys)
    clock = SystemClock()

    async def store_answers() -> bool:
        try:
            await store.cycles()
        except PyMongoError:
            return False
        return True

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await store.ensure_indexes()
        await people.ensure_indexes()
        await failures.ensure_indexes()
        await drafts.ensure_indexes()
        await evidence_files.ensure_indexes()
        try:
            async with running_beside(follower.run()):
                yield
        finally:
            client.close()

    return create_api(
        settings,
        store,
        access=access_over(settings, people, clock, failures),
        drafts=drafts,
        evidence_files=evidence_files,
        mail=FolderMail(settings.awards.mail_folder),
        keys=keys,
        clock=clock,
        checks={"mongo": store_answers},
        lifespan=lifespan,
    )


def access_over(
    settings: AwardsSettings, people: PeopleStore, clock: Clock, failures: FailureStore
) -> Access:
    """Accounts and sessions of this deployment."""
    pepper = settings.security.key_pepper.get_secret_value()
    return Access(
        people,
        clock,
        SecretBox(pepper),
        settings.awards.public_address,
        throttle=Throttle(failures),
    )


async def administrator(settings: AwardsSettings) -> str | None:
    """A link for the first administrator, which works once; None where there is one already."""
    client = connect(settings.mongo)
    try:
        people = MongoPeopleStore(client)
        await people.ensure_indexes()
        access = access_over(settings, people, SystemClock(), MongoFailures(client))
        invitation = await access.first_administrator()
        return access.link_of(invitation) if invitation else None
    finally:
        client.close()


async def rotate_sealing_key(settings: AwardsSettings, key_id: str) -> Rotated:
    """A new pair beside the keys that are held. Raises RotationRefused."""
    async with _rotation(settings) as rotation:
        return await rotation.rotate(key_id)


async def destroy_sealing_keys(settings: AwardsSettings) -> Destroyed:
    """The keys without those whose cycles are closed. Raises RotationRefused."""
    async with _rotation(settings) as rotation:
        return await rotation.destroy()


@asynccontextmanager
async def _rotation(settings: AwardsSettings) -> AsyncIterator[Rotation]:
    settings.sealing.keys()
    client = connect(settings.mongo)
    try:
        yield Rotation(
            MongoAwardsStore(client, settings.database),
            settings.sealing.private_keys.get_secret_value(),
            lambda: unread_nominations(settings.kafka.bootstrap_servers),
        )
    finally:
        client.close()


def worker(settings: AwardsSettings) -> FastAPI:
    """The worker as a program that also answers health and metrics."""
    working = Worker(settings)
    app = FastAPI(title="Birge: awards worker", lifespan=working.running)
    app.include_router(health_router({"subscription": working.is_ready}))
    return app
