"""The API over a store in memory, with one partner's key."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from birge_aggregator.app import create_api
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.memory import MemoryEditions, MemoryFindings, MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import IssuedKey, KeyDirectory, issue_key
from birge_common.security.receipts import ReceiptSigner
from birge_common.settings import SecuritySettings
from birge_common.testing.clock import ManualClock
from tests.support.visitors import access_at

PEPPER = RECEIPT_KEY = "k" * 32


@pytest.fixture
def keys() -> KeyDirectory:
    return KeyDirectory(PEPPER)


@pytest.fixture
def key(keys: KeyDirectory) -> IssuedKey:
    issued = issue_key("test", PEPPER)
    keys.apply(
        PartnerChangedV1(
            key_id=issued.key_id,
            name="Office",
            digest=issued.digest,
            sources=("urn:birge:a",),
            state="active",
            registered_at=datetime(2022, 1, 1, tzinfo=UTC),
        )
    )
    return issued


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def findings() -> MemoryFindings:
    return MemoryFindings()


@pytest.fixture
def signer() -> ReceiptSigner:
    return ReceiptSigner(RECEIPT_KEY)


@pytest.fixture
def editions() -> MemoryEditions:
    return MemoryEditions()


@pytest.fixture
def publications() -> MemoryPublications:
    return MemoryPublications()


@pytest.fixture
def app(
    store: MemoryStore,
    findings: MemoryFindings,
    editions: MemoryEditions,
    publications: MemoryPublications,
    keys: KeyDirectory,
) -> FastAPI:
    settings = AggregatorSettings(
        security=SecuritySettings(key_pepper=SecretStr(PEPPER), receipt_key=SecretStr(RECEIPT_KEY))
    )
    clock = ManualClock()
    return create_api(
        settings,
        store=store,
        findings=findings,
        editions=editions,
        publications=publications,
        access=access_at(clock),
        keys=keys,
        clock=clock,
    )


@pytest.fixture
async def client(app: FastAPI, key: IssuedKey) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {key.text}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        yield client
