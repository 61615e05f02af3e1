"""Reads one JSON text strictly: UTF-8 without a mark, no doubled key, no bottomless nesting."""

import re
from typing import Any

import jiter

from birge_ingest.domain.refusal import Refusal

_POSITION = re.compile(r"at line (\d+) column (\d+)$")
# What is wrong with one value leaves the texts beside it readable; anything else is no JSON.
_OF_THE_VALUE = (
    "Detected duplicate key",
    "recursion limit exceeded",
    "number out of range",
    "unexpected end of hex escape",
    "lone leading surrogate",
)


class NotJsonError(Exception):
    """The text cannot be read; `offset` is where it first shows, in bytes from the start."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason, self.offset = reason, offset

    @property
    def is_of_the_value(self) -> bool:
        """Whether the text has the shape of JSON, and only a value in it cannot be taken."""
        return self.reason.startswith(_OF_THE_VALUE)

    @property
    def code(self) -> str:
        """The stable code: `duplicate_key` or `malformed`."""
        return "duplicate_key" if self.reason.startswith("Detected") else "malformed"

    def detail(self, text: bytes) -> str:
        """What to do about it, with the position in `text` and nothing of its content."""
        line = text.count(b"\n", 0, self.offset) + 1
        column = self.offset - (text.rfind(b"\n", 0, self.offset) + 1) + 1
        return f"{self._advice(text)} Look at line {line}, column {column}."

    def _advice(self, text: bytes) -> str:
        if text.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            return "Send UTF-8 without a byte order mark."
        if self.reason.startswith("Detected"):
            return "A key stands twice in one object; send it once."
        if self.reason.startswith("recursion"):
            return "The nesting is too deep; an event needs at most 32 levels."
        if self.reason.startswith("number"):
            return "A number has too many digits."
        if "unicode" in self.reason or "escape" in self.reason or "surrogate" in self.reason:
            return "A text is not valid Unicode; send UTF-8, and surrogates only in pairs."
        return "This is not JSON."


def read_json(text: bytes) -> Any:
    """The value of a JSON text; NotJsonError where it is none.

    NaN and infinities are read, because their field is what must be named in the answer.
    """
    try:
        return jiter.from_json(text, catch_duplicate_keys=True)
    except ValueError as error:
        message = str(error)
        found = _POSITION.search(message)
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        raise NotJsonError(message, _offset(text, line, column)) from None


def refusal_of(error: NotJsonError, text: bytes) -> Refusal:
    """The refusal of an event whose own text cannot be read."""
    return Refusal(error.code, "", error.detail(text))


def _offset(text: bytes, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find(b"\n", start) + 1
    return min(start + max(column - 1, 0), len(text))
