"""A cycle of awards in which anybody may ask anything at any time, and what must hold throughout.

What is held against the service is known here from the commands that were taken, and never asked
of the rules under test.
"""

from collections import Counter
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Close,
    ExtendStage,
    FileAppeal,
    FormCommission,
    OpenNationalStage,
    OpenNominations,
    OpenRegionalStage,
    Publish,
    ReopenRegion,
    ResolveAppeal,
    SetPolicy,
    SignNoAward,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import Cycle, Laureate, Member, Stage
from birge_awards.domain.cycle.policy import CALIBRATED, RAW_MEAN, Policy
from birge_awards.domain.jury.conflicts import Kind as ConflictKind
from birge_awards.domain.jury.scoring import published
from birge_awards.domain.jury.ties import CHAIR, EXTRA_JUDGE, OPEN_VOTE
from birge_awards.domain.nominees.candidacy import (
    Admit,
    ConfirmGuardian,
    Merge,
    Refuse,
    State,
    Withdraw,
)
from birge_awards.domain.nominees.personal import person_keys
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CastVote,
    CloseScoring,
    CloseVote,
    Declare,
    DismissMember,
    EnsureReviews,
    Recuse,
    Reopen,
    ResumeScoring,
    SayNoExtraJudge,
    ScoreAsExtraJudge,
    SignMinutes,
    VoteOnTie,
)
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import COMMISSION, Juror, Phase, Sitting
from birge_awards.domain.sitting.ties import waiting_in
from birge_awards.handlers.nominations import candidacy_id
from birge_awards.ports import EVERYWHERE, Caller, Change, Kept
from birge_awards.proceedings import Proceedings
from birge_awards.stores.memory import MemoryAwardsStore
from birge_common.contracts.nomination import NominationWithdrawnV1
from tests.support.awards_house import MANAGER, SOURCE, House, nomination
from tests.unit.awards.cycle.building import ECOLOGY, FRIEND, POLICY

YEAR, HERE, THERE = "2026", "KZ-11", "KZ-71"
PANELS = (HERE, THERE, COMMISSION)
# Nominations by number: three here, three there, one from abroad.
REGION_OF = {1: HERE, 2: HERE, 3: HERE, 4: THERE, 5: THERE, 6: THERE, 7: None}
NAME_OF = {number: candidacy_id(SOURCE, f"nom-{number}") for number in REGION_OF}
NUMBER_OF = {name: number for number, name in NAME_OF.items()}
JURORS = {
    HERE: ("a-1", "a-2", "a-3", "a-4", "a-5"),
    THERE: ("b-1", "b-2", "b-3", "b-4", "b-5"),
    COMMISSION: ("m-1", "m-2", "m-3", "m-4"),
}
COUNTRIES = {"m-3": "UZ", "m-4": "DE"}
# Jurors who share a contact with a nominee: a conflict that only keys show.
SHARES_CONTACT = {"a-2": 1, "a-5": 2, "b-1": 5, "b-5": 4, "m-2": 4}
PEOPLE = ("manager", "director", "first", "second", *sum(JURORS.values(), ()))
TEXTS = {"kk": "Еңбегі үшін.", "ru": "За труд.", "en": "For the work."}
POLICIES = [
    replace(POLICY, ranks_by=ranks_by, reviews=reviews, tie_chain=chain, due=due)
    for ranks_by in (RAW_MEAN, CALIBRATED)
    for reviews in (2, 3)
    for chain in (POLICY.tie_chain, (CHAIR,))
    for due in ({}, {"nominations": date(2026, 9, 3), "regional": date(2026, 9, 20)})
]
Result = TypeVar("Result")
Pair = tuple[str, str]

