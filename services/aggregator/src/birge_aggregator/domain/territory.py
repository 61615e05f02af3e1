"""The map that a window is read on."""

from collections.abc import Mapping
from dataclasses import dataclass

COUNTRY = "KZ"


@dataclass(frozen=True)
class RegionMap:
    """The regions a window is read on.

    `expected` are those of the window's first day: the ones that owe data for all of it.
    `predecessors` is filled where newer regions are added to older ones.
    """

    expected: tuple[str, ...]
    predecessors: Mapping[str, str]

    def place(self, region: str) -> str:
        """The region on this map that a reported one belongs to."""
        return self.predecessors.get(region, region)
