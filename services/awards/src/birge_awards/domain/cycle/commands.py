"""What people ask of a cycle. Each command is a record: who asked, and when, stand beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from birge_awards.domain.cycle.cycle import Laureate, Member
from birge_awards.domain.cycle.policy import Policy


@dataclass(frozen=True)
class SetPolicy:
    """Write the rules, or write them anew while the cycle is a draft."""

    policy: Policy


@dataclass(frozen=True)
class OpenNominations:
    """Freeze the policy and take nominations; `regions` are those of the map on that day."""

    regions: tuple[str, ...]


@dataclass(frozen=True)
class OpenRegionalStage:
    """No more nominations, whose last day is over; every region's jury begins."""


@dataclass(frozen=True)
class ExtendStage:
    """Give a stage a later last day, for a reason; the days stay in the order of the stages."""

    stage: str
    until: date
    reason: str


@dataclass(frozen=True)
class ConfirmLaureates:
    """A region's jury has decided."""

    region: str
    laureates: tuple[Laureate, ...]


@dataclass(frozen=True)
class SignWaiver:
    """A region gives no award. The first signature proposes it, a second person's puts it in force.

    A second signature repeats the reason of the first: nobody signs what he has not read.
    """

    region: str
    reason: str


@dataclass(frozen=True)
class ReopenRegion:
    """Take a region's result back, for a reason; only before the national stage opens."""

    region: str
    reason: str


@dataclass(frozen=True)
class FormCommission:
    """Name the members of the national and international commission."""

    members: tuple[Member, ...]


@dataclass(frozen=True)
class SeatCommission:
    """Somebody joined the commission at work, or left it: its decision is counted over these."""

    members: tuple[Member, ...]


@dataclass(frozen=True)
class OpenNationalStage:
    """The regions' laureates stand before the commission."""


@dataclass(frozen=True)
class SignNoAward:
    """There is no national award this year; signed by two different people as a region's waiver."""

    reason: str


@dataclass(frozen=True)
class Decide:
    """The commission's laureates, with the minutes that its members signed."""

    laureates: tuple[Laureate, ...]
    signed_by: tuple[str, ...]
    minutes: str


@dataclass(frozen=True)
class ApprovePublication:
    """Somebody who did not sign the decision lets it out at one moment everywhere."""

    embargo: datetime


@dataclass(frozen=True)
class Publish:
    """The moment has come."""


@dataclass(frozen=True)
class FileAppeal:
    """Ask that the award in a nomination be looked at again; the grounds name nobody.

    An official files it; `on_behalf_of` says who asked, and is kept sealed.
    """

    appeal: str
    nomination: str
    grounds: str
    on_behalf_of: str


@dataclass(frozen=True)
class ResolveAppeal:
    """Somebody who neither decided nor filed it says what becomes of the appeal, and why."""

    appeal: str
    outcome: str


@dataclass(frozen=True)
class Close:
    """Nothing is open any more."""


Command = (
    SetPolicy
    | OpenNominations
    | OpenRegionalStage
    | ExtendStage
    | ConfirmLaureates
    | SignWaiver
    | ReopenRegion
    | FormCommission
    | SeatCommission
    | OpenNationalStage
    | SignNoAward
    | Decide
    | ApprovePublication
    | Publish
    | FileAppeal
    | ResolveAppeal
    | Close
)
