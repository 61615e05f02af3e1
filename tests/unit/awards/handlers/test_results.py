"""What a closed jury's scores come to is computed once, and anew where people changed it."""

from dataclasses import replace

from birge_awards.domain.sitting.commands import CastVote, VoteOnTie
from birge_awards.handlers.results import KEPT_MOST, Results, named
from birge_awards.minutes.record import record_hash
from birge_awards.ports import Caller, Kept
from tests.support.jury_room import PANEL, JuryRoom, a_room
from tests.unit.awards.pages.tied import CAST, VOTE, a_tie


async def a_proposal() -> JuryRoom:
    room = await a_room(scoring=True)
    await room.scores(dict(zip(room.nominees, (9, 7, 5), strict=True)))
    await room.proposes(room.nominees[0])
    return room


async def test_a_vote_ranks_nobody_again() -> None:
    room, voter, _ = await a_tie(VOTE)
    results, tied = Results(), tuple(sorted(room.nominees))
    before = await results.waiting(await room.held())
    assert [(one.step, one.tied) for one in before] == [("open_vote", tied)]
    vote = VoteOnTie(tied, tied[0])
    await room.api.house.sittings.does("2026", PANEL, vote, Caller(voter))
    assert await results.waiting(await room.held()) is before


async def test_a_decision_is_looked_at_anew() -> None:
    room, chair, _ = await a_tie(CAST)
    results, tied = Results(), tuple(sorted(room.nominees))
    assert len(await results.waiting(await room.held())) == 1
    word = CastVote(tied, tied, "Reaches more people.")
    await room.api.house.sittings.does("2026", PANEL, word, Caller(chair))
    assert await results.waiting(await room.held()) == []


async def test_nothing_waits_before_scoring_is_closed_or_after_the_proposal() -> None:
    room = await a_room(scoring=True)
    assert await Results().waiting(await room.held()) == []
    assert await Results().waiting(await (await a_proposal()).held()) == []


async def test_a_record_is_made_once_and_signatures_leave_it() -> None:
    room, results = await a_proposal(), Results()
    record = await results.record(await room.held())
    sitting = await room.sitting()
    assert record_hash(record) == sitting.minutes
    assert await results.record(await room.held()) is record


async def test_names_are_shown_and_change_no_hash() -> None:
    room = await a_proposal()
    record = await Results().record(await room.held())
    shown = named(record, {room.nominees[0]: "А. Б.", "j-1": "Қазы"})
    assert shown.names()[room.nominees[0]] == "А. Б."
    assert shown.names()["j-1"] == "Қазы"
    assert shown.names()[room.nominees[1]] == room.nominees[1], "who has no name stays an id"
    assert record_hash(shown) == record_hash(record)


async def test_no_more_are_kept_than_were_meant_to() -> None:
    room, _, _ = await a_tie(CAST)
    results, held = Results(), await room.held()
    first = await results.waiting(held)
    for number in range(KEPT_MOST):
        of_another = replace(held.sitting.value, cycle=str(number))
        await results.waiting(replace(held, sitting=Kept(of_another)))
    again = await results.waiting(held)
    assert again == first
    assert again is not first
