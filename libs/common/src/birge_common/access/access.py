"""Takes people in: their invitation, sessions and second factor, over a store and a clock."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from birge_common.access import account as rules
from birge_common.access.account import AccessRefused, Account, State
from birge_common.access.accounts import Accounts
from birge_common.access.passwords import Passwords
from birge_common.access.people import Person
from birge_common.access.ports import AccountStale, KeptAccount, LoginTaken
from birge_common.access.second_factor import (
    counter_of,
    is_of_a_device,
    new_recovery_codes,
    recovery_digest,
)
from birge_common.access.session import SEEN_AFTER, Session, digest_of, new_token
from birge_common.access.stores.failures_memory import MemoryFailures
from birge_common.access.throttle import ONE_ACCOUNT, ONE_ADDRESS, ONE_DOOR, Limit, Throttle

log = structlog.get_logger()


class SlowDown(Exception):
    """Too many failures: answered again after a while."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.seconds = max(1, round(wait.total_seconds()))


@dataclass(frozen=True)
class Access(Accounts):
    """The accounts with the way in: sessions, second factors, and who guesses too often."""

    passwords: Passwords = field(default_factory=Passwords)
    throttle: Throttle = field(default_factory=lambda: Throttle(MemoryFailures()))

    @property
    def is_secure(self) -> bool:
        """Whether people come by https alone."""
        return self.address.startswith("https://")

    async def invited(self, token: str) -> tuple[Account, bytes]:
        """Who an invitation is for, with the secret for their device. Raises AccessRefused."""
        found = await self.store.by_invitation(digest_of(token))
        account = rules.require_invitation(found.account if found else None, self.clock.now())
        return account, self.box.open(account.totp, account.id)

    async def accept(self, token: str, login: str, password: str, code: str) -> list[str]:
        """Choose how to sign in; gives the recovery codes. Raises AccessRefused."""
        account, secret = await self.invited(token)
        kept_login = rules.require_login(login)
        rules.require_password(password, login=kept_login, name=account.name)
        counter = counter_of(secret, code, self.clock.now(), account.totp_counter)
        if counter is None:
            raise AccessRefused("code", "This is not the code that the device shows now.")
        codes, digests = await _recovery_codes_of(account.id)
        hashed = await self.passwords.hashed(password)
        found = await self.store.by_invitation(digest_of(token))
        if found is None:
            raise AccessRefused("no_invitation", "This link was used meanwhile.")
        accepted = rules.accepted(
            found.account, login=kept_login, password=hashed, counter=counter, recovery=digests
        )
        try:
            await self.store.keep(KeptAccount(accepted, found.revision))
        except LoginTaken as error:
            raise AccessRefused("login", "Somebody has this login already.") from error
        except AccountStale as error:
            raise AccessRefused("no_invitation", "This link was used meanwhile.") from error
        log.info("access.accepted", person=account.id)
        return codes

    async def sign_in(
        self, login: str, password: str, code: str, *, address: str, held: str | None = None
    ) -> str:
        """The token of a new session, in place of the `held` one. Raises AccessRefused, SlowDown.

        The same answer after the same work whether login, password or code is wrong.
        """
        kept_login = login.strip().casefold()
        name = digest_of(kept_login)
        limits = {
            f"door:{name}:{address}": ONE_DOOR,
            f"address:{address}": ONE_ADDRESS,
            f"account:{name}": ONE_ACCOUNT,
        }
        await self._attempt(limits)
        found = await self.store.by_login(kept_login)
        active = found if found and found.account.state == State.ACTIVE else None
        recovery = await _recovery_of(code, active.account.id if active else "nobody")
        hashed = active.account.password if active else None
        is_right = await self.passwords.is_right(password, hashed)
        if not is_right or active is None or not await self._takes(active, code, recovery):
            log.info("access.refused", address=address)
            raise AccessRefused("sign_in", "Login, password or code is wrong.")
        await self.throttle.forgive(limits)
        if held is not None:
            await self.sign_out(held)
        return await self._opened(active.account.id)

    async def step_up(self, token: str, code: str) -> str:
        """A session that has just shown the second factor, in place of this one."""
        session = await self._held(token)
        found = await self.store.account(session.person) if session else None
        if session is None or found is None:
            raise AccessRefused("sign_in", "Sign in first.")
        limits = {f"step_up:{session.person}": ONE_DOOR}
        await self._attempt(limits)
        recovery = await _recovery_of(code, session.person)
        if not await self._takes(found, code, recovery):
            raise AccessRefused("code", "This code is wrong or was used; wait for the next one.")
        await self.throttle.forgive(limits)
        await self.store.close_session(session.id)
        return await self._opened(session.person, session)

    async def sign_out(self, token: str) -> None:
        """The session is worthless from now on."""
        await self.store.close_session(digest_of(token))

    async def sessions(self, person: str) -> list[Session]:
        """The sessions of somebody that still hold, the newest first."""
        now = self.clock.now()
        return [one for one in await self.store.sessions_of(person) if one.holds(now)]

    async def end_others(self, token: str, person: str) -> None:
        """End every session of somebody but the one of this token."""
        for one in await self.store.sessions_of(person):
            if one.id != digest_of(token):
                await self.store.close_session(one.id)

    async def renew_recovery(self, person: str) -> list[str]:
        """New recovery codes; those before them are worthless."""
        codes, digests = await _recovery_codes_of(person)
        await self._change(person, lambda held: replace(held, recovery=tuple(digests)))
        return codes

    async def change_password(self, token: str, person: str, old: str, new: str) -> None:
        """Another password; every session but the one of this token ends.

        Raises AccessRefused, and SlowDown where the old one is guessed.
        """
        limits = {f"password:{person}": ONE_DOOR}
        await self._attempt(limits)
        found = await self.store.account(person)
        held = found.account if found else None
        is_right = await self.passwords.is_right(old, held.password if held else None)
        if held is None or not is_right:
            raise AccessRefused("old_password", "This is not your password.")
        await self.throttle.forgive(limits)
        rules.require_password(new, login=held.login or "", name=held.name)
        hashed = await self.passwords.hashed(new)
        await self._change(person, lambda held: replace(held, password=hashed))
        await self.end_others(token, person)

    async def visitor(self, token: str) -> Person | None:
        """Who a session belongs to, while both hold."""
        session = await self._held(token)
        found = await self.store.account(session.person) if session else None
        if session is None or found is None or found.account.state != State.ACTIVE:
            return None
        now = self.clock.now()
        if now - session.seen_at >= SEEN_AFTER:
            await self.store.see_session(session.id, now)
        return found.account.person(session.signed_in_at, session.stepped_up_at)

    async def _opened(self, person: str, before: Session | None = None) -> str:
        now, token = self.clock.now(), new_token()
        signed_in_at = before.signed_in_at if before else now
        session = Session(digest_of(token), person, signed_in_at, seen_at=now, stepped_up_at=now)
        await self.store.open_session(session)
        log.info("access.signed_in", person=person, stepped_up=before is not None)
        return token

    async def _held(self, token: str) -> Session | None:
        session = await self.store.session(digest_of(token))
        if session is not None and not session.holds(self.clock.now()):
            await self.store.close_session(session.id)
            return None
        return session

    async def _attempt(self, limits: Mapping[str, Limit]) -> None:
        if wait := await self.throttle.attempt(limits, self.clock.now()):
            raise SlowDown(wait)

    async def _takes(self, found: KeptAccount, code: str, recovery: str | None) -> bool:
        """Whether the code is right, and was never taken: of two at once one loses."""
        account = found.account
        secret = self.box.open(account.totp, account.id)
        counter = counter_of(secret, code, self.clock.now(), account.totp_counter)
        if counter is not None:
            changed = replace(account, totp_counter=counter)
        elif recovery in account.recovery:
            left = tuple(one for one in account.recovery if one != recovery)
            changed = replace(account, recovery=left)
        else:
            return False
        try:
            await self.store.keep(KeptAccount(changed, found.revision))
        except AccountStale:
            return False
        return True


async def _recovery_codes_of(person: str) -> tuple[list[str], list[str]]:
    codes = new_recovery_codes()
    return codes, [await asyncio.to_thread(recovery_digest, one, person) for one in codes]


async def _recovery_of(code: str, person: str) -> str | None:
    """What is kept of a recovery code; made before anything is judged: time tells nothing."""
    return None if is_of_a_device(code) else await asyncio.to_thread(recovery_digest, code, person)
