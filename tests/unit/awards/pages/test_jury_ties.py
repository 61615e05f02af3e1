"""What waits for people: one more judge's sheets, an open vote, the chair's order."""

import pytest

from tests.support.jury_room import SEAT, JuryRoom
from tests.unit.awards.pages.tied import CAST, EXTRA, VOTE, a_tie

TIES = f"{SEAT}/ties"


async def tie_of(room: JuryRoom, who: str) -> str:
    """The address of the one thing that waits for somebody."""
    seen = await room.sees(who, TIES)
    [address] = {one for one in seen.links if one.startswith(f"{TIES}/")}
    return address


async def test_a_vote_is_checked_given_and_seen_by_the_next_voter() -> None:
    room, able, _ = await a_tie(VOTE)
    address = await tie_of(room, able)
    choice = sorted(room.nominees)[1]
    check = await room.sends(able, address, {"do": "check", "choice": choice})
    assert "Your vote Nominee B" in check.text
    assert "the minutes name you" in check.text
    done = await room.sends(able, address, check.hidden)
    assert done.leads_to == f"{SEAT}?done=voted"
    assert "Nothing waits for you" in (await room.sees(able, TIES)).text
    seen = await room.sees("j-3", await tie_of(room, "j-3"))
    assert "Votes given so far J-1: Nominee B" in seen.text
    [(_, votes)] = (await room.sitting()).ballots
    assert votes == {able: choice}


@pytest.mark.parametrize("choice", ["", "n-9"])
async def test_a_vote_for_nobody_or_somebody_else_is_told_at_its_field(choice: str) -> None:
    room, able, _ = await a_tie(VOTE)
    address = await tie_of(room, able)
    seen = await room.sends(able, address, {"do": "give", "choice": choice})
    assert seen.status == 422
    assert 'href="#choice"' in seen.html


@pytest.mark.parametrize("policy", [VOTE, CAST, EXTRA], ids=["vote", "cast", "extra"])
async def test_who_has_a_conflict_with_one_of_them_sees_nothing_of_it(policy: object) -> None:
    room, _, unable = await a_tie(policy)  # type: ignore[arg-type]
    able = "j-5" if policy is EXTRA else "j-1"
    address = await tie_of(room, able)
    listed = await room.sees(unable, TIES)
    assert address not in listed.links
    assert "1 more decision waits for other members" in listed.text
    assert (await room.sees(unable, address)).status == 409
    assert (await room.sends(unable, address, {"do": "give"})).status == 409


async def test_the_chair_gives_every_place_once_with_a_reason_and_the_second_factor() -> None:
    room, chair, _ = await a_tie(CAST)
    address = await tie_of(room, chair)
    twice = await room.sends(
        chair, address, {"place-A": "1", "place-B": "1", "reason": "x", "do": "check"}
    )
    assert "Give every place once." in twice.text
    typed = {"place-A": "2", "place-B": "1", "reason": "Reaches more people."}
    mute = await room.sends(chair, address, {**typed, "reason": "", "do": "check"})
    assert 'href="#reason"' in mute.html
    check = await room.sends(chair, address, {**typed, "do": "check"}, steps_up=False)
    assert "Place 1 Nominee B" in check.text
    assert f"/step-up?next={address}" in check.links
    late = await room.sends(chair, address, check.hidden, steps_up=False)
    assert late.status == 200, "the page comes again, with all that was typed"
    assert late.hidden == check.hidden
    assert (await room.sitting()).deliberations == ()
    done = await room.sends(chair, address, late.hidden)
    assert done.leads_to == f"{SEAT}?done=decided"
    first, second = sorted(room.nominees)
    [(_, said)] = (await room.sitting()).deliberations
    assert said.casting is not None
    assert said.casting.order == (second, first)


async def test_only_the_chair_orders_unless_the_chair_has_a_conflict() -> None:
    room, chair, _ = await a_tie(CAST)
    address = await tie_of(room, chair)
    assert (await room.sees("j-3", address)).status == 409
    conflicted = JuryRoom(CAST)
    await conflicted.opens(nominees=2)
    await conflicted.declares("j-1", conflicted.nominees[0])
    await conflicted.assigns()
    await conflicted.scores(dict.fromkeys(conflicted.nominees, 7))
    assert (await conflicted.sees("j-3", await tie_of(conflicted, "j-3"))).status == 200


async def test_one_more_judge_reads_and_marks_them_and_is_not_told_that_they_tie() -> None:
    room, _, _ = await a_tie(EXTRA)
    address = await tie_of(room, "j-5")
    seen = await room.sees("j-5", address)
    assert seen.title == "Score more nominees"
    assert seen.text.count("Cleans the river every week.") == 2
    words = (
        seen.text + (await room.sees("j-5", TIES)).text + (await room.sees("j-5", SEAT)).text
    ).lower()
    assert " tie" not in words
    assert "where scores do not" not in words
    marks = {f"mark-{letter}-{code}": "6" for letter in "AB" for code in ("impact", "steadiness")}
    half = await room.sends("j-5", address, {**marks, "mark-B-impact": "", "do": "check"})
    assert 'href="#mark-B-impact"' in half.html
    check = await room.sends("j-5", address, {**marks, "mark-B-impact": "9", "do": "check"})
    assert "Impact 9" in check.text
    done = await room.sends("j-5", address, check.hidden)
    assert done.leads_to == f"{SEAT}?done=decided"
    [(_, said)] = (await room.sitting()).deliberations
    assert said.extra is not None
    assert said.extra.juror == "j-5"
    assert said.extra.scores[sorted(room.nominees)[1]] > said.extra.scores[sorted(room.nominees)[0]]


async def test_who_was_given_one_of_them_to_read_is_no_extra_judge() -> None:
    room, _, _ = await a_tie(EXTRA)
    for juror in ("j-1", "j-3", "j-4"):
        assert "Nothing waits for you" in (await room.sees(juror, TIES)).text


async def test_a_decision_that_was_taken_meanwhile_is_told_and_not_taken_twice() -> None:
    room, chair, _ = await a_tie(CAST)
    address = await tie_of(room, chair)
    typed = {"place-A": "1", "place-B": "2", "reason": "x", "do": "give"}
    assert (await room.sends(chair, address, typed)).status == 303
    again = await room.sends(chair, address, {**typed, "place-A": "2", "place-B": "1"})
    assert again.status == 409
    [(_, said)] = (await room.sitting()).deliberations
    assert said.casting is not None
    assert said.casting.order == tuple(sorted(room.nominees))


async def test_before_scoring_is_closed_nothing_waits_and_nothing_is_ranked() -> None:
    room = JuryRoom(VOTE)
    await room.opens(nominees=2)
    await room.assigns()
    seen = await room.sees("j-1", TIES)
    assert "Nothing waits for you" in seen.text
