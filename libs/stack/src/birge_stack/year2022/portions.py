"""Divides whole amounts into whole parts that add up exactly; nothing is lost to rounding."""

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

Key = TypeVar("Key")


def apportion(total: int, weights: Sequence[float], *, unit: int = 1, least: int = 0) -> list[int]:
    """Parts in proportion to the weights, multiples of `unit` wherever the total allows it.

    Every part is at least `least`; their sum is `total` to the last unit.
    """
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError("the total is smaller than its smallest parts together")
    whole = sum(weights)
    bounds = [round(spare * reached / whole / unit) * unit for reached in accumulate(weights)]
    bounds[-1] = spare
    return [
        least + min(bound, spare) - min(before, spare)
        for before, bound in zip([0, *bounds], bounds, strict=False)
    ]


def share_out(total: int, weights: dict[Key, float], *, least: int = 0) -> dict[Key, int]:
    """The same by the largest remainder: each part within one of its exact share."""
    spare = total - least * len(weights)
    whole = sum(weights.values())
    exact = {key: spare * weight / whole for key, weight in weights.items()}
    parts = {key: least + int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: int(exact[key]) - exact[key])
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts
