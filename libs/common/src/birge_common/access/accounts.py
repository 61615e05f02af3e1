"""Who is invited and what each may do: changed by those who may, never by one pair of eyes."""

import base64
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import structlog

from birge_common.access import account as rules
from birge_common.access.account import AccessRefused, Account, State
from birge_common.access.people import Grant, Person, Role, Roles, roles_from
from birge_common.access.ports import AccountStale, KeptAccount, PeopleStore
from birge_common.access.second_factor import SecretBox
from birge_common.access.session import digest_of, new_token
from birge_common.clock import Clock

_ATTEMPTS = 5
_ID_BYTES = 16

log = structlog.get_logger()


@dataclass(frozen=True)
class Invitation:
    """Who was invited, and the token of their link; it is kept nowhere."""

    person: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Accounts:
    """Accounts over a store. `address` is where the pages are, for links."""

    store: PeopleStore
    clock: Clock
    box: SecretBox
    address: str

    async def invite(
        self, name: str, grants: Sequence[Grant], by: Person | None = None
    ) -> Invitation:
        """Reserve an id, to be named at once, and make a link that works once.

        `by` is None where the machine itself invites. Raises AccessRefused.
        """
        if not grants:
            raise AccessRefused("roles", "Choose at least one role.")
        if by is not None and not all(rules.may_invite(by, one) for one in grants):
            raise AccessRefused("forbidden", "You may not invite to this role.")
        if not 1 <= len(name.strip()) <= rules.NAME_MAX:
            raise AccessRefused("name", "Give the name of the person.")
        roles = roles_from(grants)
        rules.require_roles(roles)
        invitation = await self._invited(name.strip(), roles, new_token())
        log.info("access.invited", person=invitation.person, by=by.id if by else None)
        return invitation

    def link_of(self, invitation: Invitation) -> str:
        """The address to send to whom was invited."""
        return f"{self.address}/invitations/{invitation.token}"

    async def first_administrator(self) -> Invitation | None:
        """An invitation for the first administrator; None where there is one already.

        The link is made from the deployment's secret: however often it is asked for, and by
        however many processes, it is one link, until somebody has used it.
        """
        several = await self.store.accounts()
        if any(one.is_administrator for one in several):
            return None
        used = sum(one.state != State.INVITED for one in several)
        token = self.box.token(f"first administrator after {used}")
        # Where two processes ask at once, one of them writes and both give the same link.
        with suppress(AccountStale):
            found = await self.store.by_invitation(digest_of(token))
            if found is None:
                return await self._invited("Administrator", {Role.ADMINISTRATOR: None}, token)
            until = self.clock.now() + rules.INVITATION_TERM
            await self.store.keep(
                KeptAccount(replace(found.account, invited_until=until), found.revision)
            )
        found = await self.store.by_invitation(digest_of(token))
        return Invitation(found.account.id, token) if found else None

    async def propose(self, person: str, roles: Roles, by: Person) -> None:
        """Other roles for somebody, for another administrator to confirm."""
        await self._change(person, lambda held: rules.proposed(held, roles, by))

    async def confirm(self, person: str, seen: Roles, by: Person) -> None:
        """The roles that another administrator proposed are in force; sessions begin anew.

        `seen` are the roles that were read before confirming them.
        """
        several = {one.id: one for one in await self.store.accounts()}

        def change(held: Account) -> Account:
            changed = rules.confirmed(held, seen, by)
            proposer = several.get(held.proposal.by) if held.proposal else None
            if proposer is None or not proposer.is_administrator:
                raise AccessRefused("no_proposal", "Who proposed it is no administrator any more.")
            return changed

        await self._change(person, change)
        await self.store.close_sessions(person)

    async def revoke(self, person: str, by: Person) -> None:
        """Close an account for good, and every session of it; not the last administrator's."""
        rules.require_administrator(by)
        others = [one for one in await self.store.accounts() if one.id != person]
        if not any(one.is_administrator for one in others):
            raise AccessRefused("last_administrator", "Somebody must be left to let others in.")
        await self._change(person, lambda held: rules.revoked(held, by))
        await self.store.close_sessions(person)

    async def people(self) -> Sequence[Account]:
        """Every account, in order of names."""
        return await self.store.accounts()

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """The names of people, by id."""
        wanted = set(ids)
        return {one.id: one.name for one in await self.people() if one.id in wanted}

    async def holding(self, grant: Grant) -> Mapping[str, str]:
        """The names of all who hold this role where it is asked for, by id."""
        return {
            one.id: one.name
            for one in await self.people()
            if one.state != State.REVOKED and one.holds(grant)
        }

    async def _invited(self, name: str, roles: Roles, token: str) -> Invitation:
        person = _new_id()
        account = Account(
            person,
            name,
            roles,
            self.box.new(person),
            invitation=digest_of(token),
            invited_until=self.clock.now() + rules.INVITATION_TERM,
        )
        await self.store.keep(KeptAccount(account))
        return Invitation(person, token)

    async def _change(self, person: str, change: Callable[[Account], Account]) -> None:
        for attempt in range(_ATTEMPTS):
            found = await self.store.account(person)
            if found is None:
                raise AccessRefused("nobody", "There is no such account.")
            changed = change(found.account)
            try:
                await self.store.keep(KeptAccount(changed, found.revision))
            except AccountStale:
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            log.info("access.changed", person=person)
            return


def _new_id() -> str:
    return "p-" + base64.b32encode(secrets.token_bytes(_ID_BYTES)).decode().rstrip("=").lower()
