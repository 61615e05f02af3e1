"""A member's steps in a jury as a task list: what is done, what is next, and until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from birge_awards.domain.jury.ties import EXTRA_JUDGE, Waiting
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.domain.sitting.ties import may_take
from birge_awards.pages.jury.room import Room
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Task

_ORDER = tuple(Phase)
_MANAGER = N_("the award's manager")


@dataclass(frozen=True)
class SeatTasks:
    """Builds the list; `waiting` are the ties that wait for people."""

    room: Room
    now: datetime
    waiting: Sequence[Waiting] = ()

    def all(self) -> list[Task]:
        """The steps in their order."""
        return list(self._steps())

    def _steps(self) -> Iterator[Task]:
        yield self._declare()
        yield self._score()
        yield self._ties()
        yield self._sign()

    def _declare(self) -> Task:
        _, room = self.room.words, self.room
        name, address = (
            _("Say with whom you have a conflict of interest"),
            f"{room.address}/declare",
        )
        if room.has_declared:
            return Task(name, "done", address)
        if room.sitting.phase == Phase.FORMING:
            hint = _("The list of nominees is not closed yet.")
            return Task(name, "waiting", waits_for=_(_MANAGER), hint=hint)
        if room.sitting.phase in (Phase.DECLARING, Phase.SCORING):
            hint = _("Nothing can be read before it. To have no conflict is an answer too.")
            return Task(name, "yours", address, hint=hint)
        return Task(name, "later", hint=_("It is too late for it: scoring is over."))

    def _score(self) -> Task:
        _, room, sitting = self.room.words, self.room, self.room.sitting
        name, address = _("Read and score nominees"), f"{room.address}/reviews"
        if not self._has_reached(Phase.SCORING) or not room.has_declared:
            return Task(name, "later")
        total, submitted = _progress(room)
        hint = _("%(submitted)s of %(total)s submitted.", submitted=submitted, total=total)
        if not total:
            hint = _("No nominee was given to you to read.")
        if sitting.phase != Phase.SCORING:
            return Task(name, "done", address, hint=hint)
        ends_at = sitting.scoring_ends_at
        if total and submitted == total:
            return Task(name, "done", address, hint=hint)
        if not total or (ends_at and self.now > ends_at):
            return Task(name, "waiting", address, _(_MANAGER), hint=hint)
        if ends_at:
            hint += " " + _("Scoring ends: %(moment)s.", moment=_.formats.moment(ends_at))
        return Task(name, "yours", address, until=ends_at, hint=hint)

    def _ties(self) -> Task:
        _, room = self.room.words, self.room
        name, address = _("Decide where scores do not"), f"{room.address}/ties"
        if not self._has_reached(Phase.DELIBERATING):
            return Task(name, "later", hint=_("Only if the scores leave something open."))
        if self._has_reached(Phase.SIGNING):
            return Task(name, "done")
        own = [one for one in self.waiting if may_take(room.sitting, one, room.person)]
        if own and all(one.step == EXTRA_JUDGE for one in own):
            # Who judges as one more is not told that anybody tied.
            return Task(_("Score more nominees"), "yours", address)
        if own:
            return Task(name, "yours", address)
        if self.waiting:
            return Task(name, "waiting", waits_for=_("other members, or the award's manager"))
        hint = _("Nothing is left open. The result is proposed next.")
        return Task(name, "waiting", waits_for=_(_MANAGER), hint=hint)

    def _sign(self) -> Task:
        _, room = self.room.words, self.room
        name, minutes = _("Sign the minutes"), f"{room.of_panel}/minutes"
        if not self._has_reached(Phase.SIGNING):
            return Task(name, "later")
        if room.person in room.sitting.signatures:
            return Task(name, "done", minutes)
        if room.sitting.phase == Phase.SIGNING:
            return Task(name, "yours", f"{room.address}/sign")
        return Task(name, "done", minutes, hint=_("The jury has concluded without your signature."))

    def _has_reached(self, phase: Phase) -> bool:
        return _ORDER.index(self.room.sitting.phase) >= _ORDER.index(phase)


def _progress(room: Room) -> tuple[int, int]:
    """How many nominees the member reads, and on how many the sheet is in."""
    reads = set(room.sitting.reads_of(room.person))
    submitted = sum(
        one.juror == room.person and one.nominee in reads and one.submitted_at is not None
        for one in room.held.sheets
    )
    return len(reads), submitted
