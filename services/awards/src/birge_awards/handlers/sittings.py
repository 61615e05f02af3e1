"""Commands to a jury's sitting, and how its result becomes the cycle's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.cycle.commands import Command as CycleCommand
from birge_awards.domain.cycle.commands import ConfirmLaureates, Decide, SeatCommission
from birge_awards.domain.cycle.cycle import Cycle, Laureate, Member, Stage
from birge_awards.domain.cycle.policy import INTERNATIONAL
from birge_awards.domain.cycle.stages import after as cycle_after
from birge_awards.domain.jury.conflicts import Conflict, Kind, Source, computed_conflicts
from birge_awards.domain.nominees.candidacy import Candidacy, State
from birge_awards.domain.nominees.personal import conflict_keys, parties_of
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CastVote,
    CloseScoring,
    Command,
    Conclude,
    Declare,
    DismissMember,
    OpenDeclarations,
    ProposeAwards,
    Recuse,
    Reopen,
    ResumeScoring,
    SayNoExtraJudge,
    ScoreAsExtraJudge,
    SignMinutes,
    VoteOnTie,
)
from birge_awards.domain.sitting.sheets import Sheet, saved, submitted
from birge_awards.domain.sitting.sitting import COMMISSION, Candidate, Juror, Sitting
from birge_awards.domain.sitting.steps import after
from birge_awards.domain.sitting.striking import struck
from birge_awards.handlers.cycles import Cycles, name_of
from birge_awards.handlers.keeping import kept
from birge_awards.minutes.record import record_hash
from birge_awards.minutes_of import minutes_record
from birge_awards.ports import EVERYWHERE, AwardsStore, Caller, Change, Kept, Said, Scope
from birge_awards.proceedings import Proceedings
from birge_awards.vault import Vault
from birge_common.clock import Clock

Citations = Mapping[str, Mapping[str, str]]
"""By nominee and language."""


@dataclass(frozen=True)
class Sittings:
    """Takes commands to juries. Everybody who asks says what they may see."""

    store: AwardsStore
    cycles: Cycles
    vault: Vault
    clock: Clock

    async def load(self, cycle: str, panel: str, scope: Scope) -> Proceedings:
        """The panel's sitting, a new one where nobody was appointed yet. Raises Refused."""
        found = await self.cycles.load(cycle)
        value = found.value
        is_panel = panel == COMMISSION or panel in value.regions
        if not is_panel or not scope.covers(None if panel == COMMISSION else panel):
            raise Refused("no_panel", "There is no such jury in this cycle.")
        sitting = await self.store.sitting(cycle, panel, scope)
        if sitting is None:
            sitting = Kept(_new_sitting(value, panel))
        sheets = await self.store.sheets(cycle, panel, scope)
        return Proceedings(found, sitting, tuple(one.value for one in sheets))

    async def does(self, cycle: str, panel: str, command: Command, who: Caller) -> Proceedings:
        """The sitting after a command that concerns it alone. Raises Refused."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Proceedings]:
            held = await self.load(cycle, panel, who.scope)
            _require_stage(held, command)
            complete = await self._complete(command, held, now)
            changed = after(held.sitting.value, complete, Act(who.by, now), held.facts)
            if isinstance(command, Reopen):
                changed = await self._without_those_who_left(changed)
            said = await self._said(complete, held, changed, who.by)
            change = _change(held, changed, *said)
            if changed.panel == COMMISSION and isinstance(command, AddMember | DismissMember):
                change = self._seated(held, changed, change, Act(who.by, now))
            return change, _with(held, changed)

        return await kept(self.store, decide, now=now)

    async def open_declarations(self, cycle: str, panel: str, who: Caller) -> Proceedings:
        """Freeze who stands, find conflicts that keys show, and ask the members for theirs."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Proceedings]:
            held = await self.load(cycle, panel, who.scope)
            standing = await self._standing(held)
            members = held.sitting.value.members
            computed = _computed(members, standing, now)
            command = OpenDeclarations(
                tuple(Candidate(one.id, one.nomination, one.region) for one in standing),
                (*computed, *await self._carried(held, members, standing, computed)),
            )
            _require_stage(held, command)
            if held.policy.is_blind and (
                bare := [one.id for one in standing if not one.blind_text]
            ):
                raise Refused("no_blind_text", f"These have no blind text yet: {', '.join(bare)}")
            changed = after(held.sitting.value, command, Act(who.by, now), held.facts)
            said = await self._said(command, held, changed, who.by)
            return _change(held, changed, *said), _with(held, changed)

        return await kept(self.store, decide, now=now)

    async def propose(
        self, cycle: str, panel: str, citations: Citations, who: Caller
    ) -> Proceedings:
        """The result as the scores have it, and the minutes to be signed."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Proceedings]:
            held = await self.load(cycle, panel, who.scope)
            command = ProposeAwards(citations)
            _require_stage(held, command)
            proposed = after(held.sitting.value, command, Act(who.by, now), held.facts)
            # Without names: erasing a person must not take the ground from under a signature.
            record = minutes_record(_with(held, proposed), names={}, closed_at=now)
            changed = replace(proposed, minutes=record_hash(record), proposed_at=now)
            public = {"panel": panel, "minutes": changed.minutes}
            said = Said("sitting.propose_awards", who.by, cycle, public)
            return _change(held, changed, said), _with(held, changed)

        return await kept(self.store, decide, now=now)

    async def conclude(self, cycle: str, panel: str, who: Caller) -> Proceedings:
        """Signed by enough, the result becomes the region's, or the cycle's decision."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Proceedings]:
            held = await self.load(cycle, panel, who.scope)
            act = Act(who.by, now)
            changed = after(held.sitting.value, Conclude(), act, held.facts)
            command = _result(changed)
            decided = cycle_after(held.cycle.value, command, act)
            of_cycle = self.cycles.change(held.cycle, decided, command, act)
            said = Said("sitting.conclude", who.by, cycle, {"panel": panel})
            change = Change(
                (*of_cycle.kept, Kept(changed, held.sitting.revision)),
                said=(said, *of_cycle.said),
                outgoing=of_cycle.outgoing,
            )
            return change, _with(held, changed)

        return await kept(self.store, decide, now=now)

    async def save_sheet(self, sheet: Sheet, by: str) -> Sheet:
        """Keep a draft; nobody else sees it, and the log says nothing of it."""
        return await self._keep_sheet(
            sheet, by, lambda held, before, act: saved(held.sitting.value, before, sheet, act)
        )

    async def submit_sheet(self, sheet: Sheet, by: str) -> Sheet:
        """Score: once, for good, and committed to in the log."""
        return await self._keep_sheet(
            sheet,
            by,
            lambda held, before, act: submitted(
                held.sitting.value, held.policy, before, sheet, act
            ),
        )

    async def _keep_sheet(
        self, sheet: Sheet, by: str, decided: "Callable[[Proceedings, Sheet | None, Act], Sheet]"
    ) -> Sheet:
        now = self.clock.now()

        async def decide() -> tuple[Change, Sheet]:
            held = await self.load(sheet.cycle, sheet.panel, EVERYWHERE)
            _require_stage(held)
            before = await self.store.sheet(sheet.cycle, sheet.panel, sheet.nominee, sheet.juror)
            changed = decided(held, before.value if before else None, Act(by, now))
            # A sheet that crosses a recusal or the end of scoring is judged anew.
            return Change(
                (Kept(changed, before.revision if before else 0),),
                (held.sitting,),
                () if changed.submitted_at is None else (await self._score(changed),),
            ), changed

        return await kept(self.store, decide, now=now)

    async def _complete(self, command: Command, held: Proceedings, now: datetime) -> Command:
        """Who joins a jury that knows its nominees has conflicts that keys show, as all have."""
        if not isinstance(command, AddMember):
            return command
        ids = [one.nominee for one in held.sitting.value.candidates]
        known = await self.store.candidacies(held.cycle.value.id, EVERYWHERE, ids=ids)
        standing = [one.value for one in known]
        joins = (command.member,)
        computed = _computed(joins, standing, now)
        carried = await self._carried(held, joins, standing, computed)
        return replace(command, computed=(*computed, *carried))

    def _seated(self, held: Proceedings, changed: Sitting, change: Change, act: Act) -> Change:
        """The change, and the cycle's commission, over which its decision is counted."""
        command = SeatCommission(
            tuple(
                Member(one.person, one.country, one.region, one.is_chair, one.keys)
                for one in changed.members
            )
        )
        seated = cycle_after(held.cycle.value, command, act)
        of_cycle = self.cycles.change(held.cycle, seated, command, act)
        return Change((*change.kept, *of_cycle.kept), said=(*change.said, *of_cycle.said))

    async def _carried(
        self,
        held: Proceedings,
        joining: tuple[Juror, ...],
        standing: list[Candidacy],
        computed: tuple[Conflict, ...],
    ) -> tuple[Conflict, ...]:
        """What members of the commission declared, or left, before the juries of regions."""
        if held.sitting.value.panel != COMMISSION:
            return ()
        members = {one.person for one in joining}
        nominees = {one.id for one in standing}
        known = {(one.nominee, one.juror) for one in computed}
        kinds: dict[tuple[str, str], Kind] = {}
        for one in await self.store.sittings(held.cycle.value.id, EVERYWHERE):
            kinds |= {(left.nominee, left.juror): Kind.OTHER for left in one.value.recusals}
            kinds |= {(found.nominee, found.juror): found.kind for found in one.value.conflicts}
        return tuple(
            Conflict(nominee, juror, kind, Source.COMPUTED)
            for (nominee, juror), kind in sorted(kinds.items())
            if juror in members and nominee in nominees and (nominee, juror) not in known
        )

    async def _without_those_who_left(self, reopened: Sitting) -> Sitting:
        """What was concluded stays as it was signed; who left since stands no more after that."""
        ids = [one.nominee for one in reopened.candidates]
        for one in await self.store.candidacies(reopened.cycle, EVERYWHERE, ids=ids):
            if one.value.state != State.ADMITTED:
                reopened = struck(reopened, one.value.id)
        return reopened

    async def _score(self, sheet: Sheet) -> Said:
        private = {
            "marks": {
                name: None if mark is None else str(mark) for name, mark in sheet.marks.items()
            },
            "reason": sheet.reason,
            "is_confident": sheet.is_confident,
        }
        key = await self._key(sheet.nominee)
        return Said(
            "score.submit", sheet.juror, sheet.nominee, {"panel": sheet.panel}, private, key
        )

    async def _standing(self, held: Proceedings) -> list[Candidacy]:
        """Who stands before this jury: admitted nominees, and for the commission the regions'."""
        cycle, panel = held.cycle.value, held.sitting.value.panel
        scope = EVERYWHERE if panel == COMMISSION else Scope(frozenset({panel}))
        confirmed = {one.nominee for stage in cycle.regions.values() for one in stage.laureates}
        return [
            one.value
            for one in await self.store.candidacies(cycle.id, scope)
            if one.value.state == State.ADMITTED
            and (
                panel != COMMISSION or one.value.track == INTERNATIONAL or one.value.id in confirmed
            )
        ]

    async def _said(
        self, command: Command, held: Proceedings, changed: Sitting, by: str
    ) -> list[Said]:
        name = f"sitting.{name_of(command)}"
        public = {"panel": changed.panel, **_public(command, changed)}
        said = [Said(name, by, changed.cycle, public)]
        before = set(held.sitting.value.conflicts)
        for one in changed.conflicts:
            if one not in before:
                private = {"juror": one.juror, "kind": one.kind, "source": one.source}
                key = await self._key(one.nominee)
                facts = {"panel": changed.panel}
                said.append(Said("conflict.found", "system", one.nominee, facts, private, key))
        return said

    async def _key(self, candidacy: str) -> bytes:
        wrapped = await self.store.wrapped_keys([candidacy])
        if candidacy not in wrapped:
            raise Refused("erased", "This person was erased; nothing more is kept of them.")
        return self.vault.unwrapped(wrapped[candidacy], candidacy)


