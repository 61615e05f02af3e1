"""A JSON value at the door: whether it is plain, and what it is once made plain."""

import math
from dataclasses import dataclass, field
from typing import Any

from birge_ingest.domain.refusal import Refusal, pointer_to
from birge_ingest.domain.text import is_plain_text, mixes_scripts, plain_text

DEPTH_MAX = 32
_INTEGER_END = 2**63
# Beyond this a binary fraction no longer tells neighbouring integers apart.
_EXACT_END = 2.0**53

Place = tuple[str | int, ...]


def is_plain(value: Any, depth: int = 1) -> bool:
    """Whether `made_plain` would change, warn of and refuse nothing: the common case, quickly."""
    kind = type(value)
    if kind is str:
        return is_plain_text(value)
    if kind is dict:
        return depth <= DEPTH_MAX and all([is_plain(item, depth + 1) for item in value.values()])
    if kind is list:
        return depth <= DEPTH_MAX and all([is_plain(item, depth + 1) for item in value])
    if kind is int:
        return bool(-_INTEGER_END <= value < _INTEGER_END)
    if kind is float:
        return bool(-_EXACT_END < value < _EXACT_END)
    return True


@dataclass(frozen=True, slots=True)
class Warned:
    """Something accepted that the sender should look at."""

    code: str
    pointer: str


@dataclass(slots=True)
class MadePlain:
    """A value with plain texts, what was noticed on the way, and why it is refused, if it is."""

    value: Any = None
    warnings: list[Warned] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    is_too_deep: bool = False


def made_plain(value: Any) -> MadePlain:
    """Compose texts, strip what is invisible, and find numbers that no contract can hold."""
    found = MadePlain()
    found.value = _visit(value, (), found)
    return found


def _visit(value: Any, place: Place, found: MadePlain) -> Any:
    match value:
        case dict() | list() if len(place) >= DEPTH_MAX:
            found.is_too_deep = True
        case dict():
            return {key: _visit(item, (*place, key), found) for key, item in value.items()}
        case list():
            return [_visit(item, (*place, index), found) for index, item in enumerate(value)]
        case str():
            return _text(value, place, found)
        case bool():
            pass
        case int() if not -_INTEGER_END <= value < _INTEGER_END:
            found.refusals.append(_out_of_range(place))
        case float() if not -_EXACT_END < value < _EXACT_END:
            found.refusals.append(_out_of_range(place))
    return value


def _text(text: str, place: Place, found: MadePlain) -> str:
    plain = plain_text(text)
    if plain != text:
        found.warnings.append(Warned("text_normalised", pointer_to(place)))
    if mixes_scripts(plain):
        found.warnings.append(Warned("mixed_script", pointer_to(place)))
    return plain


def _out_of_range(place: Place) -> Refusal:
    return Refusal(
        "range",
        pointer_to(place),
        "Send a finite number: integers of 64 bits, fractions below 2^53.",
    )


def with_whole_numbers(value: Any) -> Any:
    """The value with 8.0 written as 8, so that equal content is written alike."""
    match value:
        case dict():
            return {key: with_whole_numbers(item) for key, item in value.items()}
        case list():
            return [with_whole_numbers(item) for item in value]
        case float() if math.isfinite(value) and value.is_integer():
            return int(value)
    return value
