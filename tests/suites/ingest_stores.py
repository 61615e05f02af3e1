"""What every store of ingest promises; memory inherits it in unit/, MongoDB in integration/."""

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import IssuedKey
from birge_ingest.domain.records import Quarantined, SeenEvent, Sender
from birge_ingest.domain.refusal import Refusal
from birge_ingest.partner_keys import partner_key
from birge_ingest.ports import (
    PartnerRegistry,
    QuarantineReads,
    QuarantineWrites,
    SeenEvents,
    SourceTakenError,
)

AT = datetime(2022, 12, 1, 9, 0, tzinfo=UTC)
ALMATY = Sender("key-almaty", frozenset({"urn:almaty"}))
ALMATY_AGAIN = Sender("key-almaty-2", frozenset({"urn:almaty", "urn:almaty:2"}))
ASTANA = Sender("key-astana", frozenset({"urn:astana"}))


def seen_event(
    identity: str, *, digest: str = "0123456789abcdef" * 4, offset: int = 7
) -> SeenEvent:
    """An event that was accepted."""
    return SeenEvent(identity, digest, 3, offset, "00112233445566778899aabbccddeeff")


class SeenEventsSuite:
    """Inherit it and give a `seen` fixture."""

    async def test_what_was_never_remembered_is_not_found(self, seen: SeenEvents) -> None:
        assert await seen.find({"urn:a|1"}) == {}
        assert await seen.find(set()) == {}

    async def test_what_was_remembered_is_found_and_nothing_else(self, seen: SeenEvents) -> None:
        first, second = seen_event("urn:a|1"), seen_event("urn:a|2", offset=2**40)
        await seen.remember([first, second])
        assert await seen.find({"urn:a|1", "urn:a|3"}) == {"urn:a|1": first}

    async def test_the_first_under_an_identity_stays(self, seen: SeenEvents) -> None:
        first, late = seen_event("urn:a|1"), seen_event("urn:a|1", digest="f" * 64)
        new = seen_event("urn:a|2")
        await seen.remember([first])
        await seen.remember([late, new])
        assert await seen.find({"urn:a|1", "urn:a|2"}) == {"urn:a|1": first, "urn:a|2": new}

    async def test_nothing_to_remember_is_fine(self, seen: SeenEvents) -> None:
        await seen.remember([])

    async def test_an_identity_is_any_text(self, seen: SeenEvents) -> None:
        strange = seen_event("urn:a|$where.№|.")
        await seen.remember([strange])
        assert await seen.find({strange.identity}) == {strange.identity: strange}


class Quarantine(QuarantineReads, QuarantineWrites, Protocol):
    """Both sides of a quarantine."""


def entry(number: int, **changes: Any) -> Quarantined:
    """An entry of Almaty's; higher numbers are newer."""
    fields: dict[str, Any] = {
        "quarantine_id": f"{number:032x}",
        "received_at": AT + timedelta(seconds=number),
        "key_id": ALMATY.key_id,
        "owned_source": "urn:almaty",
        "source": "urn:almaty",
        "event_id": f"e-{number}",
        "type": "kz.birge.activity.reported.v1",
        "refusals": (Refusal("range", "/data/hours", "More."), Refusal("type", "", "Other.")),
        "digest": "0" * 64,
        "event": b'{"$where":{"a.b":123456789012345678901234567890,"":[[[]]]}}',
        "raw": None,
        "trace_id": "1" * 32,
    }
    return Quarantined(**{**fields, **changes})


