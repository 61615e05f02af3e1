"""A JSON value at the door: whether it is plain, and what it is once made plain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from birge_ingest.domain.refusal import Refusal, pointer_to
from birge_ingest.domain.text import is_plain_letters, mixes_scripts, plain_text

DEPTH_MAX = 32
_INTEGER_END = 2**63
# Beyond this a binary fraction no longer tells neighbouring integers apart.
_EXACT_END = 2.0**53

Place = tuple[str | int, ...]


def is_plain(container: dict[str, Any] | list[Any], depth: int = 1) -> bool:
    """Whether `made_plain` would change, warn of and refuse nothing: the common case, quickly."""
    items: Iterable[Any] = container.values() if type(container) is dict else container
    for item in items:
        kind = type(item)
        if kind is str:
            if not (item.isprintable() and (item.isascii() or is_plain_letters(item))):
                return False
        elif kind is dict or kind is list:
            if depth == DEPTH_MAX or not is_plain(item, depth + 1):
                return False
        elif kind is float:
            if not -_EXACT_END < item < _EXACT_END:
                return False
        elif kind is int and not -_INTEGER_END <= item < _INTEGER_END:
            return False
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
            # A text is left out here because most values are one, and calls take time.
            return {
                key: item if type(item) is str else with_whole_numbers(item)
                for key, item in value.items()
            }
        case list():
            return [with_whole_numbers(item) for item in value]
        case float() if value.is_integer():
            return int(value)
    return value
