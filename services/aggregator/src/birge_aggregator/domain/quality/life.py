"""The life of findings: open, explained, closed by new data, and the same one never twice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from birge_aggregator.domain.quality.explanations import OPEN, Standing
from birge_aggregator.domain.quality.finding import Figure, Finding

CLOSED = "closed"


@dataclass(frozen=True)
class Step:
    """A finding came into this state, at the moment that the counted figures are as of."""

    state: str
    at: datetime | None
    difference: Figure = None
    reason: str | None = None
    by: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class FindingLife:
    """A finding as it was seen last, and every step of its life.

    `as_of` is how many records were counted then: what fewer records tell is older.
    """

    finding: Finding
    as_of: int
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.steps[-1].state


def lives_after(
    before: Mapping[str, FindingLife],
    found: Mapping[str, tuple[Finding, Standing]],
    *,
    at: datetime | None,
    as_of: int,
) -> list[FindingLife]:
    """The lives that change when these findings, and no others, are found.

    One that comes back goes on with its life; one that is found no more is closed.
    """
    changed = []
    for finding, standing in found.values():
        state, reason, by, text = standing
        step = Step(state, at, finding.difference, reason, by, text)
        life = before.get(finding.id)
        if life is None:
            opened = replace(step, state=OPEN, reason=None, by=None, text=None)
            explained = () if step.state == OPEN else (step,)
            changed.append(FindingLife(finding, as_of, (opened, *explained)))
        elif life.finding != finding or not _is_where(life.steps[-1], step):
            steps = life.steps if _is_where(life.steps[-1], step) else (*life.steps, step)
            changed.append(FindingLife(finding, as_of, steps))
    changed += [
        replace(life, as_of=as_of, steps=(*life.steps, Step(CLOSED, at)))
        for name, life in before.items()
        if name not in found and life.state != CLOSED
    ]
    return changed


def _is_where(last: Step, now: Step) -> bool:
    """Whether nothing happened: the figures may have moved, but state and explanation stand."""
    return (last.state, last.reason, last.by, last.text) == (
        now.state,
        now.reason,
        now.by,
        now.text,
    )
