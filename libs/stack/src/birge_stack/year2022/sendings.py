"""When each version of each report is sent: late, corrected, retracted, repeated, out of order."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

from birge_stack.year2022.calendar_2022 import (
    LAST_SENDING_MINUTE,
    MINUTES_PER_DAY,
    last_day_number,
)
from birge_stack.year2022.faults import REGION_TOO_EARLY, fault_of
from birge_stack.year2022.report import FRONT_OFFICE, GRANT, Report

LATE, CORRECTED, RETRACTED, DUPLICATED, INVALID = 0.10, 0.03, 0.01, 0.05, 0.01
REPORTED_AGAIN = 0.002
DAYS_TO_REPORT = 10


class Kind(IntEnum):
    """What is sent of a report."""

    REPORTED = 0
    RETRACTED = 1
    SPOILT = 2


class Sending(NamedTuple):
    """One event to be sent at a minute; tuples, because there are more than a hundred thousand."""

    minute: int
    order: int
    place: int
    kind: Kind
    version: int
    made_minute: int
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The reports, and every sending of theirs in the order of sending.

    `live_version` of a report is the one that counts, 0 where none does.
    """

    reports: Sequence[Report]
    live_version: bytes
    sendings: Sequence[Sending]


def plan_sendings(counted: Sequence[Report], rng: random.Random) -> Plan:
    """Add what does not count to the reports that do, and give everything its minute."""
    withdrawn = [
        replace(report, report_id=f"{report.report_id}-w", supported=False, already_counted=())
        for report in rng.sample(counted, round(len(counted) * RETRACTED))
    ]
    reports = [*counted, *withdrawn]
    live = bytearray()
    sent: list[Sending] = []
    for place, report in enumerate(reports):
        is_counted = place < len(counted)
        history, live_version = _history(rng) if is_counted else (_withdrawal(rng), 0)
        live.append(live_version)
        sent.extend(_sendings(report, place, history, rng))
    sent.extend(_spoilt(reports, sent, rng))
    sent.extend(_repeats(sent, rng))
    sent.sort()
    return Plan(reports, bytes(live), sent)


def _history(rng: random.Random) -> tuple[Sequence[tuple[Kind, int]], int]:
    """Events of a report that counts, in the order of sending, and the version that counts."""
    drawn = rng.random()
    if drawn < REPORTED_AGAIN:
        return ((Kind.REPORTED, 1), (Kind.RETRACTED, 2), (Kind.REPORTED, 3)), 3
    if drawn < REPORTED_AGAIN + CORRECTED * 0.1:
        return ((Kind.REPORTED, 1), (Kind.REPORTED, 3), (Kind.REPORTED, 2)), 3
    if drawn < REPORTED_AGAIN + CORRECTED * 0.3:
        return ((Kind.REPORTED, 2), (Kind.REPORTED, 1)), 2
    if drawn < REPORTED_AGAIN + CORRECTED:
        return ((Kind.REPORTED, 1), (Kind.REPORTED, 2)), 2
    return ((Kind.REPORTED, 1),), 1


def _withdrawal(rng: random.Random) -> Sequence[tuple[Kind, int]]:
    """A report and its retraction, one in five the wrong way round."""
    events = ((Kind.REPORTED, 1), (Kind.RETRACTED, 2))
    return events[::-1] if rng.random() < 0.2 else events


def _sendings(
    report: Report, place: int, history: Sequence[tuple[Kind, int]], rng: random.Random
) -> Iterator[Sending]:
    minute = _first_minute(report, rng)
    for number, (kind, version) in enumerate(history):
        if number:
            minute += rng.randrange(60, 25 * MINUTES_PER_DAY)
        minute = min(minute, LAST_SENDING_MINUTE + number)
        yield Sending(minute, place, place, kind, version, made_minute=minute)


def _first_minute(report: Report, rng: random.Random) -> int:
    """Within ten days after the period, or up to half a year later where the sender is late."""
    last_day = last_day_number(report.period)
    held_day = report.held_day
    earliest = last_day if held_day is None else held_day + 1
    latest = last_day + DAYS_TO_REPORT
    minute = rng.randrange(earliest * MINUTES_PER_DAY, latest * MINUTES_PER_DAY)
    if rng.random() < LATE:
        minute += rng.randrange(20 * MINUTES_PER_DAY, 180 * MINUTES_PER_DAY)
    return min(minute, LAST_SENDING_MINUTE)


def _spoilt(
    reports: Sequence[Report], sent: Sequence[Sending], rng: random.Random
) -> Iterator[Sending]:
    """Right events spoilt, each fault as often; `order` counts them on from the reports."""
    grants = [s for s in sent if reports[s.place].layer == GRANT and s.kind is Kind.REPORTED]
    offices = [
        s for s in sent if reports[s.place].layer == FRONT_OFFICE and s.kind is Kind.REPORTED
    ]
    for number in range(round(len(reports) * INVALID)):
        pool = grants if fault_of(number) is REGION_TOO_EARLY else offices
        base = rng.choice(pool)
        minute = base.minute + rng.randrange(60, 3 * MINUTES_PER_DAY)
        order = len(reports) + number
        yield Sending(minute, order, base.place, Kind.SPOILT, base.version, minute)


def _repeats(sent: Sequence[Sending], rng: random.Random) -> Iterator[Sending]:
    """The same event again, at once or weeks later."""
    right = [sending for sending in sent if sending.kind is not Kind.SPOILT]
    for sending in rng.sample(right, round(len(right) * DUPLICATED)):
        later = rng.choice((1, 5, MINUTES_PER_DAY, 20 * MINUTES_PER_DAY))
        yield sending._replace(minute=sending.minute + later, is_repeat=True)
