"""The door as a process, shared by the tests that do it no harm."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.support.ingest_process import IngestProcess
from tests.support.stack import EmbeddedStack


@pytest.fixture(scope="session")
def _shared_ingest(
    stack: EmbeddedStack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IngestProcess]:
    log = tmp_path_factory.mktemp("ingest") / "ingest.log"
    with IngestProcess(stack, f"ingest-{uuid4().hex[:12]}", log) as running:
        yield running


@pytest.fixture(scope="module")
def ingest(_shared_ingest: IngestProcess) -> IngestProcess:
    """A door that is ready, whatever an earlier module did to the broker."""
    _shared_ingest.wait_for("/health/ready", 200, within=60)
    return _shared_ingest


@pytest.fixture
def own_ingest(
    stack: EmbeddedStack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IngestProcess]:
    """A door of the test's own, to be stopped and started."""
    log = tmp_path_factory.mktemp("ingest") / "ingest.log"
    with IngestProcess(stack, f"ingest-{uuid4().hex[:12]}", log) as running:
        yield running
