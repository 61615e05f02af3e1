"""The commands to a cycle, each as a check page."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Close,
    ExtendStage,
    FileAppeal,
    OpenNationalStage,
    OpenNominations,
    OpenRegionalStage,
    Publish,
    ReopenRegion,
    ResolveAppeal,
    SignNoAward,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import Cycle, Stage, Waiver
from birge_awards.domain.cycle.days import day_of
from birge_awards.domain.cycle.policy import DUE
from birge_awards.pages.console.actions import Action
from birge_awards.pages.console.policy_pages import STAGE_ENDS
from birge_awards.pages.fields import Field, moment_of, text_of
from birge_awards.pages.shell import Words
from birge_common.regions import regions_on
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option


@dataclass(frozen=True)
class OfCycle:
    """A cycle, with the day it is today and the region that the address names."""

    cycle: Cycle
    today: date
    region: str = ""
    who_asked: Mapping[str, str] = field(default_factory=dict)
    """By appeal, where the page is to answer one."""

    @property
    def waiver(self) -> Waiver | None:
        """The region's waiver that waits for its second signature."""
        stage = self.cycle.regions.get(self.region)
        return stage.waiver if stage else None


def _opens_nominations(of: OfCycle, _: Words) -> Sequence[str]:
    count = len(regions_on(of.today))
    return (
        _.plural(
            "Nominations open in %(num)s region of today's map.",
            "Nominations open in all %(num)s regions of today's map.",
            count,
        ),
        _("The policy is frozen: weights, reviews, quorum, ties and prizes stay as they are."),
        _("Partners and the public can send nominations from this moment on."),
    )


def _opens_regional(of: OfCycle, _: Words) -> Sequence[str]:
    return (
        _("No more nominations are taken."),
        _.plural(
            "The jury of %(num)s region begins its work.",
            "The juries of %(num)s regions begin their work.",
            len(of.cycle.regions),
        ),
    )


def _opens_national(of: OfCycle, _: Words) -> Sequence[str]:
    laureates = sum(len(stage.laureates) for stage in of.cycle.regions.values())
    return (
        _("No region's result can be taken back any more."),
        _.plural(
            "%(num)s regional laureate stands before the commission.",
            "%(num)s regional laureates stand before the commission.",
            laureates,
        ),
        _.plural(
            "The commission has %(num)s member.",
            "The commission has %(num)s members.",
            len(of.cycle.commission),
        ),
    )


def _waives(of: OfCycle, _: Words) -> Sequence[str]:
    region = _.place(of.region)
    if of.waiver is None:
        return (
            _("You propose that %(region)s gives no award this year.", region=region),
            _("It holds once a second person has signed the same reason."),
        )
    return (
        _("You sign as the second person that %(region)s gives no award.", region=region),
        _("The reason: %(reason)s", reason=of.waiver.reason),
    )


def _waiver_fields(of: OfCycle, _: Words) -> Sequence[Field]:
    return _why_none(of.waiver, _)


def _gives_none(of: OfCycle, _: Words) -> Sequence[str]:
    if of.cycle.no_award is None:
        return (
            _("You propose that nobody receives the national award this year."),
            _("It holds once a second person has signed the same reason."),
        )
    return (
        _("You sign as the second person that nobody receives the national award."),
        _("The reason: %(reason)s", reason=of.cycle.no_award.reason),
        _("The commission's work ends with it; the regions' laureates stay."),
    )


def _why_none(waiver: Waiver | None, _: Words) -> Sequence[Field]:
    if waiver is not None:
        return (Field("reason", "", "hidden", value=waiver.reason),)
    hint = _("It is published as you write it; name nobody.")
    return (Field("reason", _("Why there is no award"), "textarea", hint),)


def _reason(hint: str, _: Words) -> Sequence[Field]:
    return (Field("reason", _("Reason"), "textarea", _(hint)),)


def stages_to_extend(cycle: Cycle) -> list[str]:
    """The stages that have a last day and are not over; none of a draft."""
    if cycle.stage == Stage.DRAFT:
        return []
    order = list(Stage)
    now = order.index(cycle.stage)
    return [one for one in DUE if one in cycle.due and now <= order.index(Stage(one))]


def _stages(of: OfCycle, _: Words) -> Sequence[Option]:
    return [
        Option(stage, f"{_(STAGE_ENDS[stage])}: {_.formats.date(of.cycle.due[stage])}")
        for stage in stages_to_extend(of.cycle)
    ]


def _appeal_fields(of: OfCycle, _: Words) -> Sequence[Field]:
    policy = of.cycle.policy
    nominations = policy.nominations if policy else ()
    return (
        Field(
            "nomination",
            _("Category"),
            "select",
            options=[Option(one.code, _.title(one.titles)) for one in nominations],
        ),
        Field(
            "grounds",
            _("What should be looked at again, and why"),
            "textarea",
            _("Name nobody; letters and papers stay where they are kept."),
        ),
        Field(
            "on_behalf_of",
            _("Who asks for it, and how to answer them"),
            hint=_("Kept sealed; only who answers the appeal reads it."),
        ),
    )


