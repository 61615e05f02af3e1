"""What the public form needs of the outside: drafts that expire, and letters that are sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True)
class Draft:
    """What somebody has typed, sealed; or, once it is confirmed, that it was.

    `id` is a keyed digest of a token which only the browser, or the letter, holds. `keys` are
    keyed digests of whom it is about and who sent it, by which quotas count.
    """

    id: str
    state: Literal["typing", "waiting", "confirmed"]
    began_at: datetime
    expires_at: datetime
    sealed: str | None = None
    keys: tuple[str, ...] = ()


class DraftStore(Protocol):
    """Keeps drafts until they expire."""

    async def keep(self, draft: Draft) -> None:
        """Keep it in place of what this id had."""
        ...

    async def draft(self, draft: str, now: datetime) -> Draft | None:
        """The draft of this id; None where there is none or its time is over."""
        ...

    async def drop(self, draft: str) -> None:
        """Forget it; what is not there stays so."""
        ...

    async def count(self, key: str, now: datetime) -> int:
        """Drafts with this key whose time is not over."""
        ...


@dataclass(frozen=True)
class Letter:
    """A message to one person, in plain text."""

    to: str
    subject: str
    text: str


class Mail(Protocol):
    """Takes letters to people."""

    async def send(self, letter: Letter) -> None:
        """Hand it over for good, or raise OSError: then the sender is asked to try again."""
        ...
