"""The commands to a nomination, each as a check page."""

from collections.abc import Sequence
from dataclasses import dataclass

from birge_awards.domain.nominees.candidacy import (
    Admit,
    ConfirmGuardian,
    Merge,
    Refuse,
    Withdraw,
)
from birge_awards.handlers.nominations import Person as Opened
from birge_awards.pages.console.actions import Action
from birge_awards.pages.fields import Field, text_of
from birge_awards.pages.shell import Words
from birge_awards.permissions import Erase, SetBlindText
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option


@dataclass(frozen=True)
class OfNomination:
    """A nomination that was opened, and the others that may be of the same nominee."""

    opened: Opened
    twins: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """The nominee's name, or the id where the person was erased."""
        personal = self.opened.personal
        return personal.name if personal else self.opened.candidacy.id


def _admits(of: OfNomination, _: Words) -> Sequence[str]:
    hours = of.opened.verified_hundredths // 100
    return (
        _("%(name)s stands before the jury.", name=of.name),
        _.plural(
            "%(num)s verified hour in the last twelve months makes eligible and never scores.",
            "%(num)s verified hours in the last twelve months make eligible and never score.",
            hours,
        ),
    )


NOMINATION_ACTIONS: tuple[Action[OfNomination], ...] = (
    Action(
        Admit,
        N_("Admit the nominee"),
        _admits,
        lambda of, typed: Admit(),
        undo=N_("It can be refused or withdrawn until the jury begins."),
        done=N_("The nominee is admitted."),
    ),
    Action(
        Refuse,
        N_("Refuse the nomination"),
        lambda of, _: (_("%(name)s does not stand this year.", name=of.name),),
        lambda of, typed: Refuse(text_of(typed, "reason")),
        lambda of, _: (
            Field("reason", _("Reason"), "textarea", _("The nominator is told these words.")),
        ),
        done=N_("The nomination is refused."),
    ),
    Action(
        Merge,
        N_("Merge with another nomination"),
        lambda of, _: (_("The other nomination goes on for both; this one ends."),),
        lambda of, typed: Merge(text_of(typed, "into")),
        lambda of, _: (
            Field(
                "into",
                _("The nomination that goes on"),
                "select",
                _("Nominations whose name, contact or reference are alike."),
                options=[Option(one, f"{name} ({one})") for one, name in of.twins],
            ),
        ),
        done=N_("The nominations are one."),
    ),
    Action(
        Withdraw,
        N_("Withdraw the nomination"),
        lambda of, _: (
            _("%(name)s leaves the award; sheets on this nominee count no more.", name=of.name),
        ),
        lambda of, typed: Withdraw(text_of(typed, "reason")),
        lambda of, _: (Field("reason", _("On whose request, and why"), "textarea"),),
        done=N_("The nomination is withdrawn."),
    ),
    Action(
        ConfirmGuardian,
        N_("Confirm a guardian's consent"),
        lambda of, _: (_("You say that a guardian has consented, and how you know."),),
        lambda of, typed: ConfirmGuardian(text_of(typed, "note")),
        lambda of, _: (
            Field(
                "note",
                _("How the consent was given"),
                "textarea",
                _("For example: a signed paper, seen on a day by you."),
            ),
        ),
        done=N_("The guardian's consent is confirmed."),
    ),
    Action(
        SetBlindText,
        N_("Write the text that jurors read"),
        lambda of, _: (_("Jurors read this text instead of names, and nothing else."),),
        lambda of, typed: SetBlindText(text_of(typed, "text")),
        lambda of, _: (
            Field(
                "text",
                _("What was done, without names"),
                "textarea",
                _("No names of people, organisations or places that tell who it is."),
                of.opened.candidacy.blind_text or _citation(of),
            ),
        ),
        undo=N_("It can be written anew until the jury begins."),
        done=N_("The text is kept."),
    ),
    Action(
        Erase,
        N_("Erase the person"),
        lambda of, _: (
            _("The person's key is destroyed: names, texts and files can never be read again."),
            _("The log still proves itself, and what was decided stays decided."),
        ),
        lambda of, typed: Erase(text_of(typed, "reason")),
        lambda of, _: (Field("reason", _("On whose request"), "textarea"),),
        done=N_("The person is erased."),
    ),
)


def _citation(of: OfNomination) -> str:
    return of.opened.personal.citation if of.opened.personal else ""
