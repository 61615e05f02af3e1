"""A cycle as it stands: its stages, its regions, its commission and its decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from birge_awards.domain.cycle.days import day_of
from birge_awards.domain.cycle.policy import Policy


class Stage(StrEnum):
    """The stages of a cycle, in their order; none is skipped."""

    DRAFT = "draft"
    NOMINATIONS = "nominations"
    REGIONAL = "regional"
    NATIONAL = "national"
    DECIDED = "decided"
    PUBLISHED = "published"
    CLOSED = "closed"


@dataclass(frozen=True)
class Laureate:
    """A nominee who was chosen in a nomination; `place` from 1."""

    nomination: str
    nominee: str
    place: int = 1


@dataclass(frozen=True)
class Waiver:
    """A reasoned "no award"; in force with the signatures of two different people."""

    reason: str
    signed_by: tuple[str, ...]

    @property
    def is_in_force(self) -> bool:
        """Whether two people stand for it."""
        return len(set(self.signed_by)) >= 2


@dataclass(frozen=True)
class RegionalStage:
    """What a region has decided so far: laureates, a waiver, or nothing yet."""

    laureates: tuple[Laureate, ...] = ()
    waiver: Waiver | None = None

    @property
    def is_over(self) -> bool:
        """Whether the national stage need not wait for this region."""
        return bool(self.laureates) or (self.waiver is not None and self.waiver.is_in_force)


@dataclass(frozen=True)
class Member:
    """A member of the commission, by an opaque id; `region` is None for somebody from abroad."""

    person: str
    country: str
    region: str | None = None
    is_chair: bool = False
    keys: tuple[str, ...] = ()
    """Keyed digests of contacts and organisations."""


@dataclass(frozen=True)
class Decision:
    """What the commission decided, who signed the minutes, when, and `by` whom it was concluded."""

    laureates: tuple[Laureate, ...]
    signed_by: tuple[str, ...]
    minutes: str | None
    """SHA-256 of the minutes; None where two people signed that there is no national award."""
    at: datetime
    by: str

    @property
    def had_a_hand(self) -> frozenset[str]:
        """Who has decided: such people neither publish it alone nor answer appeals."""
        return frozenset({*self.signed_by, self.by})


@dataclass(frozen=True)
class Appeal:
    """Somebody asks that the award in a nomination be looked at again.

    `filed_by` is the official who took it, `on_behalf_of` who asked, sealed.
    """

    nomination: str
    filed_by: str
    grounds: str
    on_behalf_of: str
    outcome: str | None = None


@dataclass(frozen=True)
class Cycle:
    """One year of awards; changed by commands alone, each giving a new one."""

    id: str
    stage: Stage = Stage.DRAFT
    policy: Policy | None = None
    policy_hash: str | None = None
    regions: Mapping[str, RegionalStage] = field(default_factory=dict)
    commission: tuple[Member, ...] = ()
    no_award: Waiver | None = None
    """That nobody receives the national award, as far as it is signed."""
    decision: Decision | None = None
    approved_by: str | None = None
    embargo: datetime | None = None
    published_at: datetime | None = None
    appeals: Mapping[str, Appeal] = field(default_factory=dict)
    extended: Mapping[str, date] = field(default_factory=dict)
    """Stages that were given a later day than the policy's."""

    @property
    def due(self) -> Mapping[str, date]:
        """The last day of each stage that has one: the policy's, or what it was extended to."""
        return {**(self.policy.due if self.policy else {}), **self.extended}

    def takes_nominations(self, at: datetime) -> bool:
        """Whether nominations are open, and their last day is not over."""
        last = self.due.get("nominations")
        return self.stage == Stage.NOMINATIONS and (last is None or day_of(at) <= last)

    @property
    def appeals_until(self) -> datetime | None:
        """The end of the term: counted from the publication, for nobody knows the result before."""
        if self.published_at is None or self.policy is None:
            return None
        return self.published_at + timedelta(days=self.policy.appeal_days)

    @property
    def owing(self) -> list[str]:
        """The regions that the national stage waits for."""
        return sorted(region for region, stage in self.regions.items() if not stage.is_over)
