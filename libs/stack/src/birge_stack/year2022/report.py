"""One activity report as planned, and the data of its events; what is not kept is drawn anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from birge_stack.year2022 import chance
from birge_stack.year2022.calendar_2022 import day_number, day_text, days_in
from birge_stack.year2022.figures import HUNDREDTHS, figures_of_2022
from birge_stack.year2022.places import DISTRICTS, NOTES, Organisation

FRONT_OFFICE, GRANT, INDEPENDENT = "front_office", "grant", "independent"
SUPPORT_KINDS = (
    "recruiting",
    "publicity",
    "organising",
    "fundraising",
    "transport",
    "equipment",
    "printing",
    "psychological",
)
EXCLUSIONS = ("forced", "paid", "political", "religious", "spectator", "athlete", "fundraising")
# In how many of a thousand reports a fifth of the people are of this kind, cumulated.
RARE_PARTICIPANTS = (
    ("silver", 60),
    ("inclusive", 90),
    ("corporate", 130),
    ("international", 145),
    ("pro_bono", 180),
)
LONGEST_VOLUNTEER_DAY = 8 * HUNDREDTHS


@dataclass(frozen=True, slots=True)
class AlreadyCounted:
    """Hours of a report that stand in a region's own statistics of a month."""

    source: str
    region: str
    period: str
    hundredths: int


@dataclass(frozen=True, slots=True)
class Report:
    """What counts of one report; `noise` decides everything else about it."""

    source: str
    report_id: str
    region: str
    period: str
    direction: str | None
    layer: str
    hundredths: int
    events: int | None
    volunteers: int | None
    organisation: Organisation
    noise: int
    development: bool = False
    supported: bool = False
    grant_project: str | None = None
    already_counted: tuple[AlreadyCounted, ...] = ()

    @property
    def held_day(self) -> int | None:
        """The day of a one-off action that the sender dated."""
        if self.events is None or len(self.period) != 7 or self.period[5] == "H":
            return None
        if not chance.happens(self.noise, chance.DAY, 800):
            return None
        offset = chance.draw(self.noise, chance.DAY + 2, days_in(self.period))
        return day_number(date.fromisoformat(f"{self.period}-01")) + offset


def hours_number(hundredths: int) -> int | float:
    """Hours as JSON writes them: whole ones without a point."""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    return hundredths / HUNDREDTHS if rest else whole


def activity_data(report: Report, *, version: int, is_live: bool) -> dict[str, Any]:
    """The data of one version; the live one carries the planned hours, others an earlier count."""
    noise = report.noise
    hundredths = report.hundredths if is_live else _earlier_count(report, version)
    data: dict[str, Any] = {
        "report_id": report.report_id,
        "version": version,
        "region": report.region,
        "period": report.period,
        "direction": report.direction,
        "format": _format(report),
        "hours": hours_number(hundredths),
        "layer": report.layer,
        "organisation": report.organisation.as_data(),
        "development": report.development,
        "regularity": "continuous" if report.events is None else "one_off",
    }
    _add_people(data, report)
    if report.region in DISTRICTS and chance.happens(noise, chance.DISTRICT, 600):
        data["district"] = chance.pick(noise, chance.DISTRICT + 2, DISTRICTS[report.region])
    if report.held_day is not None:
        data["held_on"] = day_text(report.held_day)
    if report.supported:
        first = chance.draw(noise, chance.SUPPORT, len(SUPPORT_KINDS))
        data["support"] = sorted({SUPPORT_KINDS[first], SUPPORT_KINDS[first // 2]})
    if report.grant_project is not None:
        data["grant_project"] = report.grant_project
    if report.already_counted:
        data["already_counted"] = [_already_counted(item) for item in report.already_counted]
    _add_rarities(data, report, hundredths)
    return data


def _earlier_count(report: Report, version: int) -> int:
    """What an earlier version said: between a half and one and a half times the right figure."""
    per_mille = 500 + chance.draw(report.noise, chance.EARLIER + 2 * version, 1000)
    return max(1, report.hundredths * per_mille // 1000)


def _format(report: Report) -> str | None:
    drawn = chance.draw(report.noise, chance.FORMAT, 1000)
    if drawn < 20:
        return None
    if drawn < (120 if report.direction == "umit" else 45):
        return "auto"
    return "online" if drawn < 150 else "offline"


def _add_people(data: dict[str, Any], report: Report) -> None:
    if report.events is not None:
        data["events"] = report.events
    if report.volunteers is None:
        return
    data["volunteers"] = report.volunteers
    if chance.happens(report.noise, chance.PARTICIPANTS, 880):
        data["participants"] = _participants(report, report.volunteers)


def _participants(report: Report, volunteers: int) -> dict[str, int]:
    """Categories that add up to the volunteers; children as in the region's census."""
    parts: dict[str, int] = {}
    census = figures_of_2022().census.get(report.region)
    if census is not None:
        parts["child"] = volunteers * census.age["under_18"] // census.volunteers
    drawn = chance.draw(report.noise, chance.PARTICIPANTS + 2, 1000)
    rare = next((kind for kind, limit in RARE_PARTICIPANTS if drawn < limit), None)
    if rare is not None:
        parts[rare] = max(1, volunteers // 5)
    parts["general"] = volunteers - sum(parts.values())
    return {kind: count for kind, count in parts.items() if count}


def _already_counted(item: AlreadyCounted) -> dict[str, Any]:
    return {
        "source": item.source,
        "region": item.region,
        "period": item.period,
        "hours": hours_number(item.hundredths),
    }


def _add_rarities(data: dict[str, Any], report: Report, hundredths: int) -> None:
    noise = report.noise
    if chance.happens(noise, chance.EXCLUDED, 6):
        reason = chance.pick(noise, chance.EXCLUDED + 2, EXCLUSIONS)
        volunteers = 1 + chance.draw(noise, chance.EXCLUDED + 4, 30)
        data["excluded"] = [{"reason": reason, "hours": 2 * volunteers, "volunteers": volunteers}]
    if chance.happens(noise, chance.EVIDENCE, 50):
        url = f"https://evidence.example/{report.report_id}.jpg"
        data["evidence"] = [{"kind": "photo", "url": url}]
    if chance.happens(noise, chance.NOTE, 30):
        data["note"] = chance.pick(noise, chance.NOTE + 2, NOTES)
    if "held_on" in data and chance.happens(noise, chance.PERSONS, 20):
        data["volunteer_hours"] = _volunteer_hours(noise, hundredths)


def _volunteer_hours(noise: int, hundredths: int) -> list[dict[str, Any]]:
    """At most three people by pseudonym, no more together than the report has."""
    people = min(3, hundredths)
    each = min(hundredths // people, LONGEST_VOLUNTEER_DAY)
    first = chance.draw(noise, chance.PERSONS + 2, 100_000)
    return [
        {"volunteer": f"vol-{first + person:06d}", "hours": hours_number(each)}
        for person in range(people)
    ]
