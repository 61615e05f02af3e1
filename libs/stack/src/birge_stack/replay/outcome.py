"""What the door answered, against what it was planned to answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from birge_stack.year2022.envelope import ACCEPTED, DUPLICATE, REJECTED, Planned

REPEATED = "accepted before"
SURPRISES_SHOWN = 20


@dataclass(slots=True)
class Outcome:
    """Counts of answers as planned, and the first of those that were not."""

    answers: Counter[str] = field(default_factory=Counter)
    surprises: int = 0
    shown: list[str] = field(default_factory=list)
    seconds: float = 0.0
    retried: int = 0

    @property
    def events(self) -> int:
        """How many events were answered."""
        return self.answers.total() + self.surprises

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / self.seconds if self.seconds else 0.0

    def note(self, batch: Sequence[Planned], results: Sequence[Mapping[str, Any]]) -> None:
        """Hold a batch's results against its plan, each event with its own result."""
        if len(results) != len(batch):
            self._surprise(f"{len(batch)} events got {len(results)} results")
            return
        for planned, result in zip(batch, results, strict=True):
            kept = verdict(planned, result)
            if kept is None:
                self._surprise(describe(planned, result))
            else:
                self.answers[kept] += 1

    def _surprise(self, what: str) -> None:
        self.surprises += 1
        if len(self.shown) < SURPRISES_SHOWN:
            self.shown.append(what)


def verdict(planned: Planned, result: Mapping[str, Any]) -> str | None:
    """What is counted for an answer as planned; None for one that was not.

    An event that is new in the plan may be a duplicate: the year was sent before, or an answer
    was lost and the batch sent again.
    """
    status = result.get("status")
    if result.get("id") != planned.event["id"]:
        return None
    if planned.status == REJECTED:
        codes = {error["code"] for error in result.get("errors", ())}
        return (
            f"{REJECTED}: {planned.code}" if status == REJECTED and planned.code in codes else None
        )
    if status == planned.status:
        return planned.status
    return REPEATED if (planned.status, status) == (ACCEPTED, DUPLICATE) else None


def describe(planned: Planned, result: Mapping[str, Any]) -> str:
    """One line about an answer that was not planned."""
    codes = [error.get("code") for error in result.get("errors", ())]
    due = planned.status if planned.code is None else f"{planned.status} ({planned.code})"
    return (
        f"{planned.event['source']} {planned.event['id']}: due {due}, "
        f"answered {result.get('status')} {codes}"
    )
