"""Memory keeps the promises of every store of drafts."""

import pytest

from birge_awards.form_ports import DraftStore
from birge_awards.stores.form_memory import MemoryDraftStore
from tests.suites.form_drafts import DraftStoreSuite


class TestMemoryDrafts(DraftStoreSuite):
    @pytest.fixture
    def drafts(self) -> DraftStore:
        return MemoryDraftStore()
