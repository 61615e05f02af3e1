"""A record of the log as the statement it makes, or nothing where it makes none."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from birge_stack.oracle.territory import COUNTRY, DIRECTIONS, FORMATS, LAYERS, VALID_FROM

REPORTED = "kz.birge.activity.reported.v1"
RETRACTED = "kz.birge.activity.retracted.v1"
_KIND_BY_TYPE = {
    REPORTED: "activity",
    RETRACTED: "activity",
    "kz.birge.census.submitted.v1": "census",
    "kz.birge.inquiry.received.v1": "inquiry-received",
    "kz.birge.inquiry.resolved.v1": "inquiry-resolved",
    "kz.birge.milestone.reported.v1": "milestone",
    "kz.birge.reference.published.v1": "reference",
    "kz.birge.grant-indicator.reported.v1": "grant-indicator",
    "kz.birge.finding.explained.v1": "explanation",
}
_MOST_HOURS, _MOST_PERSONS, _MOST_VERSION = 100_000_000, 10_000_000, 2_147_483_647
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-5][0-9])"
)
_SUPPORT = (
    "equipment",
    "fundraising",
    "organising",
    "printing",
    "psychological",
    "publicity",
    "recruiting",
    "transport",
)
_EXCLUDED = (
    "charity",
    "commercial",
    "forced",
    "fundraising",
    "paid",
    "political",
    "religious",
    "spectator",
    "athlete",
)
_CATEGORIES = (
    "child",
    "corporate",
    "general",
    "inclusive",
    "international",
    "pro_bono",
    "silver",
)
Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What one activity report adds, and who said it when."""

    source: str
    report_id: str
    version: int
    sent_at: datetime
    organisation_id: str
    region: str
    period: str
    layer: str
    direction: str | None
    format: str | None
    hours: Decimal
    already_counted: Decimal
    events: int | None
    volunteers: int | None
    participants: tuple[tuple[str, int], ...]
    development: bool
    support: tuple[str, ...]
    project: str | None
    regularity: str | None
    volunteer_hours: tuple[tuple[str, Decimal], ...]
    is_held_outside: bool
    held_on: str | None
    district: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One version of what a source says of a subject; `content` is None for a retraction."""

    identity: Identity
    version: int
    content: Report | dict[str, Any] | None


class Unreadable(Exception):
    """The record says nothing that could be counted."""


def statement_from(value: bytes | None) -> Statement:
    """The statement of a record's value; raises Unreadable where there is none."""
    event = _decoded(value)
    kind = _KIND_BY_TYPE.get(_text(event.get("type")))
    data = event.get("data")
    if kind is None or not isinstance(data, dict):
        raise Unreadable
    identity = (_text(event.get("source")), kind, _text(event.get("subject")))
    version = (
        0
        if kind.startswith("inquiry-")
        else _whole(data.get("version"), least=1, most=_MOST_VERSION)
    )
    if event["type"] == RETRACTED:
        return Statement(identity, version, None)
    return Statement(identity, version, _report(event, version) if kind == "activity" else data)


def _decoded(value: bytes | None) -> dict[str, Any]:
    if value is None:
        raise Unreadable
    try:
        event = json.loads(value.decode("utf-8"), parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(event, dict):
        raise Unreadable
    return event


def _refuse(_: str) -> None:
    raise ValueError("not a number")


def _report(event: dict[str, Any], version: int) -> Report:
    data: dict[str, Any] = event["data"]
    _check_uncounted(data)
    return Report(
        source=event["source"],
        report_id=event["subject"],
        version=version,
        sent_at=_instant(event.get("time")),
        organisation_id=_text(_object(data.get("organisation")).get("id")),
        region=_one_of(data.get("region"), (*VALID_FROM, COUNTRY)),
        period=_text(data.get("period")),
        layer=_one_of(data.get("layer"), LAYERS),
        direction=_one_of_or_none(data.get("direction"), DIRECTIONS),
        format=_one_of_or_none(data.get("format"), FORMATS),
        hours=_hours(data.get("hours")),
        already_counted=sum(
            (_hours(item.get("hours")) for item in _items(data.get("already_counted"))), Decimal(0)
        ),
        events=_whole_or_none(data.get("events")),
        volunteers=_whole_or_none(data.get("volunteers")),
        participants=_participants(data.get("participants")),
        development=data.get("development") is True,
        support=tuple(data.get("support") or ()),
        project=data.get("grant_project"),
        regularity=_one_of_or_none(data.get("regularity"), ("continuous", "one_off")),
        volunteer_hours=_volunteer_hours(data.get("volunteer_hours")),
        is_held_outside=_is_held_outside(data.get("held_on"), _text(data.get("period"))),
        held_on=data.get("held_on"),
        district=None if data.get("district") is None else _text(data["district"]),
    )


def _is_held_outside(day: Any, period: str) -> bool:
    """Whether the day of a report lies outside the period that it is stated for."""
    if day is None:
        return False
    month = _text(day)[:7]
    if "-H" not in period:
        return not month.startswith(period)
    half = f"{month[:4]}-H{1 if month[5:] <= '06' else 2}"
    return half != period


def _check_uncounted(data: dict[str, Any]) -> None:
    """What no table here adds up makes a report unreadable all the same where it is wrong."""
    support = data.get("support")
    if support is not None and not isinstance(support, list):
        raise Unreadable
    for kind in support or ():
        _one_of(kind, _SUPPORT)
    for item in _items(data.get("excluded")):
        _one_of(item.get("reason"), _EXCLUDED)
        _whole_or_none(item.get("volunteers"))
        if item.get("hours") is not None:
            _hours(item["hours"])
    if not isinstance(data.get("development", False), bool):
        raise Unreadable
    if data.get("grant_project") is not None:
        _text(data["grant_project"])


def _participants(value: Any) -> tuple[tuple[str, int], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise Unreadable
    for name in value:
        _one_of(name, _CATEGORIES)
    return tuple((name, _whole(n)) for name, n in value.items() if n is not None)


def _volunteer_hours(value: Any) -> tuple[tuple[str, Decimal], ...]:
    """Each volunteer once, with all hours that the report says of them."""
    hours: dict[str, Decimal] = {}
    for item in _items(value):
        volunteer = _text(item.get("volunteer"))
        hours[volunteer] = hours.get(volunteer, Decimal(0)) + _hours(item.get("hours"))
    return tuple(hours.items())


def _instant(value: Any) -> datetime:
    """An RFC 3339 date-time; its zone makes it an instant."""
    if not isinstance(value, str) or _INSTANT.fullmatch(value) is None:
        raise Unreadable
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError as error:
        raise Unreadable from error


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable
    return value


def _items(value: Any) -> list[dict[str, Any]]:
    items = [] if value is None else value
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Unreadable
    return items


def _hours(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Unreadable
    hours = Decimal(value)
    if not 0 < hours <= _MOST_HOURS or hours * 100 != int(hours * 100):
        raise Unreadable
    return hours


def _whole(value: Any, *, least: int = 0, most: int = _MOST_PERSONS) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Unreadable
    return value


def _whole_or_none(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable
    return value


def _one_of(value: Any, codes: tuple[str, ...]) -> str:
    if _text(value) not in codes:
        raise Unreadable
    return str(value)


def _one_of_or_none(value: Any, codes: tuple[str, ...]) -> str | None:
    return None if value is None else _one_of(value, codes)