def _new_sitting(cycle: Cycle, panel: str) -> Sitting:
    if panel != COMMISSION:
        return Sitting(cycle.id, panel)
    members = tuple(
        Juror(one.person, one.country, one.region, one.is_chair, keys=one.keys)
        for one in cycle.commission
    )
    return Sitting(cycle.id, panel, members=members)


def _require_stage(held: Proceedings, command: Command | None = None) -> None:
    """A region's jury works in the regional stage, the commission in the national one.

    Without a command it is about a sheet.
    """
    is_commission = held.sitting.value.panel == COMMISSION
    stage = held.cycle.value.stage
    works_in = [Stage.NATIONAL if is_commission else Stage.REGIONAL]
    if isinstance(command, AddMember) and is_commission and stage != Stage.NATIONAL:
        raise Refused("commission", "The cycle forms the commission, before the national stage.")
    if isinstance(command, AddMember | DismissMember) and not is_commission:
        works_in = [Stage.NOMINATIONS, Stage.REGIONAL]
    if stage not in works_in:
        raise Refused(
            "wrong_stage", f"The cycle is {stage}; this jury works in: {', '.join(works_in)}."
        )
    is_over = not is_commission and held.cycle.value.regions[held.sitting.value.panel].is_over
    if is_over:
        raise Refused("region_is_over", "This region has decided; reopen the region first.")


