"""The only module, with each service's `stores/mongo.py`, that knows the MongoDB driver."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar, cast

from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
)
from pymongo import ReadPreference, WriteConcern
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern

from birge_common.settings import MongoSettings

Document = dict[str, Any]
Client = AsyncIOMotorClient[Document]
Session = AsyncIOMotorClientSession
Result = TypeVar("Result")
# What every call of the driver raises while the database does not answer, for those who wait.
StoreAway = PyMongoError

SNAPSHOT = ReadConcern("snapshot")
MAJORITY = WriteConcern("majority", j=True)


def connect(settings: MongoSettings) -> Client:
    """A client that waits for the majority's journal, and gives up in seconds, not minutes."""
    return AsyncIOMotorClient(
        settings.uri,
        w="majority",
        journal=True,
        readConcernLevel="majority",
        tz_aware=True,
        connectTimeoutMS=2_000,
        serverSelectionTimeoutMS=3_000,
        socketTimeoutMS=20_000,
    )


def session_document(session: Session) -> Document:
    """The session's id as the server knows it; motor's types call this property a method."""
    document: Document = cast(Any, session).session_id
    return document


def is_in_transaction(session: Session) -> bool:
    """Whether a transaction is open on the session; motor's types call this a method too."""
    return bool(cast(Any, session).in_transaction)


async def commit(session: Session, *, deadline_seconds: float = 20.0) -> None:
    """Commit, asking again while the outcome is unknown.

    A lost answer says nothing about the commit, and repeating the commit is always right where
    repeating the body is not. Raises the last error when the deadline has passed.
    """
    give_up_at = time.monotonic() + deadline_seconds
    while True:
        try:
            return await session.commit_transaction()
        except PyMongoError as error:
            unknown = error.has_error_label("UnknownTransactionCommitResult")
            if not unknown or time.monotonic() > give_up_at:
                raise
            await asyncio.sleep(0.1)


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a transaction's work; a cancellation waits until it is over, and is raised then.

    The driver runs each command on a thread, which nobody can cancel. One that has not begun yet
    would find the transaction aborted, and write for itself, outside of it.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise


async def run_in_transaction(
    client: Client,
    body: Callable[[Session], Awaitable[Result]],
    *,
    deadline_seconds: float = 20.0,
) -> Result:
    """Run `body` in one snapshot transaction, again with back-off while the error is transient.

    `body` must be safe to run again: its effects are only those of the transaction.
    """
    return await to_the_end(_run(client, body, deadline_seconds))


async def _run(
    client: Client, body: Callable[[Session], Awaitable[Result]], deadline_seconds: float
) -> Result:
    give_up_at = time.monotonic() + deadline_seconds
    async with await client.start_session() as session:
        while True:
            try:
                async with session.start_transaction(
                    read_concern=SNAPSHOT,
                    write_concern=MAJORITY,
                    read_preference=ReadPreference.PRIMARY,
                ):
                    result = await body(session)
                    await commit(session, deadline_seconds=deadline_seconds)
                    return result
            except PyMongoError as error:
                transient = error.has_error_label("TransientTransactionError")
                if not transient or time.monotonic() > give_up_at:
                    raise
                await asyncio.sleep(random.uniform(0.01, 0.1))