class QuarantineSuite:
    """Inherit it and give a `quarantine` fixture."""

    async def test_an_entry_comes_back_as_it_was_kept(self, quarantine: Quarantine) -> None:
        whole = entry(1)
        unreadable = entry(2, owned_source=None, source=None, event=None, raw=b"\x00{", type=None)
        digest_only = entry(3, event=None, event_id=None, trace_id=None)
        await quarantine.keep([whole, unreadable, digest_only])
        assert await quarantine.newest(ALMATY, limit=10) == [digest_only, unreadable, whole]
        assert await quarantine.find(ALMATY, whole.quarantine_id) == whole

    async def test_keeping_again_changes_nothing(self, quarantine: Quarantine) -> None:
        await quarantine.keep([entry(1)])
        await quarantine.keep([entry(1, digest="f" * 64), entry(2)])
        assert await quarantine.newest(ALMATY, limit=10) == [entry(2), entry(1)]
        await quarantine.keep([])

    async def test_all_keys_of_a_source_see_its_entries(self, quarantine: Quarantine) -> None:
        await quarantine.keep([entry(1)])
        assert await quarantine.newest(ALMATY_AGAIN, limit=10) == [entry(1)]
        assert await quarantine.find(ALMATY_AGAIN, entry(1).quarantine_id) == entry(1)

    async def test_strangers_see_nothing(self, quarantine: Quarantine) -> None:
        await quarantine.keep([entry(1)])
        assert await quarantine.newest(ASTANA, limit=10) == []
        assert await quarantine.find(ASTANA, entry(1).quarantine_id) is None

    async def test_a_foreign_source_makes_no_stranger_an_owner(
        self, quarantine: Quarantine
    ) -> None:
        spoofed = entry(1, source="urn:astana", owned_source=None)
        await quarantine.keep([spoofed])
        assert await quarantine.newest(ASTANA, limit=10) == []
        assert await quarantine.newest(ALMATY, limit=10) == [spoofed]
        assert await quarantine.newest(ALMATY_AGAIN, limit=10) == []

    async def test_pages_follow_one_another(self, quarantine: Quarantine) -> None:
        await quarantine.keep([entry(number) for number in (3, 1, 5, 2, 4)])
        first = await quarantine.newest(ALMATY, limit=2)
        second = await quarantine.newest(ALMATY, limit=2, before=first[-1].quarantine_id)
        last = await quarantine.newest(ALMATY, limit=2, before=second[-1].quarantine_id)
        assert [item.event_id for item in first + second + last] == [
            "e-5",
            "e-4",
            "e-3",
            "e-2",
            "e-1",
        ]

    async def test_an_id_is_never_more_than_a_text(self, quarantine: Quarantine) -> None:
        await quarantine.keep([entry(1)])
        for strange in ("", "$ne", "\x00", "0" * 32):
            assert await quarantine.find(ALMATY, strange) is None


def key(number: int, name: str = "Almaty office", *sources: str) -> PartnerChangedV1:
    """A key; higher numbers are newer."""
    return partner_key(
        IssuedKey("", f"{number:016x}", f"{number:064x}"),
        name,
        sources=sources or ("urn:almaty",),
        regions=("KZ-75",),
        kinds=("activity", "census"),
        now=AT + timedelta(seconds=number),
    )


class Registry(PartnerRegistry, Protocol):
    """A registry whose announcements can be read."""

    async def announcements(self) -> list[PartnerChangedV1]:
        """What was said so far, in order."""
        ...


class PartnerRegistrySuite:
    """Inherit it and give a `registry` fixture."""

    async def test_a_key_is_kept_and_announced(self, registry: Registry) -> None:
        assert await registry.keys() == []
        await registry.register(key(1))
        assert await registry.keys() == [key(1)]
        assert await registry.announcements() == [key(1)]

    async def test_a_partner_may_have_two_live_keys(self, registry: Registry) -> None:
        await registry.register(key(2))
        await registry.register(key(1))
        assert await registry.keys() == [key(1), key(2)]

    async def test_a_source_of_another_partner_is_refused(self, registry: Registry) -> None:
        await registry.register(key(1))
        with pytest.raises(SourceTakenError, match="urn:almaty"):
            await registry.register(key(2, "Astana office", "urn:astana", "urn:almaty"))
        assert await registry.announcements() == [key(1)]
        # Nothing of the refused key is left, not even the source that was free.
        await registry.register(key(3, "Third office", "urn:astana"))
        assert await registry.keys() == [key(1), key(3, "Third office", "urn:astana")]

    async def test_a_revoked_key_is_announced_once_more(self, registry: Registry) -> None:
        await registry.register(key(1))
        revoked = key(1).model_copy(update={"state": "revoked"})
        assert await registry.revoke(key(1).key_id) == revoked
        assert await registry.keys() == [revoked]
        assert await registry.announcements() == [key(1), revoked]

    async def test_revoking_an_unknown_key_does_nothing(self, registry: Registry) -> None:
        assert await registry.revoke("0" * 16) is None
        assert await registry.announcements() == []
