"""Who may give which command: the one table that programs, pages and tests look into.

A role is held for regions or for the country. What belongs to a region asks for the role there;
what belongs to none (a cycle, the commission, the international track) asks for the country's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from birge_awards.domain.cycle import commands as cycle
from birge_awards.domain.nominees import candidacy as nomination
from birge_awards.domain.sitting import commands as sitting
from birge_awards.ports import Caller, Scope
from birge_common.access.people import Person, Role
from birge_common.access.rights import Right

MANAGERS = (Role.AWARD_MANAGER, Role.REGIONAL_MANAGER)
MEMBERS = (Role.JUROR, Role.COMMISSION_MEMBER)
READERS = (*MANAGERS, Role.AUDITOR)


_OF_THE_COUNTRY = Right((Role.AWARD_MANAGER,))
_GRAVE = Right((Role.AWARD_MANAGER,), is_grave=True)
_MANAGED = Right(MANAGERS)
_OF_MEMBERS = Right(MEMBERS)
_SIGNED = Right(MEMBERS, is_grave=True)


@dataclass(frozen=True)
class BeginCycle:
    """Begin a new cycle; the command of a cycle that is not there yet."""


@dataclass(frozen=True)
class SubmitSheet:
    """Score for good."""


@dataclass(frozen=True)
class SaveSheet:
    """Keep a draft."""


@dataclass(frozen=True)
class SetBlindText:
    """What jurors read instead of names."""

    text: str


@dataclass(frozen=True)
class Erase:
    """Destroy a person's key, on somebody's request."""

    reason: str


RIGHTS: Mapping[type, Right] = MappingProxyType(
    {
        BeginCycle: _OF_THE_COUNTRY,
        cycle.SetPolicy: _OF_THE_COUNTRY,
        cycle.OpenNominations: _GRAVE,
        cycle.OpenRegionalStage: _GRAVE,
        cycle.ExtendStage: _GRAVE,
        cycle.SignWaiver: Right(MANAGERS, is_grave=True),
        cycle.ReopenRegion: _GRAVE,
        cycle.FormCommission: _OF_THE_COUNTRY,
        cycle.OpenNationalStage: _GRAVE,
        cycle.SignNoAward: _GRAVE,
        cycle.ApprovePublication: _GRAVE,
        cycle.Publish: _GRAVE,
        cycle.FileAppeal: Right((Role.AWARD_MANAGER, Role.AUDITOR)),
        cycle.ResolveAppeal: _GRAVE,
        cycle.Close: _GRAVE,
        sitting.AddMember: _MANAGED,
        sitting.DismissMember: _MANAGED,
        sitting.OpenDeclarations: _MANAGED,
        sitting.Declare: _OF_MEMBERS,
        sitting.AssignReviews: _MANAGED,
        sitting.EnsureReviews: _MANAGED,
        sitting.Recuse: Right((*MANAGERS, *MEMBERS)),
        sitting.CloseScoring: _MANAGED,
        sitting.ResumeScoring: _GRAVE,
        sitting.SayNoExtraJudge: _MANAGED,
        sitting.ScoreAsExtraJudge: _SIGNED,
        sitting.VoteOnTie: _OF_MEMBERS,
        sitting.CloseVote: _MANAGED,
        sitting.CastVote: _SIGNED,
        sitting.ProposeAwards: _MANAGED,
        sitting.SignMinutes: _SIGNED,
        sitting.Conclude: _MANAGED,
        sitting.Reopen: _GRAVE,
        SaveSheet: _OF_MEMBERS,
        SubmitSheet: _SIGNED,
        nomination.Admit: _MANAGED,
        nomination.Refuse: _MANAGED,
        nomination.Merge: _MANAGED,
        nomination.Withdraw: _MANAGED,
        nomination.ConfirmGuardian: _MANAGED,
        SetBlindText: _MANAGED,
        Erase: _GRAVE,
    }
)
"""ConfirmLaureates, Decide and SeatCommission are nobody's: they follow from what a jury does."""


def permitted(person: Person, right: Right, region: str | None, *, is_fresh: bool) -> Caller:
    """The caller that a handler trusts. Raises Forbidden and StepUpRequired.

    `region` is None for what belongs to no region; `is_fresh` says whether the second factor was
    shown a short while ago.
    """
    held = right.require(person, region, is_fresh=is_fresh)
    return Caller(person.id, scope_of(person, held))


def scope_of(person: Person, roles: "list[Role] | tuple[Role, ...]") -> Scope:
    """What of a cycle these roles let the person see; nothing without any of them."""
    regions: frozenset[str] = frozenset()
    for role in roles:
        of_role = person.regions_of(role)
        if of_role is None:
            return Scope()
        regions |= of_role
    return Scope(regions)
