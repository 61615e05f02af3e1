"""The memory stores keep what every store of ingest promises."""

import pytest

from birge_common.contracts.partner import PartnerChangedV1
from birge_ingest.stores.memory import MemoryPartnerRegistry, MemoryQuarantine, MemorySeenEvents
from tests.suites.ingest_stores import PartnerRegistrySuite, QuarantineSuite, SeenEventsSuite


class TestMemorySeenEvents(SeenEventsSuite):
    @pytest.fixture
    def seen(self) -> MemorySeenEvents:
        return MemorySeenEvents()


class TestMemoryQuarantine(QuarantineSuite):
    @pytest.fixture
    def quarantine(self) -> MemoryQuarantine:
        return MemoryQuarantine()


class ReadableRegistry(MemoryPartnerRegistry):
    async def announcements(self) -> list[PartnerChangedV1]:
        return list(self.announced)


class TestMemoryPartnerRegistry(PartnerRegistrySuite):
    @pytest.fixture
    def registry(self) -> ReadableRegistry:
        return ReadableRegistry()
