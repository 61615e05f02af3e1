"""Small independent draws from one number kept with each report, so that nothing else need be."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

_MASK = (1 << 64) - 1
# Odd 64-bit multipliers, one for each thing drawn: equal ones would tie two fields together.
FORMAT = 0x9E3779B97F4A7C15
DAY = 0xC2B2AE3D27D4EB4F
DISTRICT = 0xD6E8FEB86659FD93
ORGANISATION = 0xA0761D6478BD642F
VOLUNTEERS = 0xE7037ED1A0B428DB
PARTICIPANTS = 0x8EBC6AF09C88C6E3
EXCLUDED = 0x589965CC75374CC3
EVIDENCE = 0x1D8E4E27C47D124F
NOTE = 0xEB44ACCAB455D165
PERSONS = 0x6C9C07D5D2A8F9B5
SUPPORT = 0xB492B66FBE98F273
SENDING = 0x9AE16A3B2F90404F
EARLIER = 0xCBF29CE484222325
FAULT = 0x94D049BB133111EB


def draw(noise: int, purpose: int, sides: int) -> int:
    """A number from 0 to sides − 1, the same for the same noise and purpose."""
    mixed = (noise * purpose) & _MASK
    mixed ^= mixed >> 29
    return ((mixed * 0xBF58476D1CE4E5B9 & _MASK) >> 32) * sides >> 32


def pick(noise: int, purpose: int, items: Sequence[Item]) -> Item:
    """One of the items."""
    return items[draw(noise, purpose, len(items))]


def happens(noise: int, purpose: int, per_mille: int) -> bool:
    """Whether something that happens so many times in a thousand happens here."""
    return draw(noise, purpose, 1000) < per_mille
