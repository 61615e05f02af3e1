"""What the public form needs of the outside: drafts and files that expire, and letters."""

from collections.abc import Sequence
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
class SealedFile:
    """A file under a key that only the nomination's own texts hold; kept until `expires_at`."""

    id: str
    sealed: bytes
    expires_at: datetime | None


class EvidenceStore(Protocol):
    """Keeps sealed files, those for good that belong to a confirmed nomination."""

    async def keep(self, file: SealedFile) -> None:
        """Keep a new file."""
        ...

    async def file(self, file: str, now: datetime) -> SealedFile | None:
        """The file of this id; None where there is none or its time is over."""
        ...

    async def until(self, files: Sequence[str], expires_at: datetime | None) -> None:
        """Keep these so long; None is for good. What is not there stays so."""
        ...

    async def drop(self, file: str) -> None:
        """Forget it; what is not there stays so."""
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
