"""The commands of managers to a jury, each as a check page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from birge_awards.domain.jury.ties import EXTRA_JUDGE, OPEN_VOTE, Waiting
from birge_awards.domain.sitting.commands import (
    AssignReviews,
    CloseScoring,
    CloseVote,
    Conclude,
    DismissMember,
    EnsureReviews,
    OpenDeclarations,
    Recuse,
    Reopen,
    ResumeScoring,
    SayNoExtraJudge,
)
from birge_awards.domain.sitting.sitting import Phase, Sitting
from birge_awards.domain.sitting.ties import waiting_in
from birge_awards.pages.console.actions import Action
from birge_awards.pages.fields import Field, Typed, moment_of, number_of, text_of
from birge_awards.pages.shell import Words
from birge_awards.proceedings import Proceedings
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option


@dataclass(frozen=True)
class OfPanel:
    """A jury with the names that its manager knows, by the ids of members and nominees."""

    held: Proceedings
    names: Mapping[str, str]

    @property
    def sitting(self) -> Sitting:
        """The jury's sitting."""
        return self.held.sitting.value

    def name(self, of: str) -> str:
        """A name, or the id where none is known."""
        return self.names.get(of, of)

    @cached_property
    def waiting(self) -> list[Waiting]:
        """The ties that wait for people; ranks every nomination, so it is done once."""
        if self.sitting.phase != Phase.DELIBERATING:
            return []
        return waiting_in(self.sitting, self.held.facts)


def _members(of: OfPanel) -> list[Option]:
    return [Option(one.person, of.name(one.person)) for one in of.sitting.members]


def _nominees(of: OfPanel) -> list[Option]:
    several = [Option(one.nominee, of.name(one.nominee)) for one in of.sitting.candidates]
    return sorted(several, key=lambda one: in_order(one.label))


def _opens_declarations(of: OfPanel, _: Words) -> Sequence[str]:
    return (
        _("The list of admitted nominees is frozen: nobody joins it any more."),
        _("Conflicts that contacts and organisations show are found now, and not told to members."),
        _.plural(
            "%(num)s member is asked to declare conflicts before reading anything.",
            "%(num)s members are asked to declare conflicts before reading anything.",
            len(of.sitting.members),
        ),
    )


def _assigns(of: OfPanel, _: Words) -> Sequence[str]:
    return (
        _.plural(
            "%(num)s nominee is given to members who have no conflict.",
            "%(num)s nominees are given to members who have no conflict.",
            len(of.sitting.candidates),
        ),
        _.plural(
            "Everybody is read by %(num)s member at least; loads differ by one at most.",
            "Everybody is read by %(num)s members at least; loads differ by one at most.",
            of.held.policy.reviews,
        ),
        _("The same seed gives the same plan: anybody can draw it again."),
    )


def _closes(of: OfPanel, _: Words) -> Sequence[str]:
    sitting = of.sitting
    asked = sum(len(sitting.reads_of(one.person)) for one in sitting.members)
    given = sum(
        one.submitted_at is not None and one.pair not in sitting.barred for one in of.held.sheets
    )
    return (
        _("%(given)s of %(asked)s sheets are in; no other is taken.", given=given, asked=asked),
        _("Ranking and ties are shown to those who manage the jury."),
    )


def _concludes(of: OfPanel, _: Words) -> Sequence[str]:
    return (
        *(
            _("Laureate, place %(place)s: %(name)s", place=one.place, name=of.name(one.nominee))
            for one in of.sitting.awards
        ),
        _.plural(
            "%(num)s member has signed the minutes.",
            "%(num)s members have signed the minutes.",
            len(of.sitting.signatures),
        ),
    )


def _tied(of: OfPanel, step: str, _: Words) -> Field:
    options = [
        Option(",".join(one.tied), ", ".join(of.name(each) for each in one.tied))
        for one in of.waiting
        if one.step == step
    ]
    return Field("tied", _("Those who tied"), "select", options=options)


def _group(typed: Typed) -> tuple[str, ...]:
    return tuple(text_of(typed, "tied").split(","))


def _reason(_: Words, hint: str = "") -> Field:
    return Field("reason", _("Reason"), "textarea", hint)


