"""The public form's nominations: typed in steps, sent, and taken in once the sender confirms."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from birge_awards.domain.acting import Refused
from birge_awards.domain.nominees.keys import key_of, name_key
from birge_awards.form_ports import Draft, DraftStore
from birge_awards.handlers.evidence import Evidence
from birge_awards.handlers.nominations import Nominations
from birge_common.contracts.nomination import NominationSubmittedV1

SOURCE = "urn:birge:form"
FILES = "files"
"""What was typed under this name are the addresses of files, one a line."""
TYPING_FOR = timedelta(hours=24)
WAITING_FOR = timedelta(days=7)
COUNTED_FOR = timedelta(days=30)
TYPING_AT_LEAST = timedelta(seconds=10)
"""Nobody fills in so many pages faster; a program does."""
NOMINEE_CONFIRMED_MAX = 20
"""Confirmed nominations of one nominee in thirty days: many voices add nothing to a jury."""
SENDER_WAITING_MAX = 10
"""Letters to one address that wait for its owner, so that nobody floods a stranger's."""


@dataclass(frozen=True)
class FormSubmissions:
    """Drafts of the form, each under a token that is kept nowhere."""

    drafts: DraftStore
    nominations: Nominations
    evidence: Evidence

    async def typed(self, token: str) -> dict[str, str]:
        """What was typed in this browser so far; nothing where its time is over."""
        held = await self._held(token)
        return self._opened(token, held) if held and held.state == "typing" else {}

    async def save(self, token: str, typed: Mapping[str, str]) -> None:
        """Keep what was typed for a day more."""
        now = self.nominations.clock.now()
        held = await self._held(token)
        draft = Draft(self._id(token), "typing", held.began_at if held else now, now + TYPING_FOR)
        await self.drafts.keep(replace(draft, sealed=self._sealed(token, typed)))
        await self.evidence.until(typed.get(FILES, "").split(), draft.expires_at)

    async def send(self, token: str, data: NominationSubmittedV1) -> str:
        """Let a nomination wait for its sender's confirmation; gives the token for the letter.

        Raises Refused. The draft is still there until `sent`.
        """
        now = self.nominations.clock.now()
        held = await self._held(token)
        if held is None:
            raise Refused("form_expired", "Begin again: what was typed is kept for a day.")
        if now - held.began_at < TYPING_AT_LEAST:
            raise Refused("too_quick", "Read it once more, then send it.")
        await self._require_quota(data)
        sender = self._sender(data)
        if await self.drafts.count(sender, now) >= SENDER_WAITING_MAX:
            raise Refused("form_quota", "Confirm those that were sent before.")
        confirming = secrets.token_urlsafe(32)
        sealed = self._sealed(confirming, data.model_dump(mode="json"))
        waiting = Draft(self._id(confirming), "waiting", now, now + WAITING_FOR, sealed, (sender,))
        await self.evidence.until(_addresses(data), waiting.expires_at)
        await self.drafts.keep(waiting)
        return confirming

    async def sent(self, token: str) -> None:
        """The letter is on its way: forget what was typed."""
        await self.drafts.drop(self._id(token))

    async def is_waiting(self, token: str) -> bool:
        """Whether the letter's link still waits; False once it is confirmed. Raises Refused."""
        return (await self._of_letter(token)).state == "waiting"

    async def confirm(self, token: str) -> None:
        """Take the nomination in, as one of a partner; once, however often this is done.

        The nomination's own id was given with the draft, so a second confirmation, at the same
        moment or after a crash, finds it there and changes nothing. Raises Refused.
        """
        held = await self._of_letter(token)
        if held.state == "confirmed":
            return
        data = NominationSubmittedV1.model_validate(self._opened(token, held), strict=False)
        cycle = await self.nominations.store.cycle(data.cycle)
        if cycle is None or not cycle.value.takes_nominations(self.nominations.clock.now()):
            raise Refused("too_late", "Nominations have closed.")
        await self._require_quota(data)
        # Before the nomination: one that is there has its files for good.
        await self.evidence.until(_addresses(data), None)
        await self.nominations.on_submitted(SOURCE, data)
        until = self.nominations.clock.now() + COUNTED_FOR
        keys = (self._nominee(data),)
        await self.drafts.keep(Draft(held.id, "confirmed", held.began_at, until, None, keys))

    async def _require_quota(self, data: NominationSubmittedV1) -> None:
        now = self.nominations.clock.now()
        if await self.drafts.count(self._nominee(data), now) >= NOMINEE_CONFIRMED_MAX:
            raise Refused("form_quota", "This nominee has been nominated many times already.")

    async def _held(self, token: str) -> Draft | None:
        return await self.drafts.draft(self._id(token), self.nominations.clock.now())

    async def _of_letter(self, token: str) -> Draft:
        held = await self._held(token)
        if held is None or held.state == "typing":
            raise Refused("no_submission", "This link has expired, or is not whole.")
        return held

    def _id(self, token: str) -> str:
        return self.nominations.vault.digest("draft", token)

    def _key(self, token: str) -> bytes:
        # Of the deployment's secret and the token: neither a copy of the database nor the link
        # alone opens a draft.
        return self.nominations.vault.digest("draft-key", token).encode()

    def _sealed(self, token: str, said: Mapping[str, object]) -> str:
        return self.nominations.vault.seal(said, self._key(token), self._id(token))

    def _opened(self, token: str, held: Draft) -> dict[str, str]:
        assert held.sealed is not None, "only a confirmed draft is empty"
        return self.nominations.vault.open(held.sealed, self._key(token), held.id)

    def _nominee(self, data: NominationSubmittedV1) -> str:
        name = f"{data.cycle}|{data.region}|{name_key(data.nominee.name)}"
        return self.nominations.vault.digest("form-nominee", name)

    def _sender(self, data: NominationSubmittedV1) -> str:
        contact = key_of(data.nominator.contact)
        return self.nominations.vault.digest("form-sender", contact)


def _addresses(data: NominationSubmittedV1) -> list[str]:
    return [str(one.url) for one in data.evidence]
