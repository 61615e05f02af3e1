"""Every page and every file can be made of whatever was counted, were it a single report."""

import asyncio
from dataclasses import replace
from functools import cache

import pytest

from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.freezing import freeze
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.outputs.files import FILE_NAMES, files_of
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryEditions, MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.codelists import DIRECTIONS
from birge_common.contracts.topics import SUBMISSIONS
from birge_common.security.keys import KeyDirectory
from tests.support.edition_2022 import ID, PERIOD, edition_2022
from tests.support.random_stream import random_stream
from tests.support.records import LogRecord
from tests.unit.aggregator.pages.conftest import Reads

LENGTHS = (1, 12, 80, 460)
PAGES = (
    "/",
    "/regions",
    "/regions?map=17",
    "/regions/KZ-71",
    "/regions/KZ-75?map=17",
    "/regions/KZ-33",
    "/directions",
    *(f"/directions/{direction}" for direction in list(DIRECTIONS)[:3]),
    "/representedness",
    "/representedness?basis=events&map=17",
    "/economy",
    "/inquiries",
    "/findings",
    "/methods",
    "/data",
    "/publications",
    *(f"/tables/{table}" for table in TABLES),
)


@cache
def answers(length: int) -> Answers:
    """What is public of the first events of a stream without order or sense."""
    store, at = MemoryStore(), Partition(SUBMISSIONS, 0)
    records = [LogRecord(value, n) for n, value in enumerate(random_stream(length)[:length])]
    asyncio.run(count_batch(read_batch({at: records}), store))
    frozen = asyncio.run(freeze(store, KeyDirectory("pepper"), PERIOD))
    return protect(frozen.answers, {})


@pytest.fixture(params=LENGTHS)
def length(request: pytest.FixtureRequest) -> int:
    answers(request.param)
    return int(request.param)


@pytest.fixture
def editions(length: int) -> MemoryEditions:
    return MemoryEditions([edition_2022()], {ID: answers(length)})


@pytest.mark.usefixtures("editions")
async def test_every_page_can_be_read(read: Reads) -> None:
    for page in PAGES:
        assert "<h1" in await read(page), page


def test_every_file_can_be_made(length: int) -> None:
    edition = replace(edition_2022(), commentary={}, recommendations=())
    made = dict(files_of(edition, answers(length), address="http://birge"))
    assert tuple(made) == FILE_NAMES
    assert all(made.values())