PANEL_ACTIONS: tuple[Action[OfPanel], ...] = (
    Action(
        OpenDeclarations,
        N_("Freeze the list and ask for conflicts"),
        _opens_declarations,
        lambda of, typed: OpenDeclarations(()),
        done=N_("The members are asked for their conflicts."),
    ),
    Action(
        AssignReviews,
        N_("Draw who reads whom"),
        _assigns,
        lambda of, typed: AssignReviews(text_of(typed, "seed"), moment_of(typed, "ends_at")),
        lambda of, _: (
            Field(
                "seed",
                _("Seed of the draw"),
                hint=_("Agreed on beforehand, such as the numbers of a public lottery."),
            ),
            Field(
                "ends_at",
                _("End of scoring"),
                "moment",
                _("In Kazakhstan's time (UTC+5)."),
            ),
        ),
        undo=N_("Later recusals are filled by drawing again for those nominees alone."),
        done=N_("The reviews are drawn."),
    ),
    Action(
        EnsureReviews,
        N_("Fill missing reviews"),
        lambda of, _: (
            _("Nominees who lack a reader after recusals get one; nobody loses a review."),
        ),
        lambda of, typed: EnsureReviews(),
        done=N_("Missing reviews are filled."),
    ),
    Action(
        DismissMember,
        N_("Let a member leave"),
        lambda of, _: (
            _("The member's sheets stay on record and count no more."),
            _("The member does not come back to this jury."),
        ),
        lambda of, typed: DismissMember(text_of(typed, "person"), text_of(typed, "reason")),
        lambda of, _: (
            Field("person", _("Member"), "select", options=_members(of)),
            _reason(_, _("It is kept in the log for everybody to read.")),
        ),
        done=N_("The member has left."),
    ),
    Action(
        Recuse,
        N_("Recuse a member from a nominee"),
        lambda of, _: (_("The member's sheet on this nominee counts no more, if there is one."),),
        lambda of, typed: Recuse(
            text_of(typed, "nominee"), text_of(typed, "juror"), text_of(typed, "reason")
        ),
        lambda of, _: (
            Field("juror", _("Member"), "select", options=_members(of)),
            Field("nominee", _("Nominee"), "select", options=_nominees(of)),
            _reason(_, _("It may be read in the minutes.")),
        ),
        done=N_("The member is recused."),
    ),
    Action(
        CloseScoring,
        N_("Close scoring"),
        _closes,
        lambda of, typed: CloseScoring(),
        done=N_("Scoring is closed."),
    ),
    Action(
        ResumeScoring,
        N_("Resume scoring"),
        lambda of, _: (
            _("Sheets are taken again until the new end; those that were submitted stand."),
            _("What was said on ties falls, for the scores may part them now."),
            _("Meanwhile members can be appointed, let go and recused, and reviews filled."),
        ),
        lambda of, typed: ResumeScoring(
            text_of(typed, "reason"), moment_of(typed, "ends_at"), number_of(typed, "reviews")
        ),
        lambda of, _: (
            Field(
                "ends_at",
                _("End of scoring"),
                "moment",
                _("In Kazakhstan's time (UTC+5)."),
            ),
            Field(
                "reviews",
                _("Reviews of each nominee"),
                hint=_("More than before, where nominees could not be compared."),
                value=str(max(of.held.policy.reviews, of.sitting.reviews)),
            ),
            _reason(_, _("It is kept in the log for everybody to read.")),
        ),
        done=N_("Sheets are taken again."),
    ),
    Action(
        SayNoExtraJudge,
        N_("Say that there is no extra judge"),
        lambda of, _: (_("The chain of ties goes on to its next step."),),
        lambda of, typed: SayNoExtraJudge(_group(typed), text_of(typed, "reason")),
        lambda of, _: (_tied(of, EXTRA_JUDGE, _), _reason(_)),
        done=N_("The tie goes on to the next step."),
    ),
    Action(
        CloseVote,
        N_("Close the open vote"),
        lambda of, _: (_("Who has not voted has abstained."),),
        lambda of, typed: CloseVote(_group(typed)),
        lambda of, _: (_tied(of, OPEN_VOTE, _),),
        done=N_("The vote is closed."),
    ),
    Action(
        Conclude,
        N_("Conclude the jury's work"),
        _concludes,
        lambda of, typed: Conclude(),
        undo=N_("A region's result can be taken back until the national stage opens."),
        done=N_("The jury has decided."),
    ),
    Action(
        Reopen,
        N_("Take the result back"),
        lambda of, _: (_("Citations and signatures are given anew."),),
        lambda of, typed: Reopen(text_of(typed, "reason")),
        lambda of, _: (_reason(_, _("It is kept in the log for everybody to read.")),),
        done=N_("The jury deliberates again."),
    ),
)
