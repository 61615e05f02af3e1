"""Wherever the publisher dies, the next one finishes: one edition, whole, said once."""

from typing import Any

import pytest

from birge_aggregator.domain.publication.frozen import content_hash
from birge_aggregator.domain.publication.publication import Approve, State
from birge_aggregator.editions import words_of
from birge_aggregator.stores.memory_publications import MemoryPublications
from tests.support.publication_house import (
    APPROVER,
    CHECKER,
    FILE_NAMES,
    PERIOD,
    PublicationHouse,
    clean_figures,
)

ID = f"{PERIOD}-edition-1"
WRITES = ("keep", "keep_answers", "tell", "keep_file", "issue")


class Killed(Exception):
    """The process ended here."""


class DyingStore:
    """Dies at a chosen write: before it is done, or just after."""

    def __init__(self, store: MemoryPublications) -> None:
        self.store = store
        self.left: int | None = None
        self.is_done_first = False
        self.writes = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.store, name)
        if name not in WRITES:
            return method

        async def write(*arguments: Any) -> Any:
            self.writes += 1
            dies = self.left is not None and self.writes > self.left
            if dies and not self.is_done_first:
                raise Killed
            result = await method(*arguments)
            if dies:
                raise Killed
            return result

        return write


async def publish(house: PublicationHouse) -> None:
    """Everything that people and the publisher do; whoever died is started again."""
    await house.publications.begin(PERIOD, "writer")
    await house.publisher.work()
    await house.publications.check(ID, CHECKER)
    await house.publications.does(ID, Approve(), APPROVER)
    await house.publisher.work()


POINTS = [(number, is_done_first) for number in range(24) for is_done_first in (False, True)]


@pytest.fixture
def dying() -> DyingStore:
    return DyingStore(MemoryPublications())


@pytest.fixture
def house(dying: DyingStore) -> PublicationHouse:
    return PublicationHouse(dying, known=clean_figures())  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "is_done_first"), POINTS)
async def test_an_edition_comes_out_once_and_whole(
    house: PublicationHouse, dying: DyingStore, number: int, is_done_first: bool
) -> None:
    store = dying.store
    await house.publications.begin(PERIOD, "writer")
    dying.is_done_first, dying.left = is_done_first, dying.writes + number
    await until_dead(house)
    dying.left = None
    await house.publisher.work()
    kept = store.kept[ID]
    if kept.publication.state == State.DRAFT:
        await house.publications.check(ID, CHECKER)
    if store.kept[ID].publication.state == State.CHECKED:
        await house.publications.does(ID, Approve(), APPROVER)
    await house.publisher.work()
    await house.publisher.work()
    [edition] = await store.issued()
    freeze = store.kept[ID].publication.freeze
    assert freeze is not None
    assert content_hash(store.frozen[freeze.token], words_of(edition)) == edition.content_hash
    assert {name for _, name in store.bodies} == set(FILE_NAMES)
    assert len(store.outbox) == 1


async def until_dead(house: PublicationHouse) -> None:
    """The publisher works beside its people until it dies, or everything is done."""
    try:
        await house.publisher.work()
        await house.publications.check(ID, CHECKER)
        await house.publications.does(ID, Approve(), APPROVER)
        await house.publisher.work()
    except Killed:
        pass


async def test_the_points_are_more_than_a_run_has(
    house: PublicationHouse, dying: DyingStore
) -> None:
    await publish(house)
    assert dying.writes < len({number for number, _ in POINTS})
