"""Takes commands from signed-in people: looks who may, then lets the handlers decide.

Programs and pages both come here, so that there is one way to do each thing.
"""

from dataclasses import dataclass

from birge_awards.domain.cycle.commands import Command as CycleCommand
from birge_awards.domain.cycle.commands import FileAppeal, SignWaiver
from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.nominees.candidacy import Command as NominationCommand
from birge_awards.domain.sitting.commands import Command as PanelCommand
from birge_awards.domain.sitting.commands import Conclude, OpenDeclarations, ProposeAwards, Recuse
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import COMMISSION
from birge_awards.handlers.appeals import Appeals
from birge_awards.handlers.cycles import Cycles
from birge_awards.handlers.nominations import Nominations
from birge_awards.handlers.sittings import Sittings
from birge_awards.permissions import (
    MANAGERS,
    READERS,
    RIGHTS,
    BeginCycle,
    Erase,
    SaveSheet,
    SetBlindText,
    SubmitSheet,
    permitted,
    scope_of,
)
from birge_awards.ports import EVERYWHERE, AwardsStore, Caller
from birge_awards.proceedings import Proceedings
from birge_awards.vault import Vault
from birge_common.access.people import Person, Role
from birge_common.access.requirements import STEPPED_UP_WITHIN
from birge_common.access.rights import Forbidden, Right, StepUpRequired
from birge_common.clock import Clock


@dataclass(frozen=True)
class Desk:
    """Everything that a person can ask of the awards."""

    cycles: Cycles
    nominations: Nominations
    sittings: Sittings
    clock: Clock

    @property
    def appeals(self) -> Appeals:
        """Takes appeals, and opens who asked."""
        return Appeals(self.cycles, self.nominations.vault)

    async def begin(self, person: Person, cycle: str) -> Cycle:
        """A new cycle."""
        return await self.cycles.begin(cycle, self.require(person, BeginCycle, None).by)

    async def to_cycle(self, person: Person, cycle: str, command: CycleCommand) -> Cycle:
        """The cycle after the command. Raises Refused, Forbidden, StepUpRequired, Stale."""
        region = command.region if isinstance(command, SignWaiver) else None
        caller = self.require(person, type(command), region)
        if isinstance(command, FileAppeal):
            return await self.appeals.file(cycle, command, caller.by)
        return await self.cycles.does(cycle, command, caller.by)

    async def to_panel(
        self, person: Person, cycle: str, panel: str, command: PanelCommand
    ) -> Proceedings:
        """The jury's sitting after the command. Raises as `to_cycle`."""
        caller = self.require(person, type(command), region_of(panel))
        match command:
            case OpenDeclarations():
                return await self.sittings.open_declarations(cycle, panel, caller)
            case ProposeAwards(citations):
                return await self.sittings.propose(cycle, panel, citations, caller)
            case Conclude():
                return await self.sittings.conclude(cycle, panel, caller)
            case Recuse(juror=juror) if juror != person.id:
                self._permit(person, Right(MANAGERS), region_of(panel))
        return await self.sittings.does(cycle, panel, command, caller)

    async def to_nomination(
        self, person: Person, nomination: str, command: NominationCommand | SetBlindText | Erase
    ) -> Candidacy:
        """The nomination after the command. Raises as `to_cycle`."""
        held = await self.nominations.load(nomination, self.manager(person))
        caller = self.require(person, type(command), held.value.region)
        match command:
            case SetBlindText(text):
                return await self.nominations.set_blind_text(nomination, text, caller)
            case Erase(reason):
                return await self.nominations.erase(nomination, reason, caller)
            case _:
                return await self.nominations.does(nomination, command, caller)

    async def save_sheet(self, person: Person, sheet: Sheet) -> Sheet:
        """Keep a draft of one's own sheet."""
        caller = self.require(person, SaveSheet, region_of(sheet.panel))
        return await self.sittings.save_sheet(sheet, caller.by)

    async def submit_sheet(self, person: Person, sheet: Sheet) -> Sheet:
        """Score for good."""
        caller = self.require(person, SubmitSheet, region_of(sheet.panel))
        return await self.sittings.submit_sheet(sheet, caller.by)

    async def with_minutes(self, person: Person, cycle: str, panel: str) -> Proceedings:
        """A jury for who may read its minutes: members, and who manages or audits it."""
        held = await self.sittings.load(cycle, panel, EVERYWHERE)
        if held.sitting.value.member(person.id):
            return held
        return await self.sittings.load(cycle, panel, self.reader(person).scope)

    def reader(self, person: Person) -> Caller:
        """Who reads as a manager or an auditor, with what their roles cover. Raises Forbidden."""
        return _one_of(person, READERS)

    def auditor(self, person: Person) -> Caller:
        """Who reads the log of all regions: a role for the country. Raises Forbidden."""
        right = Right((Role.AWARD_MANAGER, Role.AUDITOR))
        return self._permit(person, right, None)

    async def exporter(self, person: Person, cycle: str) -> Caller:
        """Who takes out what they manage, with a fresh second factor. Raises as `to_cycle`."""
        await self.cycles.load(cycle)
        caller = _one_of(person, MANAGERS)
        if not self.is_fresh(person):
            raise StepUpRequired
        return caller

    def manager(self, person: Person) -> Caller:
        """Who opens what is personal. Raises Forbidden."""
        return _one_of(person, MANAGERS)

    def may(self, person: Person, command: type, region: str | None) -> bool:
        """Whether the person's roles allow the command, for pages that offer it."""
        return any(person.may(role, region) for role in RIGHTS[command].roles)

    def require(self, person: Person, command: type, region: str | None) -> Caller:
        """Whom a handler trusts with the command. Raises Forbidden and StepUpRequired."""
        right = RIGHTS.get(command)
        if right is None:
            raise Forbidden("Nobody gives this command: it follows from what a jury decides.")
        return self._permit(person, right, region)

    def is_fresh(self, person: Person) -> bool:
        """Whether the second factor was shown a short while ago."""
        return person.is_stepped_up(self.clock.now(), STEPPED_UP_WITHIN)

    def _permit(self, person: Person, right: Right, region: str | None) -> Caller:
        return permitted(person, right, region, is_fresh=self.is_fresh(person))


def _one_of(person: Person, roles: tuple[Role, ...]) -> Caller:
    if not any(person.has(role) for role in roles):
        raise Forbidden(f"This takes one of these roles: {', '.join(roles)}.")
    return Caller(person.id, scope_of(person, roles))


def desk_over(store: AwardsStore, vault: Vault, clock: Clock, address: str) -> Desk:
    """The desk over a store; `address` is where the public pages are."""
    cycles = Cycles(store, clock, address)
    nominations = Nominations(store, cycles, vault, clock)
    return Desk(cycles, nominations, Sittings(store, cycles, vault, clock), clock)


def region_of(panel: str) -> str | None:
    """The region that a panel judges; None for the commission, which is the country's."""
    return None if panel == COMMISSION else panel
