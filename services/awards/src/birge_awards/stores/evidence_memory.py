"""Evidence files in memory: for tests, and to read the promises from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from birge_awards.form_ports import SealedFile


class MemoryEvidenceStore:
    """Files of one process."""

    def __init__(self) -> None:
        self.files: dict[str, SealedFile] = {}

    async def keep(self, file: SealedFile) -> None:
        """Keep a new file."""
        self.files[file.id] = file

    async def file(self, file: str, now: datetime) -> SealedFile | None:
        """The file of this id, while its time lasts."""
        held = self.files.get(file)
        is_there = held is not None and (held.expires_at is None or held.expires_at > now)
        return held if is_there else None

    async def until(self, files: Sequence[str], expires_at: datetime | None) -> None:
        """Keep these so long."""
        for name in files:
            if name in self.files:
                self.files[name] = replace(self.files[name], expires_at=expires_at)

    async def drop(self, file: str) -> None:
        """Forget it."""
        self.files.pop(file, None)
