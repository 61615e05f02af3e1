"""Fixtures of the fault tests: servers that may be killed, and the seed that repeats a failure."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.counting_cluster import CountingCluster
from tests.support.stack import EmbeddedStack

SEED = "BIRGE_FAULT_SEED"


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """Kafka and MongoDB of the fault tests alone: nobody else's test meets them dead."""
    with EmbeddedStack(tmp_path_factory.mktemp("fault-stack"), test_commands=True) as running:
        yield running


@pytest.fixture
def cluster(servers: EmbeddedStack, tmp_path: Path) -> Iterator[CountingCluster]:
    """A fresh log and database; workers still alive at the end are stopped."""
    with CountingCluster(servers, tmp_path) as ready:
        yield ready


@pytest.fixture
def seed() -> int:
    """The seed of data and schedule; a failed test prints how to run it again with its own."""
    return int(os.environ.get(SEED, "20221205"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Put seed and commit under every failure, so that it can be repeated exactly."""
    report = yield
    if report.failed:
        seed = getattr(item, "funcargs", {}).get("seed")
        report.sections.append(("To repeat", f"{SEED}={seed} at commit {_commit()}"))
    return report


def _commit() -> str:
    asked = subprocess.run(
        ("git", "rev-parse", "HEAD"),
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "unknown"
