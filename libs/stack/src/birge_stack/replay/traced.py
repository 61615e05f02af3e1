"""Marks a few events with a sampled trace of their own, so that a person can look at one."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from birge_stack.year2022.envelope import ACCEPTED, CENSUS_SUBMITTED, Planned

TRACED_MAX = 3
TRACED_PERIOD = "2022-H2"


@dataclass(frozen=True, slots=True)
class Trace:
    """Which event has the trace."""

    subject: str
    trace_id: str


def with_traces(events: Iterable[Planned], traces: list[Trace]) -> Iterator[Planned]:
    """The same events, a few censuses among them traced and noted in `traces`."""
    for planned in events:
        if len(traces) < TRACED_MAX and _is_worth_it(planned):
            trace_id = secrets.token_hex(16)
            traces.append(Trace(planned.event["subject"], trace_id))
            parent = f"00-{trace_id}-{secrets.token_hex(8)}-01"
            yield replace(planned, event={**planned.event, "traceparent": parent})
        else:
            yield planned


def _is_worth_it(planned: Planned) -> bool:
    return (
        planned.event["type"] == CENSUS_SUBMITTED
        and planned.status == ACCEPTED
        and planned.event["data"]["period"] == TRACED_PERIOD
    )
