"""Sealing keys change by cycle; what an older one sealed is read until its cycles are closed."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from birge_awards.domain.cycle.cycle import Stage
from birge_awards.domain.seals import Seals, ended_keys
from birge_awards.handlers.nominations import candidacy_id
from birge_awards.ports import EVERYWHERE, Change, Kept
from birge_awards.rotation import Rotation, RotationRefused
from birge_awards.subscribers import Reading
from birge_common.contracts.sealed_nomination import sealed_data
from birge_common.contracts.topics import NOMINATIONS
from birge_common.security.sealing import OpeningKeys, SealingKey, new_sealing_pair
from birge_common.testing.failpoints import FailPoints
from tests.support.awards_house import AT, SOURCE, House, nomination

OLD, OLD_HALF = new_sealing_pair("2026")


@dataclass(frozen=True)
class Record:
    """A consumer's record without a consumer."""

    value: bytes
    offset: int = 0
    partition: int = 0
    topic: str = NOMINATIONS
    timestamp: int = 1_788_253_200_000
    headers: list[tuple[str, bytes]] = field(default_factory=list)


def record(number: int, key: SealingKey, cycle: str = "2026") -> Any:
    """A nomination as the door puts it on the log, sealed to a key."""
    sealed = sealed_data(nomination(number, cycle=cycle), key.seal)
    envelope = {
        "specversion": "1.0",
        "id": f"e-{number}",
        "source": SOURCE,
        "type": "kz.birge.nomination.submitted.v1",
        "subject": f"nom-{number}",
        "data": sealed.model_dump(mode="json", exclude_none=True),
    }
    return Record(json.dumps(envelope).encode(), offset=number)


def reading(house: House, private_keys: str) -> Reading:
    """The worker's reading as it starts with these keys."""
    return Reading(
        house.nominations,
        house.store,
        OpeningKeys.parse(private_keys),
        away=ConnectionError,
        consumer=lambda: pytest.fail("positions are not moved here"),
        on_fatal=lambda error: pytest.fail(str(error)),
        fail_points=FailPoints(),
    )


def rotation(house: House, private_keys: str = OLD_HALF, unread: int = 0) -> Rotation:
    async def counted() -> int:
        return unread

    return Rotation(house.store, private_keys, counted)


@pytest.fixture
async def house() -> House:
    house = House()
    await house.opens_nominations()
    return house


async def close(house: House) -> None:
    """The cycle is over, by whatever way."""
    held = await house.store.cycle("2026")
    assert held is not None
    closed = Kept(replace(held.value, stage=Stage.CLOSED), held.revision)
    await house.store.keep(Change((closed,)), now=AT)


async def is_kept(house: House, number: int) -> bool:
    name = candidacy_id(SOURCE, f"nom-{number}")
    return await house.store.candidacy(name, EVERYWHERE) is not None


async def test_while_both_halves_are_there_what_either_sealed_is_read(house: House) -> None:
    made = await rotation(house).rotate("2027")
    new = SealingKey.parse(made.public_key)
    await reading(house, made.private_keys).handle([record(1, OLD), record(2, new)])
    assert await is_kept(house, 1)
    assert await is_kept(house, 2)
    assert new.key_id == "2027"
    assert house.store.quarantined == {}
    assert await house.store.seals() == {
        "2026": Seals(frozenset({"2026"})),
        "2027": Seals(frozenset({"2026"})),
    }


async def test_a_half_stays_while_a_cycle_that_it_sealed_for_runs(house: House) -> None:
    made = await rotation(house).rotate("2027")
    await reading(house, made.private_keys).handle([record(1, OLD)])
    done = await rotation(house, made.private_keys).destroy()
    assert (done.private_keys, list(done.key_ids)) == (made.private_keys, [])


async def test_after_its_cycle_a_half_is_destroyed_and_says_so_of_what_still_comes(
    house: House,
) -> None:
    made = await rotation(house).rotate("2027")
    await reading(house, made.private_keys).handle([record(1, OLD)])
    await close(house)
    done = await rotation(house, made.private_keys).destroy()
    assert list(done.key_ids) == ["2026"]
    assert OpeningKeys.parse(done.private_keys).key_ids == {"2027"}
    later = reading(house, done.private_keys)
    await later.handle(
        [record(1, OLD), record(2, OLD), record(3, SealingKey.parse(made.public_key))]
    )
    assert [(one.offset, one.code) for one in house.store.quarantined.values()] == [
        (1, "destroyed_key"),
        (2, "destroyed_key"),
    ]
    told = [json.loads(row["value"])["data"] for row in house.store.outbox]
    reasons = [one for one in told if "destroyed" in json.dumps(one)]
    assert len(reasons) == 2
    assert await is_kept(house, 1), "what was read before stays"
    assert not await is_kept(house, 2)


async def test_a_key_that_is_missing_is_told_from_one_that_was_destroyed(house: House) -> None:
    _, other = new_sealing_pair("2027")
    await reading(house, other).handle([record(1, OLD)])
    [only] = house.store.quarantined.values()
    assert only.code == "unknown_key"


async def test_no_key_is_destroyed_while_nominations_wait_to_be_read(house: House) -> None:
    made = await rotation(house).rotate("2027")
    await reading(house, made.private_keys).handle([record(1, OLD)])
    await close(house)
    with pytest.raises(RotationRefused, match="3 records of nominations are not read yet"):
        await rotation(house, made.private_keys, unread=3).destroy()
    assert not (await house.store.seals())["2026"].is_destroyed


@pytest.mark.parametrize("key_id", ["2026", "", "Ключ", "x" * 33, "a,b"])
async def test_a_new_key_has_a_name_of_its_own(house: House, key_id: str) -> None:
    with pytest.raises(RotationRefused):
        await rotation(house).rotate(key_id)


async def test_the_name_of_a_destroyed_key_is_not_used_again(house: House) -> None:
    await house.store.note_destroyed("2025")
    with pytest.raises(RotationRefused):
        await rotation(house).rotate("2025")


SEALED = {"a": Seals(frozenset({"2025"})), "b": Seals(frozenset({"2025", "2026"})), "d": Seals()}


@pytest.mark.parametrize(
    ("held", "running", "ended"),
    [
        (["a", "b"], ["2026"], ["a"]),
        (["a", "b"], ["2025", "2026"], []),
        (["b", "a"], [], ["b"]),
        (["a"], [], []),
        (["b", "a", "c"], ["2026"], ["a"]),
        (["b", "a", "c"], ["2027"], ["b", "a"]),
        (["c", "d", "a"], [], []),
    ],
)
def test_the_newest_key_and_one_of_which_nothing_is_known_stay(
    held: list[str], running: list[str], ended: list[str]
) -> None:
    assert ended_keys(held, SEALED, running) == ended
