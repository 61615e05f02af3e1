"""Commands to a cycle, and what each says: a leaf of the log, and events for others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Command,
    ConfirmLaureates,
    Decide,
    ExtendStage,
    FileAppeal,
    FormCommission,
    OpenNominations,
    Publish,
    ReopenRegion,
    ResolveAppeal,
    SeatCommission,
    SetPolicy,
    SignNoAward,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import Cycle, Laureate
from birge_awards.domain.cycle.policy import policy_hash
from birge_awards.domain.cycle.stages import after
from birge_awards.handlers.keeping import kept
from birge_awards.ports import AwardsStore, Change, Kept, Outgoing, Said
from birge_common.clock import Clock
from birge_common.contracts.awards import (
    LaureateAnnouncedV1,
    LaureateConfirmedV1,
    LaureateWaivedV1,
)

_CYCLE_ID = re.compile(r"[A-Za-z0-9-]{1,32}")


@dataclass(frozen=True)
class Cycles:
    """Takes commands to cycles. `address` is where the public pages are."""

    store: AwardsStore
    clock: Clock
    address: str

    async def begin(self, cycle: str, by: str) -> Cycle:
        """A new cycle, a draft. Raises Refused where its id is taken or no id."""
        if not _CYCLE_ID.fullmatch(cycle):
            raise Refused("cycle_id", "A cycle is named by letters, digits and hyphens: 2026.")

        async def decide() -> tuple[Change, Cycle]:
            if await self.store.cycle(cycle):
                raise Refused("cycle_exists", "There is a cycle of this name.")
            said = Said("cycle.begin", by, cycle)
            return Change((Kept(Cycle(cycle)),), said=(said,)), Cycle(cycle)

        return await kept(self.store, decide, now=self.clock.now())

    async def does(self, cycle: str, command: Command, by: str) -> Cycle:
        """The cycle after the command. Raises Refused."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Cycle]:
            before = await self.load(cycle)
            changed = after(before.value, command, Act(by, now))
            return self.change(before, changed, command, Act(by, now)), changed

        return await kept(self.store, decide, now=now)

    async def load(self, cycle: str) -> Kept[Cycle]:
        """The cycle, or Refused."""
        found = await self.store.cycle(cycle)
        if found is None:
            raise Refused("no_cycle", "There is no such cycle.")
        return found

    def change(self, before: Kept[Cycle], changed: Cycle, command: Command, act: Act) -> Change:
        """What the command changes, for a transaction that may hold more."""
        said = Said(f"cycle.{name_of(command)}", act.by, changed.id, _public(command, changed))
        return Change(
            (Kept(changed, before.revision),),
            said=(said,),
            outgoing=tuple(self._outgoing(before.value, changed, command, act)),
        )

    def _outgoing(
        self, before: Cycle, changed: Cycle, command: Command, act: Act
    ) -> Iterator[Outgoing]:
        match command:
            case ConfirmLaureates(region, laureates):
                for one in laureates:
                    yield Outgoing(
                        "laureate.confirmed",
                        LaureateConfirmedV1(
                            cycle=changed.id,
                            region=region,
                            nomination=one.nomination,
                            nominee=one.nominee,
                            page=self.page_of(changed.id, one),
                            confirmed_at=act.at,
                        ),
                    )
            case SignWaiver(region, reason) if changed.regions[region].is_over:
                waiver = changed.regions[region].waiver
                assert waiver is not None, "a waiver in force is there"
                yield Outgoing(
                    "laureate.waived",
                    LaureateWaivedV1(
                        cycle=changed.id,
                        region=region,
                        reason=reason,
                        signed_by=waiver.signed_by,
                        waived_at=act.at,
                    ),
                )
            case Publish() if changed.decision is not None:
                regions = region_of_laureates(changed)
                for one in changed.decision.laureates:
                    yield Outgoing(
                        "laureate.announced",
                        LaureateAnnouncedV1(
                            laureate_id=f"{changed.id}-{one.nomination}-{one.nominee}",
                            cycle=changed.id,
                            nomination=one.nomination,
                            region=regions.get((one.nomination, one.nominee)),
                            page=self.page_of(changed.id, one),
                            announced_at=act.at,
                        ),
                    )

    def page_of(self, cycle: str, laureate: Laureate) -> str:
        """The public address of a laureate."""
        return f"{self.address}/awards/cycles/{cycle}/laureates/{laureate.nominee}"


def region_of_laureates(cycle: Cycle) -> dict[tuple[str, str], str]:
    """The region that confirmed each (nomination, nominee)."""
    return {
        (one.nomination, one.nominee): region
        for region, stage in cycle.regions.items()
        for one in stage.laureates
    }


def name_of(command: object) -> str:
    """The command's name in the log and in addresses: `sign_waiver` of SignWaiver."""
    return name_of_kind(type(command))


def name_of_kind(kind: type) -> str:
    """The name of all commands of a kind."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _public(command: Command, cycle: Cycle) -> Mapping[str, Any]:
    """What everybody may know of a command for ever: ids, hashes and days, no names."""
    match command:
        case SetPolicy(policy):
            return {"policy": policy_hash(policy), "version": policy.version}
        case OpenNominations(regions):
            return {"policy": cycle.policy_hash, "regions": list(regions)}
        case ExtendStage(stage, until, reason):
            return {"stage": stage, "until": until.isoformat(), "reason": reason}
        case ConfirmLaureates(region, laureates):
            return {"region": region, "laureates": _listed(laureates)}
        case SignWaiver(region, reason) | ReopenRegion(region, reason):
            return {"region": region, "reason": reason}
        case SignNoAward(reason):
            return {"reason": reason}
        case FormCommission(members) | SeatCommission(members):
            return {"members": {one.person: one.country for one in members}}
        case Decide(laureates, signed_by, minutes):
            return {
                "laureates": _listed(laureates),
                "signed_by": sorted(signed_by),
                "minutes": minutes,
            }
        case ApprovePublication(embargo):
            return {"embargo": embargo.isoformat()}
        case FileAppeal(appeal=appeal, nomination=nomination):
            return {"appeal": appeal, "nomination": nomination}
        case ResolveAppeal(appeal=appeal):
            return {"appeal": appeal}
        case _:
            return {}


def _listed(laureates: tuple[Laureate, ...]) -> list[dict[str, Any]]:
    return [
        {"nomination": one.nomination, "nominee": one.nominee, "place": one.place}
        for one in laureates
    ]
