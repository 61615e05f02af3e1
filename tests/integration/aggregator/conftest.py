"""Fixtures of the aggregator's integration tests: servers with logs that may be emptied."""

from collections.abc import Iterator

import pytest

from tests.support.counting_cluster import CountingCluster
from tests.support.stack import EmbeddedStack


@pytest.fixture(scope="module")
def cluster(
    stack: EmbeddedStack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CountingCluster]:
    """A fresh log and database for one module's story."""
    with CountingCluster(stack, tmp_path_factory.mktemp("workers")) as ready:
        yield ready
