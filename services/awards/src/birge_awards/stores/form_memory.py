"""Drafts of the public form in memory: for tests, and to read the promises from."""

from datetime import datetime

from birge_awards.form_ports import Draft


class MemoryDraftStore:
    """Drafts of one process."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}

    async def keep(self, draft: Draft) -> None:
        """Keep it in place of what this id had."""
        self.drafts[draft.id] = draft

    async def draft(self, draft: str, now: datetime) -> Draft | None:
        """The draft of this id, while its time lasts."""
        held = self.drafts.get(draft)
        return held if held and held.expires_at > now else None

    async def drop(self, draft: str) -> None:
        """Forget it."""
        self.drafts.pop(draft, None)

    async def count(self, key: str, now: datetime) -> int:
        """Drafts with this key whose time is not over."""
        return sum(key in one.keys and one.expires_at > now for one in self.drafts.values())
