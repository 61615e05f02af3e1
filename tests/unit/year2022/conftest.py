import pytest

from birge_stack.oracle import Recount
from birge_stack.year2022.envelope import Planned
from birge_stack.year2022.stream import year_2022
from tests.unit.year2022.recounts import recount_of

SCALE = 0.02


@pytest.fixture(scope="session")
def small_year() -> list[Planned]:
    return list(year_2022(scale=SCALE))


@pytest.fixture(scope="session")
def small_recount(small_year: list[Planned]) -> Recount:
    return recount_of(small_year)
