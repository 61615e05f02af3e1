"""The one job of every contestant: the figures that a report adds to, and how they are kept.

They are the product's own figures. What differs is only where they are put: `flat` keeps a
document a counter, as everybody begins; `pages` keeps all counters of a region, period, layer and
partition together, as the product does.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec
from pydantic import BaseModel, ConfigDict, Field

COUNTRY = "KZ"
Increments = dict[str, dict[str, int]]


class Report(Protocol):
    """What is counted of a report, however it was decoded."""

    @property
    def region(self) -> str: ...  # noqa: D102
    @property
    def period(self) -> str: ...  # noqa: D102
    @property
    def layer(self) -> str: ...  # noqa: D102
    @property
    def direction(self) -> str | None: ...  # noqa: D102
    @property
    def format(self) -> str | None: ...  # noqa: D102
    @property
    def hours(self) -> float: ...  # noqa: D102
    @property
    def events(self) -> int | None: ...  # noqa: D102
    @property
    def volunteers(self) -> int | None: ...  # noqa: D102
    @property
    def participants(self) -> Mapping[str, int | None] | None: ...  # noqa: D102
    @property
    def development(self) -> bool: ...  # noqa: D102


class SlimReport(msgspec.Struct, gc=False):
    """Only the fields that are counted; the door has checked the rest."""

    report_id: str
    version: int
    region: str
    period: str
    hours: float
    layer: str
    direction: str | None = None
    format: str | None = None
    events: int | None = None
    volunteers: int | None = None
    participants: dict[str, int | None] | None = None
    development: bool = False


class SlimEvent(msgspec.Struct, gc=False):
    """The envelope as far as counting needs it."""

    source: str
    type: str
    subject: str
    data: SlimReport


slim_event = msgspec.json.Decoder(SlimEvent).decode


class Organisation(BaseModel):
    """Who did the work."""

    id: str = Field(max_length=200)
    name: str = Field(max_length=500)
    kind: str


class FullReport(BaseModel):
    """The whole report, as a subscriber with pydantic declares it."""

    model_config = ConfigDict(extra="forbid")

    report_id: str = Field(max_length=200)
    version: int = Field(ge=1)
    region: str = Field(pattern=r"^KZ(-\d\d)?$")
    period: str = Field(max_length=10)
    direction: str | None = None
    format: str | None = None
    hours: float = Field(gt=0)
    events: int | None = Field(None, ge=0)
    volunteers: int | None = Field(None, ge=0)
    participants: dict[str, int | None] | None = None
    layer: str
    organisation: Organisation
    development: bool
    note: str | None = Field(None, max_length=4_000)


class FullEvent(BaseModel):
    """The whole envelope."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str
    time: str
    data: FullReport


def groups_of(report: Report) -> list[str]:
    """The counters a report adds to; each holds number, hours, events and people."""
    groups = [f"direction/{report.direction or ''}", f"format/{report.format or ''}"]
    if report.development:
        groups.append("development/")
    return groups


def add_flat(counters: Increments, report: Report, *, rollups: bool) -> None:
    """Add a report to counters that are documents of their own.

    With `rollups` also to those of the country and of the year: what somebody keeps who wants to
    read every row of a table as it is.
    """
    amounts = _amounts(report)
    for place in _places(report, rollups=rollups):
        for group in groups_of(report):
            _merge(counters.setdefault(f"{place}|{group}", {}), amounts)
        for category, people in (report.participants or {}).items():
            if people is not None:
                name = f"{place}|participants/{category}"
                _merge(counters.setdefault(name, {}), {"people": people, "people_given": 1})


def _amounts(report: Report) -> dict[str, int]:
    amounts = {"n": 1, "hundredths": round(report.hours * 100)}
    if report.events is not None:
        amounts |= {"events": report.events, "events_given": 1}
    if report.volunteers is not None:
        amounts |= {"people": report.volunteers, "people_given": 1}
    return amounts


def _places(report: Report, *, rollups: bool) -> Iterable[str]:
    if not rollups:
        return (f"{report.region}|{report.period}|{report.layer}",)
    return [
        f"{region}|{period}|{report.layer}"
        for region in (report.region, COUNTRY)
        for period in (report.period, report.period[:4])
    ]


def _merge(into: dict[str, int], amounts: Mapping[str, int]) -> None:
    for name, amount in amounts.items():
        into[name] = into.get(name, 0) + amount


def add_to_page(page: dict[str, int], report: Report) -> None:
    """Add a report to the counters of its page, named as the product names them."""
    get = page.get
    hundredths, events, people = round(report.hours * 100), report.events, report.volunteers
    for group in groups_of(report):
        page[f"{group}/n"] = get(f"{group}/n", 0) + 1
        page[f"{group}/hours"] = get(f"{group}/hours", 0) + hundredths
        if events is not None:
            page[f"{group}/events"] = get(f"{group}/events", 0) + events
            page[f"{group}/events/given"] = get(f"{group}/events/given", 0) + 1
        if people is not None:
            page[f"{group}/people"] = get(f"{group}/people", 0) + people
            page[f"{group}/people/given"] = get(f"{group}/people/given", 0) + 1
    if report.participants:
        for category, number in report.participants.items():
            if number is not None:
                name = f"participants/{category}"
                page[f"{name}/people"] = get(f"{name}/people", 0) + number
                page[f"{name}/given"] = get(f"{name}/given", 0) + 1


def pages_of(records: Iterable[tuple[int, bytes]]) -> dict[str, dict[str, int]]:
    """The pages' increments of a batch of (partition, value), decoded to what is counted."""
    pages: dict[str, dict[str, int]] = {}
    for partition, value in records:
        report = slim_event(value).data
        name = f"{report.region}|{report.period}|{report.layer}|p{partition}"
        page = pages.get(name)
        if page is None:
            page = pages[name] = {}
        add_to_page(page, report)
    return pages


def flat_updates(counters: Increments) -> list[tuple[str, dict[str, Any]]]:
    """The update of each flat counter."""
    return [(name, {"$inc": amounts}) for name, amounts in counters.items()]
