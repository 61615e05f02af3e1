"""Why an event is not accepted, in words that never repeat what the sender wrote."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason: a stable code, the place in the event, and what to do about it."""

    code: str
    pointer: str
    detail: str


def pointer_to(place: Iterable[str | int]) -> str:
    """The JSON Pointer to a place; it stops before a key that does not look like a field's name.

    A key is the sender's text, so a key that could hold anything must not come back in an answer.
    """
    steps: list[str] = []
    for step in place:
        if isinstance(step, str) and not _FIELD_NAME.fullmatch(step):
            break
        steps.append(f"/{step}")
    return "".join(steps)
