"""A person as every service knows them: an opaque id, a name, and roles with their regions."""

from collections.abc import Iterable, Mapping
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


Roles = Mapping[Role, frozenset[str] | None]
"""What somebody holds: each role with its own regions, None for the whole country."""


@dataclass(frozen=True)
class Grant:
    """A role to be given in these regions; None is the whole country."""

    role: Role
    regions: frozenset[str] | None = None


def roles_from(grants: Iterable[Grant]) -> Roles:
    """Each role once: regions of several grants add up, and the country swallows them."""
    roles: dict[Role, frozenset[str] | None] = {}
    for one in grants:
        held = roles.get(one.role, frozenset())
        both = None if held is None or one.regions is None else held | one.regions
        roles[one.role] = both
    return roles


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. The id is opaque, and never given to anybody else."""

    id: str
    name: str
    roles: Roles
    signed_in_at: datetime
    stepped_up_at: datetime | None = None
    """When they last proved, inside this session, that they hold the second factor."""

    def may(self, role: Role, region: str | None = None) -> bool:
        """Whether they act in this role for a region, or for the country where it is None."""
        regions = self.regions_of(role)
        return regions is None or region in regions

    def regions_of(self, role: Role) -> frozenset[str] | None:
        """The regions of a role, None where it is held for the country; empty without the role."""
        return self.roles.get(role, frozenset())

    def has(self, role: Role) -> bool:
        """Whether they act in this role anywhere."""
        return self.regions_of(role) != frozenset()

    def is_stepped_up(self, now: datetime, within: timedelta) -> bool:
        """Whether the second factor was shown recently enough for what cannot be undone."""
        return self.stepped_up_at is not None and now - self.stepped_up_at <= within