def _answers(of: OfCycle, _: Words) -> Sequence[str]:
    waiting = [(name, one) for name, one in sorted(of.cycle.appeals.items()) if not one.outcome]
    return (
        *(
            _(
                "%(appeal)s, asked for by %(who)s: %(grounds)s",
                appeal=name,
                who=of.who_asked.get(name, "–"),
                grounds=one.grounds,
            )
            for name, one in waiting
        ),
        _("Your answer is kept with the appeal and is not changed."),
    )


def _open_appeals(of: OfCycle, _: Words) -> Sequence[Field]:
    waiting = [name for name, one in sorted(of.cycle.appeals.items()) if one.outcome is None]
    return (
        Field("appeal", _("Appeal"), "select", options=[Option(one, one) for one in waiting]),
        Field(
            "outcome",
            _("What becomes of it, and why"),
            "textarea",
            _("The decision itself stays as it was signed."),
        ),
    )


CYCLE_ACTIONS: tuple[Action[OfCycle], ...] = (
    Action(
        OpenNominations,
        N_("Open nominations"),
        _opens_nominations,
        lambda of, typed: OpenNominations(regions_on(of.today)),
        done=N_("Nominations are open."),
    ),
    Action(
        OpenRegionalStage,
        N_("Close nominations and open the regional stage"),
        _opens_regional,
        lambda of, typed: OpenRegionalStage(),
        done=N_("The regional stage is open."),
    ),
    Action(
        ExtendStage,
        N_("Extend a stage"),
        lambda of, _: (
            _("The calendar of the award says the new day to everybody."),
            _("Nominations are taken until the end of their last day."),
        ),
        lambda of, typed: ExtendStage(
            text_of(typed, "stage"), day_of(moment_of(typed, "until")), text_of(typed, "reason")
        ),
        lambda of, _: (
            Field("stage", _("Stage"), "select", options=_stages(of, _)),
            Field("until", _("New last day"), "moment", _("In Kazakhstan's time (UTC+5).")),
            *_reason(N_("It is kept in the log for everybody to read."), _),
        ),
        done=N_("The stage has a later day."),
    ),
    Action(
        SignWaiver,
        N_("Sign that a region gives no award"),
        _waives,
        lambda of, typed: SignWaiver(of.region, text_of(typed, "reason")),
        _waiver_fields,
        second=N_("Any other manager of this region or of the award."),
        undo=N_("Until the national stage opens, an award manager can reopen the region."),
        done=N_("Your signature is kept."),
    ),
    Action(
        ReopenRegion,
        N_("Take a region's result back"),
        lambda of, _: (
            _("%(region)s has decided nothing any more.", region=_.place(of.region)),
            _("Its jury deliberates, cites and signs anew."),
        ),
        lambda of, typed: ReopenRegion(of.region, text_of(typed, "reason")),
        lambda of, _: _reason(N_("It is kept in the log for everybody to read."), _),
        done=N_("The region is open again."),
    ),
    Action(
        OpenNationalStage,
        N_("Open the national stage"),
        _opens_national,
        lambda of, typed: OpenNationalStage(),
        done=N_("The national stage is open."),
    ),
    Action(
        SignNoAward,
        N_("Sign that there is no national award"),
        _gives_none,
        lambda of, typed: SignNoAward(text_of(typed, "reason")),
        lambda of, _: _why_none(of.cycle.no_award, _),
        second=N_("Any other manager of the award."),
        done=N_("Your signature is kept."),
    ),
    Action(
        ApprovePublication,
        N_("Approve the publication"),
        lambda of, _: (
            _("The laureates are published everywhere at one moment, in three languages."),
            _("Nobody sees them before, and no other person is asked again."),
        ),
        lambda of, typed: ApprovePublication(moment_of(typed, "embargo")),
        lambda of, _: (
            Field(
                "embargo",
                _("Moment of publication"),
                "moment",
                _("In Kazakhstan's time (UTC+5)."),
            ),
        ),
        done=N_("The publication is approved."),
    ),
    Action(
        Publish,
        N_("Publish now"),
        lambda of, _: (_("The laureates are shown to everybody from now on."),),
        lambda of, typed: Publish(),
        done=N_("The laureates are published."),
    ),
    Action(
        FileAppeal,
        N_("File an appeal"),
        lambda of, _: (
            _("Somebody who did not decide, and is not you, has to answer it."),
            _("The cycle does not close before that."),
        ),
        # Opaque, since who appeals is not told by its name; hyphens and hexadecimal digits only.
        lambda of, typed: FileAppeal(
            f"a-{secrets.token_hex(4)}",
            text_of(typed, "nomination"),
            text_of(typed, "grounds"),
            text_of(typed, "on_behalf_of"),
        ),
        _appeal_fields,
        done=N_("The appeal is filed."),
    ),
    Action(
        ResolveAppeal,
        N_("Answer an appeal"),
        _answers,
        lambda of, typed: ResolveAppeal(text_of(typed, "appeal"), text_of(typed, "outcome")),
        _open_appeals,
        done=N_("The appeal is answered."),
    ),
    Action(
        Close,
        N_("Close the cycle"),
        lambda of, _: (_("Nothing of this cycle is changed any more."),),
        lambda of, typed: Close(),
        done=N_("The cycle is closed."),
    ),
)
