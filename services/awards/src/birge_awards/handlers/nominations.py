"""Nominations as they come from the log, and what managers do with them."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.domain.cycle.days import day_of
from birge_awards.domain.cycle.laureates import without
from birge_awards.domain.nominees.candidacy import (
    NEVER_SUBMITTED,
    STANDING,
    Admit,
    Candidacy,
    Command,
    ConfirmGuardian,
    Merge,
    State,
    Withdraw,
    after,
)
from birge_awards.domain.nominees.duplicates import Group, likely_duplicates
from birge_awards.domain.nominees.eligibility import Obstacle, obstacles_of
from birge_awards.domain.nominees.past_year import periods_before
from birge_awards.domain.nominees.personal import (
    Personal,
    keys_from,
    nominee_from,
)
from birge_awards.domain.nominees.public_view import PublicView, public_view
from birge_awards.domain.sitting.sitting import COMMISSION, Phase, Sitting
from birge_awards.domain.sitting.striking import struck
from birge_awards.handlers.cycles import Cycles, name_of
from birge_awards.handlers.keeping import kept
from birge_awards.handlers.submissions import (
    candidacy_from,
    personal_from,
    personal_of,
    withdrawn_unheard,
)
from birge_awards.ports import EVERYWHERE, AwardsStore, Caller, Change, Kept, Said
from birge_awards.vault import Vault
from birge_common.clock import Clock
from birge_common.contracts.nomination import NominationSubmittedV1, NominationWithdrawnV1

_BEFORE_DECISION = (Stage.NOMINATIONS, Stage.REGIONAL, Stage.NATIONAL)


def candidacy_id(source: str, nomination_id: str) -> str:
    """The id of a nomination: the same one for every version and every delivery."""
    digest = hashlib.sha256(f"{source}|{nomination_id}".encode()).hexdigest()
    return f"n-{digest[:20]}"


@dataclass(frozen=True)
class Person:
    """A nomination opened for somebody who may read it."""

    candidacy: Candidacy
    personal: Personal | None
    """None where the person was erased."""
    obstacles: tuple[Obstacle, ...] = ()
    verified_hundredths: int = 0


@dataclass(frozen=True)
class Nominations:
    """Takes nominations in, and commands to them."""

    store: AwardsStore
    cycles: Cycles
    vault: Vault
    clock: Clock

    async def on_submitted(self, source: str, data: NominationSubmittedV1) -> None:
        """Keep a nomination or its correction; a lower version, or one too late, changes nothing.

        A correction is taken while nominations are open, and then stands for review again. One
        that comes later, or moves to another cycle, leaves the nomination as it stands.
        """
        name = candidacy_id(source, data.nomination_id)
        now = self.clock.now()

        async def decide() -> tuple[Change, None]:
            held = await self.store.candidacy(name, EVERYWHERE)
            if held and held.value.version >= data.version:
                return Change(), None
            cycle = await self.store.cycle(data.cycle)
            problem = _not_taken(cycle.value if cycle else None, data, now)
            is_known = held is not None and held.value.cycle != NEVER_SUBMITTED
            if held and is_known and (problem or held.value.cycle != data.cycle):
                return Change(), None
            fresh = candidacy_from(name, source, data, now)
            if problem:
                fresh = replace(fresh, state=State.REFUSED, reason=problem)
            wrapped = await self.store.wrapped_keys([name])
            if is_known and name not in wrapped:
                return Change(), None  # Erased: nothing of this person is taken in again.
            change = self._sealed(fresh, personal_from(data), held, wrapped.get(name))
            # One that crosses the end of nominations is judged anew.
            return replace(change, unmoved=(cycle,) if cycle else ()), None

        await kept(self.store, decide, now=now)

    async def on_withdrawn(self, source: str, data: NominationWithdrawnV1) -> None:
        """Take a nomination back, before the decision; afterwards it stands as decided.

        Its version is kept also where there is nothing to take back: the highest counts, not the
        order in which they come.
        """
        name = candidacy_id(source, data.nomination_id)
        now = self.clock.now()

        async def decide() -> tuple[Change, None]:
            held = await self.store.candidacy(name, EVERYWHERE)
            noted = Said("nomination.withdrawal_noted", "door", name, {"version": data.version})
            if held is None:
                unheard = withdrawn_unheard(name, source, data, now)
                return Change((Kept(unheard, 0),), said=(noted,)), None
            if held.value.version >= data.version:
                return Change(), None
            newer = Kept(replace(held.value, version=data.version), held.revision)
            try:
                return await self._changed(newer, Withdraw(data.reason), Caller("door"), now), None
            except Refused:
                return Change((newer,), said=(noted,)), None

        await kept(self.store, decide, now=now)

    async def does(self, candidacy: str, command: Command, who: Caller) -> Candidacy:
        """The nomination after a manager's command. Raises Refused."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Candidacy]:
            held = await self.load(candidacy, who)
            if isinstance(command, Admit):
                await self._require_eligible(held.value, who)
            change = await self._changed(held, command, who, now)
            if isinstance(command, Merge):
                twin = await self._twin(held.value, command.into, who)
                # Else two could be merged into each other, and neither would stand.
                change = replace(change, unmoved=(*change.unmoved, twin))
            return change, change.kept[0].value

        return await kept(self.store, decide, now=now)

    async def set_blind_text(self, candidacy: str, text: str, who: Caller) -> Candidacy:
        """The text that jurors read where they must not know whom it is about."""
        now = self.clock.now()

        async def decide() -> tuple[Change, Candidacy]:
            held = await self.load(candidacy, who)
            if not text.strip():
                raise Refused("no_text", "Write what was done, without names.")
            if await self._is_being_read(held.value):
                raise Refused("being_read", "A jury is reading it; its text stays as it is.")
            changed = replace(held.value, blind_text=text.strip())
            key = await self._key(candidacy)
            said = Said(
                "nomination.blind_text", who.by, candidacy, {}, {"text": changed.blind_text}, key
            )
            return Change((Kept(changed, held.revision),), said=(said,)), changed

        return await kept(self.store, decide, now=now)

    async def _is_being_read(self, candidacy: Candidacy) -> bool:
        """Whether a jury was given it: not all of its readers would have read the same."""
        sittings = await self.store.sittings(candidacy.cycle, EVERYWHERE)
        return any(one.value.readers_of(candidacy.id) for one in sittings)

    async def erase(self, candidacy: str, reason: str, who: Caller) -> Candidacy:
        """Destroy the person's key: names and texts are gone, the log still proves itself.

        Before the decision it is a withdrawal too: nobody wins of whom nothing may be known.
        """
        now = self.clock.now()

        async def decide() -> tuple[Change, Candidacy]:
            held = await self.load(candidacy, who)
            if not reason.strip():
                raise Refused("no_reason", "Say on whose request.")
            cycle = await self.store.cycle(held.value.cycle)
            is_open = cycle is not None and cycle.value.stage in _BEFORE_DECISION
            leaves = is_open and held.value.state in STANDING
            changed = replace(
                held.value,
                personal=None,
                blind_text=None,
                keys=(),
                volunteer=None,
                state=State.WITHDRAWN if leaves else held.value.state,
            )
            left = await self._left(held.value) if leaves else ()
            owing = _owing_again(cycle, candidacy) if cycle and leaves else ()
            said = Said("nomination.erase", who.by, candidacy)
            change = Change(
                (Kept(changed, held.revision), *left, *owing),
                (cycle,) if cycle and not owing else (),
                (said,),
                erased=(candidacy,),
            )
            return change, changed

        return await kept(self.store, decide, now=now)

    async def load(self, candidacy: str, who: Caller) -> Kept[Candidacy]:
        """The nomination, where the caller may see it. Raises Refused."""
        held = await self.store.candidacy(candidacy, who.scope)
        if held is None:
            raise Refused("no_nomination", "There is no such nomination.")
        return held

    async def opened(self, candidacy: str, who: Caller) -> Person:
        """The nomination with names, texts, and what keeps it from standing."""
        held = (await self.load(candidacy, who)).value
        personal = (await self.personal_of([held])).get(candidacy)
        if personal is None:
            return Person(held, None)
        verified = await self._verified(held)
        return Person(held, personal, await self._obstacles(held, personal, verified), verified)

    async def personal_of(self, several: Sequence[Candidacy]) -> dict[str, Personal]:
        """Names and texts of those who were not erased, by id."""
        wrapped = await self.store.wrapped_keys([one.id for one in several])
        return {
            one.id: personal_of(
                self.vault.open(one.personal, self.vault.unwrapped(wrapped[one.id], one.id), one.id)
            )
            for one in several
            if one.personal is not None and one.id in wrapped
        }

    async def public_views(self, several: Sequence[Candidacy]) -> dict[str, PublicView]:
        """What the public may see of each, by id; nobody who was erased."""
        personal = await self.personal_of(several)
        years = {one.id: _award_year(one.cycle, self.clock.now()) for one in several}
        return {
            one.id: public_view(
                nominee_from(one, personal[one.id]), region=one.region, year=years[one.id]
            )
            for one in several
            if one.id in personal
        }

    async def duplicates(self, cycle: str, who: Caller) -> list[Group]:
        """Nominations that may be of one nominee, for somebody to look at."""
        standing = [
            one.value
            for one in await self.store.candidacies(cycle, who.scope)
            if one.value.state in (State.RECEIVED, State.ADMITTED)
        ]
        personal = await self.personal_of(standing)
        return likely_duplicates(
            [nominee_from(one, personal[one.id]) for one in standing if one.id in personal]
        )

    async def _require_eligible(self, candidacy: Candidacy, who: Caller) -> None:
        personal = (await self.personal_of([candidacy])).get(candidacy.id)
        if personal is None:
            raise Refused("erased", "This person was erased.")
        found = await self._obstacles(candidacy, personal, await self._verified(candidacy))
        if found:
            raise Refused(found[0].code, " ".join(one.detail for one in found))

    async def _twin(self, candidacy: Candidacy, into: str, who: Caller) -> Kept[Candidacy]:
        kept_twin = await self.load(into, who)
        twin = kept_twin.value
        if (twin.cycle, twin.track, twin.nomination) != (
            candidacy.cycle,
            candidacy.track,
            candidacy.nomination,
        ):
            raise Refused("another_award", "They stand in different cycles or nominations.")
        if twin.state not in (State.RECEIVED, State.ADMITTED):
            raise Refused("not_standing", "The other nomination does not stand any more.")
        return kept_twin

    async def _obstacles(
        self, candidacy: Candidacy, personal: Personal, verified: int
    ) -> tuple[Obstacle, ...]:
        cycle = (await self.cycles.load(candidacy.cycle)).value
        nomination = cycle.policy.nomination(candidacy.nomination) if cycle.policy else None
        return tuple(
            obstacles_of(
                nominee_from(candidacy, personal),
                year=_award_year(candidacy.cycle, candidacy.received_at),
                hours_min=nomination.hours_min if nomination else 0,
                verified_hundredths=verified,
            )
        )

    async def _verified(self, candidacy: Candidacy) -> int:
        if candidacy.volunteer is None:
            return 0
        periods = periods_before(day_of(candidacy.received_at))
        found = await self.store.verified_hundredths([candidacy.volunteer], periods=periods)
        return found.get(candidacy.volunteer, 0)

    async def _changed(
        self, held: Kept[Candidacy], command: Command, who: Caller, now: datetime
    ) -> Change:
        cycle = await self.cycles.load(held.value.cycle)
        if cycle.value.stage not in _BEFORE_DECISION:
            raise Refused("wrong_stage", f"The cycle is {cycle.value.stage}.")
        juries = await self._juries(held.value)
        has_begun = any(one.value.phase != Phase.FORMING for one in juries)
        if has_begun and not isinstance(command, Withdraw):
            raise Refused("jury_has_begun", "The jury's list is frozen; it can only be left.")
        changed = after(held.value, command, Act(who.by, now))
        said = Said(f"nomination.{name_of(command)}", who.by, held.value.id)
        if isinstance(command, ConfirmGuardian):
            key = await self._key(held.value.id)
            said = replace(said, private={"note": command.note}, key=key)
        if isinstance(command, Withdraw):
            left = await self._left(held.value)
            owing = _owing_again(cycle, changed.id)
            return Change(
                (Kept(changed, held.revision), *left, *owing),
                () if owing else (cycle,),
                said=(said,),
            )
        return Change((Kept(changed, held.revision),), (cycle, *juries), said=(said,))

    async def _left(self, candidacy: Candidacy) -> list[Kept[Sitting]]:
        """The juries that the nominee may stand before, without it."""
        juries = await self._juries(candidacy)
        return [Kept(struck(one.value, candidacy.id), one.revision) for one in juries]

    async def _juries(self, candidacy: Candidacy) -> list[Kept[Sitting]]:
        """The sittings that the nominee may stand before: its region's, and the commission's."""
        panels = {candidacy.region or COMMISSION, COMMISSION}
        found = [
            await self.store.sitting(candidacy.cycle, panel, EVERYWHERE) for panel in sorted(panels)
        ]
        return [one for one in found if one is not None]

    async def _key(self, candidacy: str) -> bytes:
        wrapped = await self.store.wrapped_keys([candidacy])
        if candidacy not in wrapped:
            raise Refused("erased", "This person was erased; nothing more is kept of them.")
        return self.vault.unwrapped(wrapped[candidacy], candidacy)

    def _sealed(
        self,
        fresh: Candidacy,
        personal: Personal,
        held: Kept[Candidacy] | None,
        wrapped: bytes | None,
    ) -> Change:
        new_keys = {}
        if wrapped is None:
            key, new_keys[fresh.id] = self.vault.new_key(fresh.id)
        else:
            key = self.vault.unwrapped(wrapped, fresh.id)
        kept_fresh = replace(
            fresh,
            personal=self.vault.seal(asdict(personal), key, fresh.id),
            keys=keys_from(personal, self.vault.digest),
        )
        facts = {"cycle": fresh.cycle, "version": fresh.version, "state": fresh.state}
        private = {"source": fresh.source, "nomination_id": fresh.nomination_id}
        private["personal"] = hashlib.sha256(repr(personal).encode()).hexdigest()
        return Change(
            (Kept(kept_fresh, held.revision if held else 0),),
            said=(Said("nomination.accept", "door", fresh.id, facts, private, key),),
            new_keys=new_keys,
        )


def _owing_again(cycle: Kept[Cycle], nominee: str) -> tuple[Kept[Cycle], ...]:
    """The cycle without a laureate who leaves; nothing where he was none of a region's."""
    smaller = without(cycle.value, nominee)
    return () if smaller == cycle.value else (Kept(smaller, cycle.revision),)


def _award_year(cycle: str, otherwise: datetime) -> int:
    """The year that ages are counted in: the cycle's, where it is named by one."""
    return int(cycle) if cycle.isdigit() and len(cycle) == 4 else otherwise.year


def _not_taken(cycle: Cycle | None, data: NominationSubmittedV1, now: datetime) -> str | None:
    if cycle is None or cycle.policy is None or cycle.stage != Stage.NOMINATIONS:
        return "nominations are not open"
    if not cycle.takes_nominations(now):
        return f"nominations ended on {cycle.due['nominations'].isoformat()}"
    nomination = cycle.policy.nomination(data.nomination)
    if nomination is None or nomination.track != data.track:
        return "the cycle has no such nomination in this track"
    if data.region is not None and data.region not in cycle.regions:
        return "the region is not on the cycle's map"
    return None
