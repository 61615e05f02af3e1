"""The door's processes, and what the log really holds."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.ingest_process import IngestProcess
from tests.support.stack import EmbeddedStack


@pytest.fixture(scope="module")
def ingest(
    stack: EmbeddedStack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IngestProcess]:
    """A running door with a database of its own."""
    log: Path = tmp_path_factory.mktemp("ingest") / "ingest.log"
    with IngestProcess(stack, f"ingest-{uuid4().hex[:12]}", log) as running:
        yield running
