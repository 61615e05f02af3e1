"""Evidence files: taken with the public form, read by whoever may read the nomination.

A file is sealed under a key of its own, which stands in its address and nowhere else; the address
is one of the nomination's texts, so it is sealed with the draft first and with the person then.
When the draft expires or the person is erased, nothing opens the file any more.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from birge_awards.domain.acting import Refused
from birge_awards.domain.nominees.evidence import (
    FILE_BYTES_MAX,
    FILES_MAX,
    Attached,
    attached,
    shown_name,
    type_of,
)
from birge_awards.form_ports import EvidenceStore, SealedFile
from birge_awards.vault import Unreadable, Vault
from birge_common.clock import Clock

KIND = "file"


class Opened(NamedTuple):
    """A file as it was sent."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True)
class Evidence:
    """Takes files in and gives them out; `site` is where the awards' pages are."""

    store: EvidenceStore
    vault: Vault
    clock: Clock
    site: str

    async def attach(self, name: str, body: bytes, held: Sequence[str], lasting: timedelta) -> str:
        """Seal and keep one more file beside those at `held`; gives its address. Raises Refused."""
        if len(attached(held)) >= FILES_MAX:
            raise Refused("too_many_files", "Take one away first: five files are the most.")
        if len(body) > FILE_BYTES_MAX:
            raise Refused("file_too_large", "Give a file of at most 10 MB.")
        if type_of(name, body) is None:
            raise Refused("file_type", "Give a whole PDF, JPEG or PNG file, named as what it is.")
        file = Attached(secrets.token_hex(16), shown_name(name), secrets.token_urlsafe(32))
        sealed = self.vault.seal_file(body, file.key.encode(), file.id)
        await self.store.keep(SealedFile(file.id, sealed, self.clock.now() + lasting))
        return file.address(self.site)

    async def until(self, addresses: Sequence[str], expires_at: datetime | None) -> None:
        """Keep a nomination's files so long, or for good."""
        if files := attached(addresses):
            await self.store.until([one.id for one in files], expires_at)

    async def open(self, files: Sequence[Attached], file: str) -> Opened:
        """One of the files of a nomination that the reader may read. Raises Refused."""
        found = next((one for one in files if one.id == file), None)
        held = await self.store.file(file, self.clock.now())
        if found is None or held is None:
            raise _no_file()
        try:
            body = self.vault.open_file(held.sealed, found.key.encode(), file)
        except Unreadable:
            # Somebody typed the address of another nomination's file, and a key of his own.
            raise _no_file() from None
        kind = type_of(found.name, body)
        if kind is None:
            raise _no_file()
        return Opened(found.name, kind.media_type, body)


def _no_file() -> Refused:
    return Refused("no_file", "There is no such file.")
