"""The steps of a jury as a task list: what is done, what waits for whom, until when."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from birge_awards.domain.cycle.commands import SignNoAward, SignWaiver
from birge_awards.domain.cycle.cycle import RegionalStage
from birge_awards.domain.jury.ties import EXTRA_JUDGE, OPEN_VOTE
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CloseScoring,
    CloseVote,
    Conclude,
    OpenDeclarations,
    ProposeAwards,
    SayNoExtraJudge,
)
from birge_awards.domain.sitting.sitting import COMMISSION, Phase
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.pages.console.panel_actions import OfPanel
from birge_awards.pages.shell import Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.formats import ALMATY
from birge_common.web.pages.views import Task

_ORDER = tuple(Phase)
_MANAGER, _MEMBERS = N_("whoever manages this jury"), N_("members of the jury")
_BY_HAND = {EXTRA_JUDGE: SayNoExtraJudge, OPEN_VOTE: CloseVote}
"""Steps of a tie that a manager can end."""


@dataclass(frozen=True)
class PanelTasks:
    """Builds the list for one reader; `received` counts nominations that wait for a decision."""

    of: OfPanel
    words: Words
    may: Callable[[type], bool]
    received: int

    def all(self) -> list[Task]:
        """The steps in their order."""
        return list(self._steps())

    def _steps(self) -> Iterator[Task]:
        _, sitting = self.words, self.of.sitting
        yield self._nominations()
        yield self._members()
        yield self._step(
            OpenDeclarations,
            _("Freeze the list and ask for conflicts"),
            Phase.FORMING,
            can=any(one.is_chair for one in sitting.members) and not self.received,
        )
        silent = [one.person for one in sitting.members if one.person not in sitting.declared]
        yield self._of_members(
            _("Members declare their conflicts"), Phase.DECLARING, len(silent), len(sitting.members)
        )
        yield self._step(AssignReviews, _("Draw who reads whom"), Phase.DECLARING, can=not silent)
        yield self._scoring()
        yield from self._ties()
        yield self._step(
            ProposeAwards,
            _("Write the citations and send the result to be signed"),
            Phase.DELIBERATING,
            can=not self.of.waiting,
            on="propose",
        )
        yield self._of_members(
            _("Members sign the minutes"),
            Phase.SIGNING,
            len(sitting.members) - len(sitting.signatures),
            len(sitting.members),
            on="minutes",
        )
        yield self._step(Conclude, _("Conclude the jury's work"), Phase.SIGNING, can=True)

    def waiver(self) -> Task | None:
        """A waiver that was begun: it waits for its second signature, or is in force."""
        _, sitting = self.words, self.of.sitting
        if sitting.phase == Phase.CONCLUDED:
            return None
        cycle, is_commission = self.of.held.cycle.value, sitting.panel == COMMISSION
        if is_commission:
            name, waiver = _("Sign that there is no national award"), cycle.no_award
        else:
            name = _("Sign that this region gives no award")
            waiver = cycle.regions.get(sitting.panel, RegionalStage()).waiver
        if waiver is None:
            return None
        if waiver.is_in_force:
            return Task(name, "done")
        if not self.may(SignNoAward if is_commission else SignWaiver):
            return Task(name, "waiting", waits_for=_(_MANAGER))
        step = "sign_no_award" if is_commission else f"sign_waiver?region={sitting.panel}"
        address = f"/awards/cycles/{sitting.cycle}/{step}"
        return Task(name, "yours", address, hint=waiver.reason)

    def _nominations(self) -> Task:
        _, sitting = self.words, self.of.sitting
        name = _("Review the nominations")
        address = f"/awards/cycles/{sitting.cycle}/nominations?region={sitting.panel}"
        if sitting.panel == COMMISSION:
            address = f"/awards/cycles/{sitting.cycle}/nominations?track=international"
        if self._is_past(Phase.FORMING):
            return Task(name, "done", address)
        if not self.received:
            return Task(name, "done", address)
        hint = _.plural(
            "%(num)s nomination waits for a decision.",
            "%(num)s nominations wait for a decision.",
            self.received,
        )
        return Task(name, "yours", address, hint=hint)

    def _members(self) -> Task:
        _, sitting = self.words, self.of.sitting
        name, address = _("Appoint the members and the chair"), self._address("members")
        if any(one.is_chair for one in sitting.members) and len(sitting.members) > 1:
            return Task(name, "done", address)
        if not self.may(AddMember):
            return Task(name, "waiting", address, _(_MANAGER))
        return Task(name, "yours", address)

    def _scoring(self) -> Task:
        _, sitting = self.words, self.of.sitting
        name = _("Members read and score")
        ends_at = sitting.scoring_ends_at
        until = ends_at.astimezone(ALMATY).date() if ends_at else None
        if self._is_past(Phase.SCORING):
            return Task(name, "done")
        if sitting.phase != Phase.SCORING:
            return Task(name, "later")
        given = Counter(one.submitted_at is not None for one in self.of.held.sheets)[True]
        asked = sum(len(sitting.reads_of(one.person)) for one in sitting.members)
        hint = _("%(given)s of %(asked)s sheets are in.", given=given, asked=asked)
        if given >= asked and self.may(CloseScoring):
            return Task(name, "yours", self._address(name_of_kind(CloseScoring)), hint=hint)
        address = self._address(name_of_kind(CloseScoring)) if self.may(CloseScoring) else ""
        return Task(name, "waiting", address, _(_MEMBERS), until, hint)

    def _ties(self) -> Iterator[Task]:
        _ = self.words
        for one in self.of.waiting:
            names = ", ".join(self.of.name(each) for each in one.tied)
            name = _("A tie: %(names)s", names=names)
            by_hand = _BY_HAND.get(one.step or "")
            address = self._address(name_of_kind(by_hand)) if by_hand else ""
            who = _("the chair") if by_hand is None else _(_MEMBERS)
            yield Task(name, "waiting", address, who)

    def _step(self, kind: type, name: str, phase: Phase, *, can: bool, on: str = "") -> Task:
        if self._is_past(phase):
            return Task(name, "done")
        if self.of.sitting.phase != phase or not can:
            return Task(name, "later")
        if not self.may(kind):
            return Task(name, "waiting", waits_for=self.words(_MANAGER))
        return Task(name, "yours", self._address(on or name_of_kind(kind)))

    def _of_members(self, name: str, phase: Phase, silent: int, of: int, on: str = "") -> Task:
        _ = self.words
        address = self._address(on) if on and self.of.sitting.minutes else ""
        if self._is_past(phase):
            return Task(name, "done", address)
        if self.of.sitting.phase != phase:
            return Task(name, "later")
        if not silent:
            return Task(name, "done", address)
        hint = _("%(given)s of %(asked)s have done it.", given=of - silent, asked=of)
        return Task(name, "waiting", address, _(_MEMBERS), hint=hint)

    def _is_past(self, phase: Phase) -> bool:
        return _ORDER.index(self.of.sitting.phase) > _ORDER.index(phase)

    def _address(self, rest: str) -> str:
        sitting = self.of.sitting
        return f"/awards/cycles/{sitting.cycle}/panels/{sitting.panel}/{rest}"
