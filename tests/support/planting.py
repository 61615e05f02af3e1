"""What a planted error is: what to send, what must be found of it, and how it is put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.support.clean_year import (
    OF_PRINT,
    REGIONS,
)

OTHER = "urn:birge:z"
"""A source that no office has."""
WHOLE_REGIONS = [code for code in REGIONS if code != OF_PRINT]
"""Regions whose figures no print of the clean year names."""


class Wanted(NamedTuple):
    """A finding as rules 29 and 30 describe it."""

    check: str
    importance: str
    region: str | None
    period: str
    what: str
    expected: Any
    found: Any
    difference: Any
    key: str = ""


@dataclass(frozen=True)
class Plant:
    """What to leave out of the year and to send after it, and how it is put right again."""

    wanted: list[Wanted]
    planted: list[bytes]
    corrected: list[bytes]
    without: frozenset[object] = frozenset()


def of_key(of: Mapping[str, Any] | None) -> str:
    """The OF of a printed row's key, by rule 30."""
    if not of:
        return ""
    layers = "+".join(of.get("layers", []))
    said = [of["table"], layers, of.get("direction"), of.get("region")]
    return ":".join([one or "" for one in said] + ["net" if of.get("net") else ""])


def number(hundredths: int) -> int | float:
    """Hundredths as a person writes them."""
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def in_hundredths(hours: float) -> int:
    return round(hours * 100)
