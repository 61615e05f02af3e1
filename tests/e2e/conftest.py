"""One platform for all stories of this folder."""

from collections.abc import Iterator

import pytest

from tests.support.platform import Platform


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with Platform(tmp_path_factory.mktemp("platform")) as running:
        yield running
