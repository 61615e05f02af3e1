"""The steps of a cycle as a task list: what is done, whose step is next, and until when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Close,
    FormCommission,
    OpenNationalStage,
    OpenNominations,
    OpenRegionalStage,
    Publish,
    ResolveAppeal,
    SetPolicy,
)
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.domain.cycle.policy import problems_of
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.pages.shell import Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.formats import ALMATY
from birge_common.web.pages.views import Task

_ORDER = tuple(Stage)
_MANAGER = N_("award manager")


@dataclass(frozen=True)
class CycleTasks:
    """Builds the list for one reader; `may` says what the reader's roles allow."""

    cycle: Cycle
    words: Words
    now: datetime
    may: Callable[[type], bool]

    def all(self) -> list[Task]:
        """The steps in their order."""
        return list(self._steps())

    def _steps(self) -> Iterator[Task]:
        _, cycle = self.words, self.cycle
        has_policy = cycle.policy is not None and not problems_of(cycle.policy)
        yield self._step(
            SetPolicy,
            _("Write the policy"),
            done=self._is_past(Stage.DRAFT),
            on="policy",
            can=True,
        )
        yield self._step(
            OpenNominations,
            _("Open nominations"),
            done=self._is_past(Stage.DRAFT),
            can=has_policy,
        )
        yield self._step(
            OpenRegionalStage,
            _("Close nominations and open the regional stage"),
            done=self._is_past(Stage.NOMINATIONS),
            can=cycle.stage == Stage.NOMINATIONS and not self._must_wait(),
            until="nominations",
        )
        yield self._regions()
        yield self._step(
            FormCommission,
            _("Form the commission"),
            done=bool(cycle.commission),
            can=cycle.stage in (Stage.NOMINATIONS, Stage.REGIONAL),
            on="commission",
        )
        yield self._step(
            OpenNationalStage,
            _("Open the national stage"),
            done=self._is_past(Stage.REGIONAL),
            can=cycle.stage == Stage.REGIONAL and not cycle.owing and bool(cycle.commission),
            until="regional",
        )
        yield self._commission()
        yield self._step(
            ApprovePublication,
            _("Approve the publication"),
            done=cycle.approved_by is not None,
            can=cycle.stage == Stage.DECIDED,
        )
        yield self._step(
            Publish,
            _("Publish the laureates"),
            done=self._is_past(Stage.DECIDED),
            can=cycle.approved_by is not None and cycle.stage == Stage.DECIDED,
            until="decided",
        )
        yield self._appeals()
        yield self._close()

    def _step(
        self, kind: type, name: str, *, done: bool, can: bool, on: str = "", until: str = ""
    ) -> Task:
        if done:
            return Task(name, "done", self._address(on) if on else "")
        if not can:
            return Task(name, "later", until=self._due(until))
        if not self.may(kind):
            manager = self.words(_MANAGER)
            return Task(name, "waiting", waits_for=manager, until=self._due(until))
        return Task(name, "yours", self._address(on or name_of_kind(kind)), until=self._due(until))

    def _regions(self) -> Task:
        _, cycle = self.words, self.cycle
        name = _("Every region confirms laureates or signs that it gives no award")
        if self._is_past(Stage.REGIONAL):
            return Task(name, "done")
        if cycle.stage != Stage.REGIONAL:
            return Task(name, "later", until=self._due("regional"))
        if not cycle.owing:
            return Task(name, "done", "#regions")
        hint = _.plural(
            "%(num)s region owes it yet.", "%(num)s regions owe it yet.", len(cycle.owing)
        )
        waits_for = ", ".join(_.region(one) for one in cycle.owing[:3])
        more = " …" if len(cycle.owing) > 3 else ""
        return Task(name, "waiting", "#regions", waits_for + more, self._due("regional"), hint)

    def _commission(self) -> Task:
        _ = self.words
        name = _("The commission decides")
        if self._is_past(Stage.NATIONAL):
            return Task(name, "done", self._address("panels/commission"))
        if self.cycle.stage != Stage.NATIONAL:
            return Task(name, "later", until=self._due("national"))
        who = _("the commission")
        return Task(name, "waiting", self._address("panels/commission"), who, self._due("national"))

    def _close(self) -> Task:
        """Nobody's step while appeals may come, or wait for their answer."""
        _, cycle, until = self.words, self.cycle, self.cycle.appeals_until
        is_open = any(one.outcome is None for one in cycle.appeals.values())
        if cycle.stage == Stage.PUBLISHED and until is not None and self.now <= until:
            return Task(_("Close the cycle"), "later", until=until.astimezone(ALMATY).date())
        return self._step(
            Close,
            _("Close the cycle"),
            done=cycle.stage == Stage.CLOSED,
            can=cycle.stage == Stage.PUBLISHED and not is_open,
        )

    def _appeals(self) -> Task:
        _, cycle = self.words, self.cycle
        waiting = sum(one.outcome is None for one in cycle.appeals.values())
        name = _("Appeals")
        if waiting:
            hint = _.plural("%(num)s appeal is open.", "%(num)s appeals are open.", waiting)
            if self.may(ResolveAppeal):
                return Task(name, "yours", self._address("resolve_appeal"), hint=hint)
            return Task(name, "waiting", waits_for=_(_MANAGER), hint=hint)
        if cycle.stage in (Stage.DECIDED, Stage.PUBLISHED):
            return Task(name, "waiting", self._address("file_appeal"), _("anybody who appeals"))
        return Task(name, "done" if cycle.stage == Stage.CLOSED else "later")

    def _is_past(self, stage: Stage) -> bool:
        return _ORDER.index(self.cycle.stage) > _ORDER.index(stage)

    def _due(self, stage: str) -> date | None:
        return self.cycle.due.get(stage)

    def _must_wait(self) -> bool:
        """Whether the last day of nominations is still to come, or is today."""
        return "nominations" in self.cycle.due and self.cycle.takes_nominations(self.now)

    def _address(self, rest: str) -> str:
        return f"/awards/cycles/{self.cycle.id}/{rest}"
