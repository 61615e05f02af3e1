"""Finds individual identification numbers (IIN) where free text must not hold any."""

import re
from datetime import date

from pydantic_core import PydanticCustomError

_TWELVE_DIGITS = re.compile(r"(?<!\d)(\d{12})(?!\d)")
# Invisible characters between digits hide a number from a check but not from a reader.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CENTURIES = {1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000}


def holds_iin(text: str) -> bool:
    """Whether a run of exactly twelve digits in the text is an IIN."""
    return any(is_iin(found) for found in _TWELVE_DIGITS.findall(_INVISIBLE.sub("", text)))


def is_iin(digits: str) -> bool:
    """Whether twelve digits have a valid birth date and check digit.

    YYMMDD, a digit for century and sex (1 to 6), four digits of a number, one check digit:
    Rules on identification numbers of Kazakhstan (law on national registers, 2007).
    """
    century = _CENTURIES.get(int(digits[6]))
    if century is None:
        return False
    try:
        date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return _check_digit([int(digit) for digit in digits[:11]]) == int(digits[11])


def _check_digit(digits: list[int]) -> int | None:
    for first_weight in (1, 3):
        weights = [(first_weight - 1 + place) % 11 + 1 for place in range(11)]
        rest = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def without_iin(text: str) -> str:
    """The text itself, where it holds no IIN; else the error `pii_not_allowed`."""
    if holds_iin(text):
        raise PydanticCustomError(
            "pii_not_allowed", "Text must not hold a personal identification number"
        )
    return text


def no_iin(text: str) -> str:
    """The text itself, where it is no IIN as a whole; else the error `pii_not_allowed`."""
    if _TWELVE_DIGITS.fullmatch(text) and is_iin(text):
        raise PydanticCustomError(
            "pii_not_allowed", "A reference must not be a personal identification number"
        )
    return text
