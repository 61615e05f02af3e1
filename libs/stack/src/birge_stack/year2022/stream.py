"""The whole year as one stream of planned events in the order of sending."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from heapq import merge

from birge_stack.year2022.activity import counted_reports
from birge_stack.year2022.calendar_2022 import instant_text
from birge_stack.year2022.censuses import censuses
from birge_stack.year2022.envelope import (
    ACTIVITY_REPORTED,
    ACTIVITY_RETRACTED,
    DUPLICATE,
    REJECTED,
    Event,
    Planned,
    cloud_event,
)
from birge_stack.year2022.explanations import explanations
from birge_stack.year2022.faults import REUSED_ID, fault_of
from birge_stack.year2022.inquiries import inquiries
from birge_stack.year2022.partners import partners
from birge_stack.year2022.programme_steps import grant_indicators, milestones
from birge_stack.year2022.references import references
from birge_stack.year2022.report import Report, activity_data
from birge_stack.year2022.sendings import Kind, Plan, Sending, plan_sendings

DEFAULT_SEED = 2022


class Year:
    """Every event of the year, any number of times; its length is the number of events.

    The same seed and scale give the same events, byte for byte. `scale` is how many reports there
    are, 1.0 for more than a hundred thousand; hours, censuses and every printed figure are the
    same at any scale.
    """

    def __init__(self, *, seed: int, scale: float) -> None:
        self.seed, self.scale = seed, scale
        rng = random.Random(seed)
        self._plan = plan_sendings(counted_reports(rng, scale=scale), rng)
        statements = [
            *censuses(),
            *inquiries(rng),
            *milestones(),
            *grant_indicators(),
            *references(),
            *explanations(),
        ]
        self._statements = sorted(statements, key=_minute_of)

    def __len__(self) -> int:
        return len(self._plan.sendings) + len(self._statements)

    def __iter__(self) -> Iterator[Planned]:
        return merge(_activity(self._plan), self._statements, key=_minute_of)


def year_2022(*, seed: int = DEFAULT_SEED, scale: float = 1.0) -> Year:
    """The events of 2022 in the order of sending."""
    return Year(seed=seed, scale=scale)


def _minute_of(planned: Planned) -> int:
    return planned.minute


@cache
def _partner_by_source() -> dict[str, str]:
    return {source: partner.name for partner in partners() for source in partner.sources}


def _activity(plan: Plan) -> Iterator[Planned]:
    partner_by_source = _partner_by_source()
    for sending in plan.sendings:
        report = plan.reports[sending.place]
        partner = partner_by_source[report.source]
        if sending.kind is Kind.SPOILT:
            number = sending.order - len(plan.reports)
            yield _spoilt(report, sending, partner, number=number)
            continue
        is_live = sending.version == plan.live_version[sending.place]
        event = _event(report, sending, is_live=is_live)
        if sending.is_repeat:
            yield Planned(sending.minute, partner, event, DUPLICATE)
        else:
            yield Planned(sending.minute, partner, event)


def _event(report: Report, sending: Sending, *, is_live: bool) -> Event:
    is_retraction = sending.kind is Kind.RETRACTED
    return cloud_event(
        ACTIVITY_RETRACTED if is_retraction else ACTIVITY_REPORTED,
        event_id=f"{report.report_id}.v{sending.version}",
        source=report.source,
        subject=report.report_id,
        time=instant_text(sending.made_minute, report.noise % 60, report.region),
        data={
            "report_id": report.report_id,
            "version": sending.version,
            "reason": "Entered twice by mistake",
        }
        if is_retraction
        else activity_data(report, version=sending.version, is_live=is_live),
    )


def _spoilt(report: Report, sending: Sending, partner: str, *, number: int) -> Planned:
    """A right event of a report of its own, or of this very one where its id is used again."""
    fault = fault_of(number)
    if fault is not REUSED_ID:
        report = replace(report, report_id=f"{report.report_id}-x{number}")
    event = _event(report, sending, is_live=True)
    fault.spoil(event)
    return Planned(sending.minute, partner, event, REJECTED, fault.code)
