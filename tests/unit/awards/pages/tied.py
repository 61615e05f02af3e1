"""A jury in which two nominees tie, so that one step or the other waits for people."""

from dataclasses import replace

from birge_awards.domain.cycle.policy import Policy
from tests.support.jury_room import JuryRoom
from tests.unit.awards.cycle.building import POLICY

EXTRA = POLICY
VOTE = replace(POLICY, tie_chain=("open_vote", "chair_with_reason"))
CAST = replace(POLICY, tie_chain=("chair_with_reason",))


async def a_tie(policy: Policy = VOTE) -> tuple[JuryRoom, str, str]:
    """The room, the chair without a conflict, and a member who has one with one of the two."""
    room = JuryRoom(policy)
    await room.opens(nominees=2)
    await room.declares("j-2", room.nominees[0])
    await room.assigns()
    await room.comes_later("j-5")
    await room.scores(dict.fromkeys(room.nominees, 7))
    return room, "j-1", "j-2"
