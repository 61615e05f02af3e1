"""Fixtures that every kind of test may ask for; what they are made of is in tests/support."""

from collections.abc import Iterator

import pytest

from tests.support.stack import EmbeddedStack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """Kafka and MongoDB (with fail points) of this session; a missing part fails the tests."""
    with EmbeddedStack(tmp_path_factory.mktemp("stack"), test_commands=True) as running:
        yield running
