"""Where a member begins: the steps of each jury, the next one obvious; nothing for strangers."""

from datetime import timedelta

from birge_awards.domain.cycle.commands import FormCommission
from birge_awards.domain.cycle.cycle import Member
from birge_awards.domain.sitting.commands import AssignReviews, Declare
from birge_awards.ports import Caller
from birge_common.access.people import Role
from tests.support.awards_api import of, person
from tests.support.awards_house import MANAGER
from tests.support.jury_room import JURORS, OF_PANEL, PANEL, SEAT, JuryRoom, a_room
from tests.unit.awards.pages.tied import a_tie

PAGES = (
    "",
    "/declare",
    "/reviews",
    "/reviews/n-1",
    "/reviews/n-1/submit",
    "/reviews/n-1/recuse",
    "/ties",
    "/ties/0",
    "/sign",
)


async def test_who_sits_in_no_jury_is_told_why_the_list_is_empty() -> None:
    room = await a_room()
    seen = await room.sees("stranger", "/awards/seats")
    assert (seen.status, seen.title) == (200, "My juries")
    assert "You sit in no jury" in seen.text
    assert "once a manager of the award has appointed you" in seen.text


async def test_who_is_no_member_sees_no_page_of_the_room() -> None:
    room = await a_room(scoring=True)
    for page in PAGES:
        for who in ("stranger", "manager", "auditor"):
            assert (await room.sees(who, f"{SEAT}{page}")).status == 403, page


async def test_who_is_not_signed_in_is_asked_to() -> None:
    room = await a_room()
    for page in (*(f"{SEAT}{one}" for one in PAGES), f"{OF_PANEL}/minutes", "/awards/seats"):
        seen = await room.sees("nobody", page)
        assert seen.status == 303, page
        assert seen.leads_to.startswith("/sign-in")


async def test_the_first_step_is_the_declaration_then_the_reading() -> None:
    room = await a_room()
    seen = await room.sees("j-1", "/awards/seats")
    assert "Done: 0 of 4" in seen.text
    assert seen.text.count("→ Your step") == 1
    assert f"{SEAT}/declare" in seen.links
    assert f"{SEAT}/reviews" not in seen.links
    await room.assigns()
    seen = await room.sees("j-1", SEAT)
    assert "Done: 1 of 4" in seen.text
    assert seen.text.count("→ Your step") == 1
    assert f"{SEAT}/reviews" in seen.links
    assert "0 of 2 submitted. Scoring ends: 8 September 2026, 14:00" in seen.text


async def test_after_the_end_of_scoring_the_seat_asks_for_no_sheet() -> None:
    room = await a_room(scoring=True)
    room.api.house.clock.advance(timedelta(days=8))
    assert "→ Your step" not in (await room.sees("j-1", SEAT)).text


async def test_the_signature_is_the_last_step_and_leads_to_the_minutes_once_given() -> None:
    room = await a_room(scoring=True)
    await room.scores(dict(zip(room.nominees, (9, 7, 5), strict=True)))
    assert "Nothing is left open" in (await room.sees("j-1", SEAT)).text
    await room.proposes(room.nominees[0])
    seen = await room.sees("j-1", SEAT)
    assert f"{SEAT}/sign" in seen.links
    assert "Done: 3 of 4" in seen.text


async def test_a_tie_is_a_step_for_who_may_take_it_alone() -> None:
    room, able, unable = await a_tie()
    assert f"{SEAT}/ties" in (await room.sees(able, SEAT)).links
    other = await room.sees(unable, SEAT)
    assert f"{SEAT}/ties" not in other.links
    assert "Waiting: other members" in other.text


async def test_a_member_of_the_commission_sees_the_seat_before_the_commission_sits() -> None:
    room = JuryRoom()
    house = room.api.house
    await house.opens_nominations()
    members = [
        Member(f"m-{n}", country, is_chair=n == 1)
        for n, country in enumerate(("KZ", "UZ", "DE"), 1)
    ]
    await house.cycles.does("2026", FormCommission(tuple(members)), "manager")
    room.api.knows(person("m-2", of(Role.COMMISSION_MEMBER)))
    seen = await room.sees("m-2", "/awards/seats")
    assert "National and international commission, 2026" in seen.text
    assert "The list of nominees is not closed yet." in seen.text


async def test_a_guest_of_the_commission_declares_and_reads_as_members_of_regions_do() -> None:
    room = JuryRoom()
    house = room.api.house
    await house.opens_nominations(regions=(PANEL,))
    laureate = await house.receives(1)
    await house.opens_regional_stage()
    await house.appoints(PANEL, JURORS)
    await house.sits(PANEL, {laureate: 8})
    await house.decides(PANEL, [laureate])
    await house.forms_commission()
    await house.opens_national_stage()
    await house.sittings.open_declarations("2026", "commission", MANAGER)
    room.api.knows(person("m-3", of(Role.COMMISSION_MEMBER)))
    seat = "/awards/cycles/2026/panels/commission/seat"
    listed = await room.sees("m-3", "/awards/seats")
    assert f"{seat}/declare" in listed.links
    assert "Айгүл Бекова 1" in (await room.sees("m-3", f"{seat}/declare")).text
    check = await room.sends("m-3", f"{seat}/declare", {"do": "check"})
    assert (await room.sends("m-3", f"{seat}/declare", check.hidden)).status == 303
    for member in ("m-1", "m-2", "m-4"):
        await house.sittings.does("2026", "commission", Declare(), Caller(member))
    drawn = AssignReviews("drawn", house.clock.now() + timedelta(days=7))
    await house.sittings.does("2026", "commission", drawn, MANAGER)
    read = await room.sees("m-3", f"{seat}/reviews/{laureate}")
    assert "Cleans the river every week." in read.text
