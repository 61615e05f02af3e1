"""The goals of the bench, and whether a measured figure meets them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["stretch", "ok", "missed", "shown"]


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of one figure: at least `enough`, or at most, where smaller is better."""

    number: str
    what: str
    unit: str
    enough: float | None
    stretch: float | None = None
    smaller_is_better: bool = False

    def verdict(self, measured: float) -> Verdict:
        """Whether the figure reaches the stretch goal, the goal, or neither."""
        if self.enough is None:
            return "shown"
        if self.stretch is not None and self._reaches(measured, self.stretch):
            return "stretch"
        return "ok" if self._reaches(measured, self.enough) else "missed"

    def _reaches(self, measured: float, wanted: float) -> bool:
        return measured <= wanted if self.smaller_is_better else measured >= wanted


@dataclass(frozen=True, slots=True)
class Finding:
    """A measured figure beside its goal; `rounds` are the single values it is the median of."""

    goal: Goal
    measured: float
    rounds: Sequence[float] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Everything about it, with the verdict."""
        return {
            **asdict(self.goal),
            "measured": self.measured,
            "rounds": list(self.rounds),
            "note": self.note,
            "verdict": self.goal.verdict(self.measured),
        }