def _computed(
    members: tuple[Juror, ...], standing: list[Candidacy], now: datetime
) -> tuple[Conflict, ...]:
    return computed_conflicts(
        [conflict_keys(one.person, list(one.keys)) for one in members],
        [party for one in standing for party in parties_of(one)],
        now.date(),
    )


def _result(sitting: Sitting) -> CycleCommand:
    laureates = tuple(Laureate(one.nomination, one.nominee, one.place) for one in sitting.awards)
    if sitting.panel != COMMISSION:
        return ConfirmLaureates(sitting.panel, laureates)
    assert sitting.minutes is not None, "a concluded jury has minutes"
    return Decide(laureates, tuple(sorted(sitting.signatures)), sitting.minutes)


def _change(held: Proceedings, changed: Sitting, *said: Said) -> Change:
    return Change((Kept(changed, held.sitting.revision),), (held.cycle,), said)


def _with(held: Proceedings, changed: Sitting) -> Proceedings:
    return replace(held, sitting=Kept(changed, held.sitting.revision + 1))


def _public(command: Command, sitting: Sitting) -> Mapping[str, Any]:
    """What everybody may know for ever; a declaration tells only that it was made."""
    match command:
        case AddMember(member):
            return {"member": member.person, "country": member.country}
        case DismissMember(person, reason):
            return {"member": person, "reason": reason}
        case OpenDeclarations(candidates):
            return {"nominees": [one.nominee for one in candidates]}
        case AssignReviews() if sitting.plan is not None:
            return {"plan": sitting.plan.hash, "seed": sitting.seed}
        case Recuse(nominee, juror):
            return {"nominee": nominee, "member": juror}
        case SayNoExtraJudge(tied, reason):
            return {"tied": list(tied), "reason": reason}
        case ScoreAsExtraJudge(tied):
            return {"tied": list(tied)}
        case VoteOnTie(tied, choice):
            return {"tied": list(tied), "choice": choice}
        case CastVote(tied, order, reason):
            return {"tied": list(tied), "order": list(order), "reason": reason}
        case SignMinutes(minutes):
            return {"minutes": minutes}
        case ResumeScoring(reason, ends_at, reviews):
            return {"reason": reason, "ends_at": ends_at.isoformat(), "reviews": reviews}
        case Reopen(reason):
            return {"reason": reason}
        case Declare() | CloseScoring() | _:
            return {}
