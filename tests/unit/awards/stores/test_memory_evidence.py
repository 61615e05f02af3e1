"""The store in memory keeps the promises of every store of evidence files."""

import pytest

from birge_awards.stores.evidence_memory import MemoryEvidenceStore
from tests.suites.form_files import EvidenceStoreSuite


class TestMemoryEvidence(EvidenceStoreSuite):
    @pytest.fixture
    def files(self) -> MemoryEvidenceStore:
        return MemoryEvidenceStore()
