"""A large jury, 120 members over 400 nominees: no page takes more than 100 ms of the server."""

import time
from decimal import Decimal
from statistics import median

import pytest

from birge_awards.domain.sitting.commands import CloseScoring
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.ports import Change, Kept
from birge_common.access.people import Role
from tests.support.awards_api import of, person
from tests.support.awards_house import MANAGER
from tests.support.jury_room import OF_PANEL, PANEL, SEAT, JuryRoom

pytestmark = pytest.mark.slow
JURORS = [f"j-{number:03}" for number in range(1, 121)]
NOMINEES = 400
ME, SECONDS_MAX, ROUNDS = JURORS[0], 0.1, 9


async def takes(room: JuryRoom, path: str) -> float:
    """Seconds of processor time in the middle of several rounds, the test's own client included."""
    seconds = []
    for _ in range(ROUNDS):
        before = time.process_time()
        assert (await room.sees(ME, path)).status == 200
        seconds.append(time.process_time() - before)
    return median(seconds)


async def scored(room: JuryRoom) -> None:
    """Every sheet is in, and the best nominee stands out."""
    held, now = await room.held(), room.api.house.clock.now()
    sheets = [
        Kept(Sheet("2026", PANEL, nominee, juror, marks_at(place), "what was read", True, now))
        for place, nominee in enumerate(room.nominees)
        for juror in held.sitting.value.readers_of(nominee)
    ]
    await room.api.house.store.keep(Change(tuple(sheets)), now=now)
    await room.api.house.sittings.does("2026", PANEL, CloseScoring(), MANAGER)


def marks_at(place: int) -> dict[str, Decimal | None]:
    mark = Decimal(1 + place % 8 if place else 10)
    return {"impact": mark, "steadiness": mark}


async def test_no_page_takes_longer_than_a_tenth_of_a_second() -> None:
    room = JuryRoom()
    room.api.knows(person(ME, of(Role.JUROR, PANEL)))
    await room.opens(NOMINEES, JURORS)
    seconds = {"declare": await takes(room, f"{SEAT}/declare")}
    await room.assigns()
    review = f"{SEAT}/reviews/{(await room.sitting()).reads_of(ME)[0]}"
    for path in ("/awards/seats", SEAT, f"{SEAT}/reviews", review, f"{review}/recuse"):
        seconds[path] = await takes(room, path)
    await scored(room)
    for path in ("/awards/seats", SEAT, f"{SEAT}/ties"):
        seconds[f"{path} after scoring"] = await takes(room, path)
    await room.proposes(room.nominees[0])
    for path in (f"{SEAT}/sign", f"{OF_PANEL}/minutes"):
        seconds[path] = await takes(room, path)
    assert {path: value for path, value in seconds.items() if value > SECONDS_MAX} == {}
