"""Fixtures of the fault tests: servers that may be killed, and the seed that repeats a failure."""

import os
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.support.counting_cluster import CountingCluster
from tests.support.stack import EmbeddedStack

SEED = "BIRGE_FAULT_SEED"
MEASURED = pytest.StashKey[list[str]]()


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


@pytest.fixture
def note_seconds(request: pytest.FixtureRequest) -> Callable[[str, float], None]:
    """Keep a measured time for the summary at the end of the run."""

    def note(what: str, seconds: float) -> None:
        line = f"{seconds:6.1f} s  {what}: {request.node.name}"
        request.config.stash.setdefault(MEASURED, []).append(line)

    return note


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print every measured time, so that a slower takeover is seen before it is a failure."""
    if lines := config.stash.get(MEASURED, []):
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
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
