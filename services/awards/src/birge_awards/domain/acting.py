"""Who gives a command and when, and what a refusal is: the same for all that people decide."""

from dataclasses import dataclass
from datetime import datetime


class Refused(Exception):
    """The command cannot be done now; `code` for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class Act:
    """Who gives a command, by an opaque id, and when."""

    by: str
    at: datetime
