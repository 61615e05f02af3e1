"""Who said before a region's jury that there is a conflict has it before the commission too."""

import pytest

from birge_awards.domain.cycle.commands import FormCommission, SignWaiver
from birge_awards.domain.cycle.cycle import Member
from birge_awards.domain.jury.conflicts import Kind, Source
from birge_awards.domain.sitting.commands import Declare, Recuse
from birge_awards.ports import Caller
from tests.support.awards_house import MANAGER, House

JURORS = ("j-1", "j-2", "j-3", "j-4")


async def a_commission_with(house: House, juror: str, *, by: str) -> str:
    """A juror of KZ-11 sits in the commission too; gives the region's laureate."""
    await house.opens_nominations()
    first, second = await house.receives(1), await house.receives(2)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sittings.open_declarations("2026", "KZ-11", MANAGER)
    for one in JURORS:
        declared = {first: Kind.KINSHIP} if by == "declaration" and one == juror else {}
        await house.sittings.does("2026", "KZ-11", Declare(declared), Caller(one))
    if by == "recusal":
        recusal = Recuse(first, juror, "we have worked together")
        await house.sittings.does("2026", "KZ-11", recusal, Caller(juror))
    await house.reads("KZ-11", {first: 9, second: 5})
    await house.decides("KZ-11", [first])
    for signer in ("first", "second"):
        await house.cycles.does("2026", SignWaiver("KZ-71", "nobody stood"), signer)
    members = (
        Member("m-1", "KZ", "KZ-75", is_chair=True),
        Member(juror, "KZ", "KZ-11"),
        Member("m-3", "UZ"),
        Member("m-4", "DE"),
        Member("m-5", "GE"),
    )
    await house.cycles.does("2026", FormCommission(members), "manager")
    await house.opens_national_stage()
    return first


@pytest.mark.parametrize(("by", "kind"), [("declaration", Kind.KINSHIP), ("recusal", Kind.OTHER)])
async def test_a_conflict_goes_with_the_member_to_the_commission(by: str, kind: Kind) -> None:
    house = House()
    laureate = await a_commission_with(house, "j-2", by=by)
    held = await house.sittings.open_declarations("2026", "commission", MANAGER)
    [carried] = held.sitting.value.conflicts
    assert (carried.nominee, carried.juror) == (laureate, "j-2")
    assert (carried.kind, carried.source) == (kind, Source.COMPUTED)
    assert "j-2" not in held.sitting.value.unconflicted(laureate)


async def test_other_members_are_not_touched() -> None:
    house = House()
    laureate = await a_commission_with(house, "j-2", by="declaration")
    held = await house.sittings.open_declarations("2026", "commission", MANAGER)
    assert held.sitting.value.unconflicted(laureate) == {"m-1", "m-3", "m-4", "m-5"}