people = st.sampled_from(PEOPLE)
panels = st.sampled_from(PANELS)
numbers = st.sampled_from(sorted(REGION_OF))
marks = st.sampled_from([0, 1, 5, 10, 11])
seats = st.integers(0, 5)
going_on = st.tuples(st.sampled_from([HERE, THERE]), st.integers(0, 6), st.integers(0, 9))
days = st.sampled_from([date(2026, 8, 31), date(2026, 9, 10), date(2026, 10, 1)])
reasons = st.sampled_from(["", "a reason", "another reason"])


def now(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine gives that never waits, as those over a store in memory."""
    try:
        work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    raise AssertionError("a store in memory never waits")


class WatchedStore(MemoryAwardsStore):
    """Holds every kept change against what it should leave: its values, its acts, its events."""

    kept_changes = 0

    async def keep(self, change: Change, *, now: datetime) -> None:
        numbers, told = len(self._acts), len(self.outbox)
        await super().keep(change, now=now)
        self.kept_changes += 1
        acts = await self.acts(numbers, 1_000)
        assert [(one.number, one.act, one.actor, one.subject) for one in acts] == [
            (number, said.act, said.actor, said.subject)
            for number, said in enumerate(change.said, numbers)
        ]
        assert [bool(one.commitment) for one in acts] == [
            said.private is not None for said in change.said
        ]
        assert len(self.outbox) == told + len(change.outgoing)
        is_silent = all(isinstance(one.value, Sheet) for one in change.kept)
        assert change.said or is_silent, "only a draft is changed without a word"
        for one in change.kept:
            assert await self._read(one.value) == Kept(one.value, one.revision + 1)

    async def _read(self, value: Any) -> Kept[Any] | None:
        if isinstance(value, Cycle):
            return await self.cycle(value.id)
        if isinstance(value, Sitting):
            return await self.sitting(value.cycle, value.panel, EVERYWHERE)
        if isinstance(value, Sheet):
            return await self.sheet(value.cycle, value.panel, value.nominee, value.juror)
        return await self.candidacy(value.id, EVERYWHERE)


class AnyHistory(RuleBasedStateMachine):
    """Rules are what people ask; `goes_on` does what a diligent person would do next."""

    def __init__(self) -> None:
        super().__init__()
        self.store = WatchedStore()
        self.house = House(self.store)
        self.clock = self.house.clock
        self.versions: Counter[int] = Counter()
        computed = {(NAME_OF[number], juror) for juror, number in SHARES_CONTACT.items()}
        self.barred = {panel: set(computed) for panel in PANELS}
        self.scores: dict[str, dict[Pair, Mapping[str, Decimal | None]]] = {
            panel: {} for panel in PANELS
        }
        self.ends_at: dict[str, datetime] = {}
        self.left: set[str] = set()
        self.extended: dict[str, date] = {}
        self.decision: Any = None
        self.regions: Any = None

    # What is asked, and taken or refused whole.

    def asks(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """The answer; None where it was refused, and then nothing was kept."""
        before = self.store.kept_changes
        try:
            return now(work)
        except Refused:
            assert self.store.kept_changes == before, "what is refused keeps nothing"
            return None

    @property
    def cycle(self) -> Cycle:
        held = now(self.store.cycle(YEAR))
        assert held is not None
        return held.value

    def held(self, panel: str) -> Proceedings | None:
        return self.asks(self.house.sittings.load(YEAR, panel, EVERYWHERE))

    def to_cycle(self, command: Any, by: str) -> Cycle | None:
        return self.asks(self.house.cycles.does(YEAR, command, by))

    def to_panel(self, panel: str, command: Any, by: str) -> Proceedings | None:
        return self.asks(self.house.sittings.does(YEAR, panel, command, Caller(by)))

    def to_nominee(self, number: int, command: Any) -> None:
        name = NAME_OF[number]
        if self.asks(self.house.nominations.does(name, command, MANAGER)) is None:
            return
        if isinstance(command, Admit):
            self.left.discard(name)
        elif not isinstance(command, ConfirmGuardian):
            self.left.add(name)

    @initialize(policy=st.sampled_from(POLICIES), begun=st.lists(going_on, max_size=30))
    def begins(self, policy: Policy, begun: list[tuple[str, int, int]]) -> None:
        """A cycle that went some way, so that chance need not find every step of it."""
        now(self.house.cycles.begin(YEAR, "manager"))
        assert self.to_cycle(SetPolicy(policy), "manager")
        for where, best, chance in begun:
            self._goes_on(where, best, chance)

    # Single commands, of anybody, at any time.

    @rule(
        by=people,
        command=st.one_of(
            st.sampled_from(POLICIES).map(SetPolicy),
            st.builds(OpenNominations, st.just((HERE, THERE))),
            st.builds(OpenRegionalStage),
            st.builds(ExtendStage, st.sampled_from(["nominations", "regional"]), days, reasons),
            st.builds(SignWaiver, st.sampled_from([HERE, THERE, "KZ-75"]), reasons),
            st.builds(ReopenRegion, st.sampled_from([HERE, THERE]), reasons),
            st.builds(OpenNationalStage),
            st.builds(SignNoAward, reasons),
            st.builds(Publish),
            st.builds(
                FileAppeal,
                appeal=st.sampled_from(["x", "y"]),
                nomination=st.just("ecology"),
                on_behalf_of=st.just("somebody"),
            ),
            st.builds(ResolveAppeal, st.sampled_from(["x", "y"]), reasons),
            st.builds(Close),
        ),
    )
    def somebody_asks_the_cycle(self, by: str, command: Any) -> None:
        if self.to_cycle(command, by) and isinstance(command, ExtendStage):
            assert command.reason, "a reason stands in the log"
            self.extended[command.stage] = command.until

    @rule(size=st.integers(0, 4))
    def forms_a_commission(self, size: int) -> None:
        self.to_cycle(FormCommission(self._members()[:size]), "manager")

    @rule(by=people, hours=st.sampled_from([-1, 0, 5]))
    def approves(self, by: str, hours: int) -> None:
        self.to_cycle(ApprovePublication(self.clock.now() + timedelta(hours=hours)), by)

    @rule(hours=st.sampled_from([1, 24, 8 * 24]))
    def time_goes_by(self, hours: int) -> None:
        self.clock.advance(timedelta(hours=hours))

    @rule(number=numbers, is_next=st.booleans())
    def nominates(self, number: int, is_next: bool) -> None:
        self._submits(number, self.versions[number] + is_next)

    @rule(number=numbers)
    def the_door_takes_back(self, number: int) -> None:
        data = NominationWithdrawnV1(
            nomination_id=f"nom-{number}", version=self.versions[number] + 1, reason="moved"
        )
        is_before = self._is_before_decision()
        self.asks(self.house.nominations.on_withdrawn(SOURCE, data))
        if is_before and self._state(number) == State.WITHDRAWN:
            self.left.add(NAME_OF[number])

    @rule(
        number=numbers,
        other=numbers,
        which=st.sampled_from([Admit, Refuse, ConfirmGuardian, Merge]),
    )
    def a_manager_decides_on(self, number: int, other: int, which: Any) -> None:
        made = {Merge: (NAME_OF[other],), Admit: ()}.get(which, ("a reason",))
        self.to_nominee(number, which(*made))

    @rule(panel=panels, row=seats)
    def withdraws(self, panel: str, row: int) -> None:
        self.to_nominee(NUMBER_OF[self._at(panel, 0, row)[2]], Withdraw("moved abroad"))

    @precondition(lambda self: self.cycle.stage in (Stage.REGIONAL, Stage.NATIONAL))
    @rule(panel=panels, row=seats)
    def is_erased(self, panel: str, row: int) -> None:
        name = self._at(panel, 0, row)[2]
        if now(self.store.candidacy(name, EVERYWHERE)):
            now(self.house.nominations.erase(name, "asked to be", MANAGER))
            assert not now(self.store.wrapped_keys([name]))
            self.left.add(name)

    @rule(where=st.sampled_from([HERE, THERE]), by=st.sampled_from(["first", "second"]))
    def one_person_waives_twice(self, where: str, by: str) -> None:
        for _ in range(2):
            self.to_cycle(SignWaiver(where, "nobody to honour"), by)

    @rule(panel=panels, row=seats, seat=seats, mark=marks, by_another=st.booleans())
    def scores_somebody(self, panel: str, row: int, seat: int, mark: int, by_another: bool) -> None:
        panel, juror, name = self._at(panel, seat, row)
        self._submits_sheet(panel, name, juror, mark, "first" if by_another else juror)

    @rule(panel=panels, row=seats, seat=seats)
    def saves_a_draft(self, panel: str, row: int, seat: int) -> None:
        panel, juror, name = self._at(panel, seat, row)
        sheet = Sheet(YEAR, panel, name, juror, {"impact": Decimal(3)})
        self.asks(self.house.sittings.save_sheet(sheet, juror))

    @rule(panel=panels, row=seats, seat=seats)
    def declares(self, panel: str, row: int, seat: int) -> None:
        panel, by, name = self._at(panel, seat, row)
        self._declares(panel, by, {name: ConflictKind.OTHER})

    @rule(
        panel=panels,
        hours=st.sampled_from([-1, 0, 48]),
        reviews=st.sampled_from([0, 3, 4]),
        reason=reasons,
    )
    def resumes_scoring(self, panel: str, hours: int, reviews: int, reason: str) -> None:
        panel, *_ = self._at(panel, 0)
        ends_at = self.clock.now() + timedelta(hours=hours)
        if self.to_panel(panel, ResumeScoring(reason, ends_at, reviews), "manager"):
            assert hours > 0, "sheets are taken until a moment that lies ahead"
            assert reason, "a reason stands in the log"
            self.ends_at[panel] = ends_at
            self.to_panel(panel, EnsureReviews(), "manager")

    @rule(panel=panels, row=seats, seat=seats, is_first=st.booleans())
    def is_recused(self, panel: str, row: int, seat: int, is_first: bool) -> None:
        """Before the sheet or after it, which must not count then either way."""
        panel, juror, name = self._at(panel, seat, row)
        if not is_first:
            self._submits_sheet(panel, name, juror, 10, juror)
        if self.to_panel(panel, Recuse(name, juror, "a cousin"), "manager"):
            self.barred[panel].add((name, juror))
        self._submits_sheet(panel, name, juror, 10, juror)

    @rule(panel=panels, seat=seats)
    def is_replaced(self, panel: str, seat: int) -> None:
        """By a juror whose keys show a conflict, and who takes what there is to read."""
        panel, juror, _ = self._at(panel, seat)
        if self.to_panel(panel, DismissMember(juror, "ill"), "manager"):
            self.barred[panel] |= {(name, juror) for name in NAME_OF.values()}
        self._joins(panel, JURORS[panel][-1])

    @rule(panel=panels, seat=seats)
    def joins(self, panel: str, seat: int) -> None:
        """Anybody, a second time too."""
        panel, anybody, _ = self._at(panel, seat)
        self._joins(panel, anybody)

    def _joins(self, panel: str, juror: str) -> None:
        self.to_panel(panel, AddMember(self._juror(juror, is_chair=False)), "manager")
        self._declares(panel, juror, {})
        self.to_panel(panel, EnsureReviews(), "manager")
        held = self.held(panel)
        for name in held.sitting.value.reads_of(juror) if held else ():
            self._submits_sheet(panel, name, juror, 7, juror)

    @rule(
        panel=panels,
        seat=seats,
        command=st.one_of(
            st.builds(EnsureReviews),
            st.builds(CloseScoring),
            st.builds(Reopen, reasons),
            st.builds(SignMinutes, st.just("0" * 64)),
        ),
    )
    def somebody_asks_a_panel(self, panel: str, seat: int, command: Any) -> None:
        panel, by, _ = self._at(panel, seat)
        self.to_panel(panel, command, by)

    @rule(panel=panels, seat=seats)
    def signs(self, panel: str, seat: int) -> None:
        """Once, and once more."""
        panel, by, _ = self._at(panel, seat)
        self._signs(panel, by)
        self._signs(panel, by)

    @rule(panel=panels, seat=seats, choice=st.integers(0, 2), mark=st.integers(1, 10))
    def parts_a_tie(self, panel: str, seat: int, choice: int, mark: int) -> None:
        panel, by, _ = self._at(panel, seat)
        for one in self._waiting(panel):
            tied, chosen = one.tied, one.tied[choice % len(one.tied)]
            of_each = {name: self._marks(name, mark + (name == chosen)) for name in tied}
            command = {
                EXTRA_JUDGE: ScoreAsExtraJudge(tied, of_each),
                OPEN_VOTE: VoteOnTie(tied, chosen),
                CHAIR: CastVote(tied, tuple(sorted(tied, key=lambda it: it != chosen)), "merit"),
            }[one.step or CHAIR]
            self._decides(panel, command, by)

    @rule(panel=panels)
    def concludes(self, panel: str) -> None:
        self._concludes(panel)

    # What a diligent person would do next.

    @rule(steps=st.lists(going_on, min_size=1, max_size=4))
    def goes_on(self, steps: list[tuple[str, int, int]]) -> None:
        for where, best, chance in steps:
            self._goes_on(where, best, chance)

    def _goes_on(self, where: str, best: int, chance: int) -> None:
        match self.cycle.stage:
            case Stage.DRAFT:
                self.to_cycle(OpenNominations((HERE, THERE)), "manager")
            case Stage.NOMINATIONS if not self.versions:
                for number in REGION_OF:
                    self._submits(number, 1)
                    self.to_nominee(number, Admit())
            case Stage.NOMINATIONS:
                if not self.to_cycle(OpenRegionalStage(), "manager"):
                    self.clock.advance(timedelta(days=1))
            case Stage.REGIONAL if not self.cycle.commission:
                self.to_cycle(FormCommission(self._members()), "manager")
            case Stage.REGIONAL if where in self.cycle.owing:
                self._sits_on(where, best, chance)
            case Stage.REGIONAL:
                self.to_cycle(OpenNationalStage(), "manager")
            case Stage.NATIONAL:
                self._sits_on(COMMISSION, best, chance)
            case Stage.DECIDED if self.cycle.embargo is None:
                self.to_cycle(ApprovePublication(self.clock.now()), "director")
            case Stage.DECIDED:
                self.to_cycle(Publish(), "director")
            case Stage.PUBLISHED:
                self.clock.advance(timedelta(days=5))
                for appeal in self.cycle.appeals:
                    self.to_cycle(ResolveAppeal(appeal, "dismissed"), "second")
                self.to_cycle(Close(), "director")

    def _sits_on(self, panel: str, best: int, chance: int) -> None:
        held = self.held(panel)
        assert held is not None
        sitting = held.sitting.value
        members = [one.person for one in sitting.members]
        match sitting.phase:
            case Phase.FORMING if len(members) < 4:
                for juror in JURORS[panel][:4]:
                    chairs = not any(one.is_chair for one in sitting.members)
                    juror_here = self._juror(juror, is_chair=chairs and juror == JURORS[panel][0])
                    self.to_panel(panel, AddMember(juror_here), "manager")
            case Phase.FORMING:
                if not self.asks(self.house.sittings.open_declarations(YEAR, panel, MANAGER)):
                    self._waives(panel)
            case Phase.DECLARING:
                for juror in members:
                    self._declares(panel, juror, {})
                ends_at = self.clock.now() + timedelta(days=7)
                command = AssignReviews("drawn in public", ends_at)
                if self.to_panel(panel, command, "manager"):
                    self.ends_at[panel] = ends_at
                else:
                    self._waives(panel)
            case Phase.SCORING:
                self._scores_some(panel, sitting, best, chance)
            case Phase.DELIBERATING if self._waiting(panel):
                self._parts(panel, sitting)
            case Phase.DELIBERATING:
                if not self._proposes(panel, held):
                    self._waives(panel)
            case Phase.SIGNING:
                for juror in members:
                    self._signs(panel, juror)
                if chance > 3 and not self._concludes(panel):
                    self._waives(panel)
            case Phase.CONCLUDED:
                self.to_panel(panel, Reopen("the region was reopened"), "manager")

    def _scores_some(self, panel: str, sitting: Sitting, best: int, chance: int) -> None:
        """One juror's sheets at a time or all; the jury is closed when none is missing."""
        missing = [
            (one.person, name)
            for one in sitting.members
            for name in sitting.reads_of(one.person)
            if (name, one.person) not in self.scores[panel]
        ]
        for juror, name in missing:
            self._submits_sheet(panel, name, juror, 11, juror)
            mark = 9 if NUMBER_OF[name] == best else 5 + chance % 3
            if chance > 3 or juror == missing[0][0]:
                self._submits_sheet(panel, name, juror, mark, juror)
        if not missing or self.clock.now() > self.ends_at[panel]:
            self.to_panel(panel, CloseScoring(), "manager")

    def _parts(self, panel: str, sitting: Sitting) -> None:
        for one in self._waiting(panel):
            if one.step == EXTRA_JUDGE:
                self.to_panel(panel, SayNoExtraJudge(one.tied, "nobody is free"), "manager")
            elif one.step == OPEN_VOTE:
                for juror in sitting.members:
                    self._decides(panel, VoteOnTie(one.tied, one.tied[0]), juror.person)
                self.to_panel(panel, CloseVote(one.tied), "manager")
            else:
                for juror in sitting.members:
                    self._decides(panel, CastVote(one.tied, one.tied, "merit"), juror.person)
        if self._waiting(panel):
            self._waives(panel)

    def _waives(self, panel: str) -> None:
        if panel == COMMISSION:
            held = self.cycle.no_award
            for signer in ("first", "second"):
                self.to_cycle(SignNoAward(held.reason if held else "nobody to honour"), signer)
        else:
            region = self.cycle.regions[panel]
            reason = region.waiver.reason if region.waiver else "nobody to honour"
            for signer in ("first", "second"):
                self.to_cycle(SignWaiver(panel, reason), signer)

    # The single steps that tell this side something, and what is held against them.

    def _submits(self, number: int, version: int) -> None:
        if version == 0:
            return
        changes: dict[str, Any] = {"version": version, "region": REGION_OF[number]}
        if REGION_OF[number] is None:
            changes |= {"track": "international", "country": "DE", "nomination": "friend"}
        before = self._state(number)
        now(self.house.nominations.on_submitted(SOURCE, nomination(number, **changes)))
        self.versions[number] = version
        if self._version(number) == version and self._state(number) == State.RECEIVED:
            last = self._last_day_of_nominations()
            assert last is None or self.clock.now() < last, "no nomination comes late"
        if self._state(number) == State.RECEIVED != before:
            self.left.add(NAME_OF[number])

    def _declares(self, panel: str, by: str, conflicts: Mapping[str, ConflictKind]) -> None:
        if self.to_panel(panel, Declare(conflicts), by):
            self.barred[panel] |= {(name, by) for name in conflicts}

    def _submits_sheet(self, panel: str, name: str, juror: str, mark: int, by: str) -> None:
        given = self._marks(name, mark)
        sheet = Sheet(YEAR, panel, name, juror, given, "what was read")
        if self.asks(self.house.sittings.submit_sheet(sheet, by)) is None:
            return
        assert by == juror, "nobody scores for another"
        assert (name, juror) not in self.barred[panel], "who has a conflict does not score"
        assert self.clock.now() <= self.ends_at[panel], "no score comes late"
        assert 1 <= mark <= 10, "no score is out of scale"
        assert (name, juror) not in self.scores[panel], "a sheet is submitted once"
        assert name not in self.left, "nobody scores who left"
        self.scores[panel][name, juror] = given

    def _signs(self, panel: str, by: str) -> None:
        held = self.held(panel)
        if held is None or held.sitting.value.minutes is None:
            return
        has_signed = by in held.sitting.value.signatures
        if self.to_panel(panel, SignMinutes(held.sitting.value.minutes), by):
            assert not has_signed, "nobody signs twice"
            assert held.sitting.value.member(by), "only members sign"

    def _decides(
        self, panel: str, command: ScoreAsExtraJudge | VoteOnTie | CastVote, by: str
    ) -> None:
        if self.to_panel(panel, command, by):
            assert not {(name, by) for name in command.tied} & self.barred[panel]

    def _proposes(self, panel: str, held: Proceedings) -> Proceedings | None:
        laureates = [
            one.nominee
            for each in held.facts.standings(held.sitting.value)
            if each.outcome
            for one in each.outcome.laureates
        ]
        work = self.house.sittings.propose(YEAR, panel, dict.fromkeys(laureates, TEXTS), MANAGER)
        proposed = self.asks(work)
        if proposed:
            self._check_scores(panel, proposed)
        return proposed

    def _check_scores(self, panel: str, proposed: Proceedings) -> None:
        """Raw means over the sheets that were taken of those who may judge, and no others."""
        for standings in proposed.facts.standings(proposed.sitting.value):
            weights = {one.code: one.weight for one in standings.nomination.criteria}
            for one in standings.ranking.standings:
                counting = [
                    Fraction(sum(weights[code] * (mark or 0) for code, mark in given.items()))
                    / sum(weights.values())
                    for (name, juror), given in self.scores[panel].items()
                    if name == one.nominee and (name, juror) not in self.barred[panel]
                ]
                assert one.scores == len(counting)
                if counting:
                    assert one.raw_mean == published(sum(counting) / len(counting))

    def _concludes(self, panel: str) -> bool:
        before = self.held(panel)
        held = self.asks(self.house.sittings.conclude(YEAR, panel, MANAGER))
        if held is None or before is None:
            return False
        sitting = before.sitting.value
        assert sitting.awards
        for award in sitting.awards:
            assert award.nominee not in self.left, "nobody wins who left"
            able = {
                one.person
                for one in sitting.members
                if (award.nominee, one.person) not in self.barred[panel]
            }
            assert 3 * len(able & sitting.signatures.keys()) >= 2 * len(able) > 0
        laureates = {(one.nomination, one.nominee) for one in sitting.awards}
        self._check_result(panel, laureates)
        return True

    def _check_result(self, panel: str, laureates: set[tuple[str, str]]) -> None:
        if panel != COMMISSION:
            found = {(one.nomination, one.nominee) for one in self.cycle.regions[panel].laureates}
            assert found == laureates
            assert {name for _, name in found} <= {
                NAME_OF[number] for number, region in REGION_OF.items() if region == panel
            }
            return
        assert self.cycle.decision is not None
        assert {(one.nomination, one.nominee) for one in self.cycle.decision.laureates} == laureates
        sent = self._sent_by_regions()
        assert all(one in sent for one in laureates if one[0] == ECOLOGY.code)

    @invariant()
    def no_region_is_silent_behind_the_national_stage(self) -> None:
        held = now(self.store.cycle(YEAR))
        if held is None:
            return
        cycle = held.value
        for name, region in cycle.regions.items():
            if region.laureates:
                sitting = now(self.store.sitting(YEAR, name, EVERYWHERE))
                assert sitting is not None
                assert sitting.value.phase == Phase.CONCLUDED, "laureates are a jury's last word"
            signed = region.waiver.signed_by if region.waiver else ()
            assert len(set(signed)) == len(signed), "one person signs once"
            if cycle.stage not in (Stage.DRAFT, Stage.NOMINATIONS, Stage.REGIONAL):
                assert region.laureates or len(signed) >= 2
        commission = now(self.store.sitting(YEAR, COMMISSION, EVERYWHERE))
        if commission is not None:
            at_work = [one.person for one in commission.value.members]
            assert [one.person for one in cycle.commission] == at_work
        if cycle.decision is not None and cycle.decision.minutes is None:
            assert cycle.no_award is not None
            assert len(set(cycle.no_award.signed_by)) >= 2
            assert not cycle.decision.laureates
        if self.decision is not None:
            assert (cycle.decision, cycle.regions) == (self.decision, self.regions)
        self.decision, self.regions = cycle.decision, cycle.regions

    # Looking, without asking for anything.

    def _last_day_of_nominations(self) -> datetime | None:
        """The instant that it ends at in Kazakhstan."""
        assert self.cycle.policy is not None
        first = self.cycle.policy.due.get("nominations")
        day = self.extended.get("nominations", first)
        return None if day is None else datetime(day.year, day.month, day.day, 19, tzinfo=UTC)

    def _version(self, number: int) -> int | None:
        held = now(self.store.candidacy(NAME_OF[number], EVERYWHERE))
        return held.value.version if held else None

    def _state(self, number: int) -> State | None:
        held = now(self.store.candidacy(NAME_OF[number], EVERYWHERE))
        return held.value.state if held else None

    def _is_before_decision(self) -> bool:
        return self.cycle.stage in (Stage.NOMINATIONS, Stage.REGIONAL, Stage.NATIONAL)

    def _sent_by_regions(self) -> set[tuple[str, str]]:
        laureates: list[Laureate] = [
            one for region in self.cycle.regions.values() for one in region.laureates
        ]
        return {(one.nomination, one.nominee) for one in laureates}

    def _at(self, panel: str, seat: int, row: int = 0) -> tuple[str, str, str]:
        """A panel that is likely to be at work, somebody there or a stranger, and a nominee."""
        if (self.cycle.stage == Stage.NATIONAL) != (panel == COMMISSION):
            panel = COMMISSION if self.cycle.stage == Stage.NATIONAL else HERE
        held = self.held(panel)
        sitting = held.sitting.value if held else Sitting(YEAR, panel)
        somebody = [*(one.person for one in sitting.members), "first"]
        person = somebody[seat % len(somebody)]
        winners = [one.nominee for one in sitting.awards]
        standing = [one.nominee for one in sitting.candidates]
        names = winners or sitting.reads_of(person) or standing or list(NAME_OF.values())
        return panel, person, names[row % len(names)]

    def _waiting(self, panel: str) -> list[Any]:
        held = self.held(panel)
        if held is None or held.sitting.value.phase != Phase.DELIBERATING:
            return []
        return waiting_in(held.sitting.value, held.facts)

    def _marks(self, name: str, mark: int) -> dict[str, Decimal | None]:
        nomination_of = FRIEND if name == NAME_OF[7] else ECOLOGY
        return {one.code: Decimal(mark) for one in nomination_of.criteria}

    def _keys(self, juror: str) -> tuple[str, ...]:
        number = SHARES_CONTACT.get(juror)
        contact = f"{juror}@jury.kz" if number is None else f"AIGUL{number}@example.kz"
        return person_keys((contact,), (), self.house.vault.digest)

    def _juror(self, juror: str, *, is_chair: bool) -> Juror:
        return Juror(juror, COUNTRIES.get(juror, "KZ"), None, is_chair, keys=self._keys(juror))

    def _members(self) -> tuple[Member, ...]:
        return tuple(
            Member(one, COUNTRIES.get(one, "KZ"), None, one == "m-1", self._keys(one))
            for one in JURORS[COMMISSION]
        )
