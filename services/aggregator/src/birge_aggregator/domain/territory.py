"""The map that a window is read on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

COUNTRY = "KZ"


@dataclass(frozen=True)
class RegionMap:
    """The regions a window is read on.

    `expected` are those of the window's first day: the ones that owe data for all of it.
    `predecessors` is filled where newer regions are added to older ones; else `joining` has the
    regions that begin inside the window, with their first whole month. `redrawn` has the regions
    whose boundary changed, on a map that shows it, with the month of the change.
    """

    expected: tuple[str, ...]
    predecessors: Mapping[str, str]
    joining: Mapping[str, int] = field(default_factory=dict)
    redrawn: Mapping[str, int] = field(default_factory=dict)

    def expected_in(self, month: int) -> list[str]:
        """The regions that owe data of a month, which are those valid on its first day."""
        joined = [code for code, first_month in self.joining.items() if first_month <= month]
        return sorted({*self.expected, *joined})

    def is_redrawn_between(self, region: str, before: int, month: int) -> bool:
        """Whether its boundary changed after the first of `before` and before that of `month`."""
        changed = self.redrawn.get(region)
        return changed is not None and before <= changed < month

    def place(self, region: str) -> str:
        """The region on this map that a reported one belongs to."""
        return self.predecessors.get(region, region)
