"""A person as every service knows them: an opaque id, a name, and roles with their regions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What somebody is trusted with; each is granted for some regions or for the country."""

    ADMINISTRATOR = "administrator"
    AWARD_MANAGER = "award_manager"
    REGIONAL_MANAGER = "regional_manager"
    JUROR = "juror"
    COMMISSION_MEMBER = "commission_member"
    AUDITOR = "auditor"
    EDITOR = "editor"
    APPROVER = "approver"


@dataclass(frozen=True)
class Grant:
    """A role in these regions; None is the whole country."""

    role: Role
    regions: frozenset[str] | None = None

    def covers(self, region: str | None) -> bool:
        """Whether it holds in a region; for what belongs to no region, only the country's does."""
        return self.regions is None or region in self.regions


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. The id is opaque, and never given to anybody else."""

    id: str
    name: str
    grants: tuple[Grant, ...]
    signed_in_at: datetime
    stepped_up_at: datetime | None = None
    """When they last proved, inside this session, that they hold the second factor."""

    def may(self, role: Role, region: str | None = None) -> bool:
        """Whether they act in this role for a region, or for the country where it is None."""
        return any(one.role == role and one.covers(region) for one in self.grants)

    def regions_of(self, role: Role) -> frozenset[str] | None:
        """The regions of a role, None where it is held for the country; empty without the role."""
        held = [one.regions for one in self.grants if one.role == role]
        named = [regions for regions in held if regions is not None]
        return None if len(named) < len(held) else frozenset().union(*named)

    def has(self, role: Role) -> bool:
        """Whether they act in this role anywhere."""
        return any(one.role == role for one in self.grants)

    def is_stepped_up(self, now: datetime, within: timedelta) -> bool:
        """Whether the second factor was shown recently enough for what cannot be undone."""
        return self.stepped_up_at is not None and now - self.stepped_up_at <= within
