"""An account as it stands: what it takes to sign in, what it may do, and how each is changed.

Everything here is a pure function of the account and the moment; secrets are digests already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from birge_common.access.guessable import is_guessable
from birge_common.access.people import Grant, Person, Role, Roles
from birge_common.regions import REGIONS

INVITATION_TERM = timedelta(days=14)
LOGIN_MAX, NAME_MAX = 100, 200
PASSWORD_MIN, PASSWORD_MAX = 12, 200


class State(StrEnum):
    """Where an account stands; a revoked one never comes back."""

    INVITED = "invited"
    ACTIVE = "active"
    REVOKED = "revoked"


class AccessRefused(Exception):
    """It cannot be done; `code` for programs and for the texts of pages."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class Proposal:
    """Other roles for somebody, which a second administrator has to confirm."""

    roles: Roles
    by: str


@dataclass(frozen=True)
class Account:
    """Somebody who is invited, or signs in. `totp` is the sealed secret of the second factor."""

    id: str
    name: str
    roles: Roles
    totp: bytes
    state: State = State.INVITED
    invitation: str | None = None
    """Digest of the token; None once it was used."""
    invited_until: datetime | None = None
    login: str | None = None
    password: str = ""
    """argon2id, with its parameters and salt."""
    totp_counter: int = 0
    """Of the last code that was taken: no code is taken twice."""
    recovery: tuple[str, ...] = ()
    """Digests of recovery codes that are left."""
    proposal: Proposal | None = None

    def person(self, signed_in_at: datetime, stepped_up_at: datetime | None) -> Person:
        """What services know of them."""
        return Person(self.id, self.name, self.roles, signed_in_at, stepped_up_at)

    @property
    def is_administrator(self) -> bool:
        """Whether they can sign in and manage accounts."""
        return self.state == State.ACTIVE and self.holds(Grant(Role.ADMINISTRATOR))

    def holds(self, grant: Grant) -> bool:
        """Whether the role was given for the country, or by name for all of these regions."""
        held = self.roles.get(grant.role, frozenset())
        if held is None or grant.regions is None:
            return held is grant.regions
        return grant.regions <= held


def require_invitation(account: Account | None, now: datetime) -> Account:
    """The invited account, while its link holds. Raises AccessRefused."""
    if account is None or account.state != State.INVITED or account.invited_until is None:
        raise AccessRefused("no_invitation", "This link was used, or there is no such link.")
    if now >= account.invited_until:
        raise AccessRefused("no_invitation", "This link has expired; ask for a new one.")
    return account


def require_login(login: str) -> str:
    """The login as it is kept. Raises AccessRefused."""
    kept = login.strip().casefold()
    if not 3 <= len(kept) <= LOGIN_MAX or not kept.isprintable() or " " in kept:
        raise AccessRefused("login", "Choose a login of 3 to 100 characters without spaces.")
    return kept


def require_password(password: str, *, login: str, name: str) -> None:
    """Refuse what is too short, or guessed first. Raises AccessRefused.

    Length is what counts (NIST SP 800-63B); no rule asks for signs of some kind.
    """
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise AccessRefused("password", "Choose a password of 12 to 200 characters.")
    if is_guessable(password, (login, name)):
        raise AccessRefused(
            "guessable",
            "This is guessed soon: names, rows of keys, repetitions, years and numbers count "
            "little. Take four or more words that have nothing to do with you or this service.",
        )


def accepted(
    account: Account, *, login: str, password: str, counter: int, recovery: Sequence[str]
) -> Account:
    """The account with what it takes to sign in; the invitation is used up."""
    return replace(
        account,
        state=State.ACTIVE,
        invitation=None,
        invited_until=None,
        login=login,
        password=password,
        totp_counter=counter,
        recovery=tuple(recovery),
    )


def require_administrator(by: Person) -> None:
    """Refuse everybody else. Raises AccessRefused."""
    if not by.may(Role.ADMINISTRATOR):
        raise AccessRefused("forbidden", "This takes an administrator.")


def require_roles(roles: Roles) -> None:
    """Refuse roles for no region or an unknown one, and administrators of a part. May be none.

    Raises AccessRefused.
    """
    if any(regions is not None and not regions for regions in roles.values()):
        raise AccessRefused("role_regions", "Name the regions of each role, or the country.")
    if any(not regions <= REGIONS.keys() for regions in roles.values() if regions):
        raise AccessRefused("role_regions", "There is no such region.")
    if roles.get(Role.ADMINISTRATOR) is not None:
        raise AccessRefused("role_regions", "Administrators are the country's.")


def proposed(account: Account, roles: Roles, by: Person) -> Account:
    """Other roles, to be confirmed. Raises AccessRefused."""
    require_administrator(by)
    if account.state == State.REVOKED:
        raise AccessRefused("revoked", "This account is closed.")
    require_roles(roles)
    if roles == account.roles:
        raise AccessRefused("same_roles", "These are the roles that this person has.")
    return replace(account, proposal=Proposal(roles, by.id))


def confirmed(account: Account, seen: Roles, by: Person) -> Account:
    """The roles that another administrator proposed are in force. Raises AccessRefused.

    `seen` are the roles that were read before: a proposal that took their place is not confirmed.
    """
    require_administrator(by)
    if account.proposal is None:
        raise AccessRefused("no_proposal", "Nothing was proposed for this person.")
    if by.id in (account.proposal.by, account.id):
        raise AccessRefused("four_eyes", "Another administrator confirms, and nobody for himself.")
    if account.proposal.roles != seen:
        raise AccessRefused("other_proposal", "Other roles were proposed meanwhile; read them.")
    return replace(account, roles=seen, proposal=None)


def revoked(account: Account, by: Person) -> Account:
    """The account is closed for good. Raises AccessRefused."""
    require_administrator(by)
    return replace(
        account, state=State.REVOKED, invitation=None, password="", recovery=(), proposal=None
    )


_INVITED_BY = {
    Role.AWARD_MANAGER: (Role.REGIONAL_MANAGER, Role.JUROR, Role.COMMISSION_MEMBER),
    Role.REGIONAL_MANAGER: (Role.JUROR,),
}


def may_invite(by: Person, grant: Grant) -> bool:
    """Whether somebody invites others to a role: never to one that reaches further than theirs.

    An administrator to any, an award manager to the award's, a regional manager to juries.
    """
    return by.may(Role.ADMINISTRATOR) or any(
        grant.role in roles and _reaches(by.regions_of(held), grant.regions)
        for held, roles in _INVITED_BY.items()
    )


def _reaches(held: frozenset[str] | None, asked: frozenset[str] | None) -> bool:
    return held is None or (bool(asked) and asked is not None and asked <= held)
