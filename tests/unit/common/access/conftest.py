"""A house for each test."""

import pytest

from tests.support.access_house import AccessHouse


@pytest.fixture
def house() -> AccessHouse:
    return AccessHouse()
