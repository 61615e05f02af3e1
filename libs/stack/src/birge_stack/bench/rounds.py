"""Contestants in turn: forwards, then backwards, so that a slow minute hits both sides."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def in_turn(contestants: Sequence[Item], rounds: int) -> Iterator[tuple[int, Item]]:
    """Every contestant once a round, each second round in the opposite order."""
    for number in range(rounds):
        order = contestants if number % 2 == 0 else contestants[::-1]
        for contestant in order:
            yield number, contestant


def collected(
    names: Sequence[str], rounds: int, measure: Callable[[str], Item]
) -> dict[str, list[Item]]:
    """What was measured, by contestant, in the order of the rounds."""
    found: dict[str, list[Item]] = {name: [] for name in names}
    for _, name in in_turn(names, rounds):
        found[name].append(measure(name))
    return found
