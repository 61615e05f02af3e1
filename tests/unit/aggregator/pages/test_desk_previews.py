"""A draft is looked at on the public's own pages, by people of the desk and by nobody else."""

import pytest

from tests.support.desk_room import DESK, ID, DeskRoom
from tests.support.publication_house import PERIOD, clean_figures

HOME = f"/desk/publications/{ID}"
PAGES = ["", "/regions", "/directions", "/representedness", "/tables/hours"]


@pytest.fixture
def room() -> DeskRoom:
    clean_figures()
    return DeskRoom()


async def frozen(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()


@pytest.mark.parametrize("page", PAGES)
async def test_people_of_the_desk_see_the_pages_of_a_draft(room: DeskRoom, page: str) -> None:
    await frozen(room)
    shown = await room.opens("auditor", f"/publications/{ID}{page}")
    assert shown.status_code == 200
    assert "This is a draft" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", PAGES)
async def test_nobody_else_learns_that_it_is_there(room: DeskRoom, page: str) -> None:
    await frozen(room)
    for who in ("stranger", "juror"):
        hidden = await room.opens(who, f"/publications/{ID}{page}")
        never = await room.opens(who, f"/publications/1999-edition-1{page}")
        assert hidden.status_code == never.status_code == 404
        assert "This is a draft" not in hidden.text


async def test_what_the_desk_saw_is_not_kept_for_others(room: DeskRoom) -> None:
    await frozen(room)
    await room.opens("editor", f"/publications/{ID}")
    assert (await room.opens("stranger", f"/publications/{ID}")).status_code == 404
    assert "Nothing is published yet" in (await room.opens("stranger", "/")).text


async def test_a_draft_is_offered_once_it_is_frozen_and_until_it_is_out(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    assert "See it as everybody will" not in (await room.opens("editor", HOME)).text
    assert (await room.opens("editor", f"/publications/{ID}")).status_code == 404
    await room.house.publisher.work()
    assert "See it as everybody will" in (await room.opens("editor", HOME)).text


async def test_what_is_given_up_is_not_shown(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/withdraw", {"reason": "Begun too early"})
    assert (await room.opens("editor", f"/publications/{ID}")).status_code == 404


async def test_an_edition_that_is_out_is_no_draft_to_anybody(room: DeskRoom) -> None:
    await room.is_out()
    page = (await room.opens("editor", f"/publications/{ID}")).text
    assert "This is a draft" not in page
    assert "Desk of publications" in page
    assert "Desk of publications" not in (await room.opens("stranger", f"/publications/{ID}")).text
