"""Letters as files in a folder, which a mail server or a person takes on from there."""

import asyncio
import os
import secrets
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from birge_awards.form_ports import Letter

_SENDER = "Birge <noreply@birge.kz>"


class FolderMail:
    """Writes each letter as one `.eml` (RFC 5322) that nobody but this account may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, letter: Letter) -> None:
        """Write the letter under a name of its own; it is there whole or not at all."""
        await asyncio.to_thread(self._write, message_of(letter))

    def _write(self, message: EmailMessage) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{secrets.token_hex(16)}.eml"
        half = path.with_suffix(".half")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(message.as_bytes(policy=SMTP))
        half.rename(path)


def message_of(letter: Letter) -> EmailMessage:
    """The letter as mail servers take it. Raises ValueError where an address breaks its line."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = _SENDER, letter.to, letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
