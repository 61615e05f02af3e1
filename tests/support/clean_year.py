"""A year in which everything fits: no check finds anything in it."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from birge_aggregator.stores.memory import MemoryStore
from birge_common.regions import regions_on
from tests.support.records import census, printed, report
from tests.support.tables import counted

REGIONS = regions_on(date(2022, 1, 1))
NEWER = tuple(code for code in regions_on(date(2022, 7, 1)) if code not in REGIONS)
"""The regions of 8 June 2022: July is the first month they owe."""
HALVES = ("2021-H1", "2021-H2", "2022-H1", "2022-H2")
DIRECTIONS = ("umit", "bilim", "media")
OF_PRINT = "KZ-79"
"""The region whose figures were printed: a test that changes them breaks the print."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "gender": ("men", "women"),
    "age": ("under_18", "from_18_to_29", "from_30_to_pension", "pension"),
    "occupation": ("school_pupil", "student", "neet", "employed", "unemployed", "retired"),
}


@dataclass(frozen=True)
class CleanYear:
    """What was sent, by subject; months are 1 to `months`.

    `before` are the reports of the year before, from which no print is made.
    """

    months: int
    before: Mapping[str, dict[str, Any]] = field(repr=False)
    reports: Mapping[str, dict[str, Any]] = field(repr=False)
    censuses: Mapping[tuple[str, str], dict[str, Any]] = field(repr=False)
    prints: Mapping[str, dict[str, Any]] = field(repr=False)

    def records(self, without: Collection[object] = ()) -> list[bytes]:
        """Every record, but for reports of these names and censuses of these places."""
        return [
            *(
                report(name, source=source_of(one["region"]), **one)
                for name, one in {**self.before, **self.reports}.items()
                if name not in without
            ),
            *(
                census(*place, **one)
                for place, one in self.censuses.items()
                if place not in without
            ),
            printed(*self.prints.values()),
            passed(self.months),
        ]

    def of_month(self, region: str, month: int) -> dict[str, dict[str, Any]]:
        """The office's reports of a month, by name."""
        start = f"{region}/{month}/"
        return {name: one for name, one in self.reports.items() if name.startswith(start)}

    def hours_of(self, region: str) -> dict[int, float]:
        """The hours of each month of the office."""
        return {
            month: sum(one["hours"] for one in self.of_month(region, month).values())
            for month in range(1, self.months + 1)
        }

    def past_of(self, region: str, month: int) -> list[float]:
        """The hours of the office's months among the twelve before this one."""
        last_year = [
            sum(one["hours"] for one in self.before.values() if is_of(one, region, of_month))
            for of_month in (f"2021-{number:02d}" for number in range(max(month, 7), 13))
        ]
        return last_year + [self.hours_of(region)[number] for number in range(1, month)]


def is_of(one: Mapping[str, Any], region: str, period: str) -> bool:
    """Whether an office of the region stated it for the period."""
    return (one["region"], one["period"]) == (region, period) and "layer" not in one


def source_of(region: str) -> str:
    """The office of a region."""
    return f"urn:birge:office:{region}"


def period_of(month: int, year: int = 2022) -> str:
    """`2022-03` of 3."""
    return f"{year}-{month:02d}"


def sent_on(month: int, day: int = 10, year: int = 2022) -> str:
    """A day of the month after, when reports are sent."""
    year, next_month = (year, month + 1) if month < 12 else (year + 1, 1)
    return f"{year}-{next_month:02d}-{day:02d}T09:00:00Z"


def passed(month: int, **changes: Any) -> bytes:
    """No office's report, sent in the very moment in which the month's deadline is over."""
    said = {
        "region": "KZ",
        "period": "2022",
        "layer": "independent",
        "direction": None,
        "organisation": {"id": "o-passed", "name": "Passed", "kind": "ngo"},
        "source": "urn:birge:passed",
        "time": sent_on(month, 16)[:10] + "T00:00:00Z",
    }
    return report("passed", **{**said, **changes})


def volunteers_of(r: random.Random, total: int) -> dict[str, Any]:
    """A census's volunteers; each group adds up to the total."""
    return {"total": total, **{name: parts(r, total, names) for name, names in GROUPS.items()}}


def parts(r: random.Random, total: int, names: tuple[str, ...]) -> dict[str, int]:
    """The total in as many parts as there are names; any of them may be 0."""
    places = sorted(r.randint(0, total) for _ in names[1:])
    pairs = zip([0, *places], [*places, total], strict=True)
    return dict(zip(names, (b - a for a, b in pairs), strict=True))


def clean_year(seed: int, months: int = 7) -> CleanYear:
    """A year of all offices: whoever varies, varies evenly, and nobody says a thing twice.

    Every six months an office's hours come back, so that the months before always vary enough.
    """
    r = random.Random(seed)
    before: dict[str, dict[str, Any]] = {}
    reports: dict[str, dict[str, Any]] = {}
    censuses: dict[tuple[str, str], dict[str, Any]] = {}
    for region in REGIONS:
        order = r.sample(range(6), 6)
        base, step = r.randint(100, 900), r.choice([0.25, 1, 7.5])
        _add_half_year(before, region, base)
        for month in range(7, 13):
            _add_month(r, before, region, month, base + step * order[month - 7], 2021)
        for month in range(1, months + 1):
            _add_month(r, reports, region, month, base + step * order[(month - 1) % 6])
        total = r.randint(500, 5_000)
        # No more than 4 % around it, and no half-year like the one before.
        shares = r.sample([-4, -3, -2, -1, 1, 2, 3, 4], 4)
        for half, share in zip(HALVES, shares, strict=True):
            censuses[region, half] = {
                "volunteers": volunteers_of(r, total + total * share // 100),
                "organisations": {"ngos": r.randint(0, 9), "initiative_groups": None},
            }
    for region in NEWER:
        _add_newer(r, reports, censuses, region, months)
    return CleanYear(months, before, reports, censuses, _prints(reports, censuses))


def _add_half_year(reports: dict[str, dict[str, Any]], region: str, base: float) -> None:
    """Of the first half of the year before, one statement holds every month."""
    said = {"region": region, "period": "2021-H1", "time": sent_on(6, year=2021)}
    reports[f"{region}/2021-H1"] = {**said, "direction": DIRECTIONS[0], "hours": 6 * base}


def _add_newer(
    r: random.Random,
    reports: dict[str, dict[str, Any]],
    censuses: dict[tuple[str, str], dict[str, Any]],
    region: str,
    months: int,
) -> None:
    """So little that it changes nothing of its predecessor, on the map of 17."""
    for month, hundredths in zip(range(7, months + 1), r.sample(range(1, 9), 6), strict=False):
        said = {"region": region, "period": period_of(month), "time": sent_on(month)}
        reports[f"{region}/{month}/a"] = {
            **said,
            "direction": DIRECTIONS[0],
            "hours": hundredths / 100,
        }
    censuses[region, "2022-H2"] = {
        "volunteers": volunteers_of(r, r.randint(1, 3)),
        "organisations": {"ngos": 1, "initiative_groups": None},
    }


def _add_month(
    r: random.Random,
    reports: dict[str, dict[str, Any]],
    region: str,
    month: int,
    hours: float,
    year: int = 2022,
) -> None:
    start = f"{region}/{month}" if year == 2022 else f"{region}/{year}-{month}"
    common = {
        "region": region,
        "period": period_of(month, year),
        "time": sent_on(month, year=year),
    }
    is_split = r.random() < 0.3
    if is_split:
        reports[f"{start}/b"] = {**common, "direction": DIRECTIONS[1], "hours": 8.5}
    reports[f"{start}/a"] = {
        **common,
        "direction": DIRECTIONS[0],
        "hours": hours - 8.5 * is_split,
        "volunteers": r.choice([None, 2, 40]),
        "participants": r.choice([None, {"child": 2, "silver": None}]),
        "held_on": r.choice([None, f"{period_of(month, year)}-28"]),
        "events": r.choice([None, 0, 3]),
    }
    if r.random() < 0.2:
        # A grant of the same organisation, which is no double: its hours are others.
        name = f"grant/{start}"
        of_grant = {"layer": "grant", "direction": DIRECTIONS[0], "volunteers": 30}
        reports[name] = {**common, **of_grant, "hours": hours * 2}


def _prints(
    reports: Mapping[str, dict[str, Any]], censuses: Mapping[tuple[str, str], dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Totals of grants, and of one region, as a careful hand would print them."""
    own = [one for one in reports.values() if one["region"] == OF_PRINT and "layer" not in one]
    of_region = sum(one["hours"] for one in own)
    of_first = sum(one["hours"] for one in own if one["direction"] == DIRECTIONS[0])
    grants = [one["hours"] for one in reports.values() if "layer" in one]
    people = [one["volunteers"] for one in own if one.get("volunteers") is not None]
    office = {"region": OF_PRINT, "layers": ["front_office"]}
    rows: list[dict[str, Any]] = [
        {"value": of_region, "of": {"table": "hours", **office}},
        {"value": of_region, "at_least": True, "of": {"table": "hours"}},
        {
            "unit": "%",
            "value": _as_printed(Fraction(100 * _hundredths(of_first), _hundredths(of_region))),
            "of": {"table": "representedness", "direction": DIRECTIONS[0], "region": OF_PRINT},
        },
        {
            "unit": "persons",
            "value": censuses[OF_PRINT, "2022-H2"]["volunteers"]["total"],
            "of": {"table": "volunteers", "region": OF_PRINT},
        },
        {"value": 7.5, "parts": [{"what": "a", "value": 3}, {"what": "b", "value": 4.5}]},
    ]
    if grants:
        of = {"table": "hours", "layers": ["grant"]}
        rows.append({"value": sum(grants), "of": of})
        rows.append({"unit": "%", "value": 100, "of": {**of, **_SHARE}})
    if people:
        rows.append(
            {"unit": "volunteers", "value": sum(people), "of": {"table": "hours", **office}}
        )
    return {str(number): {"what": f"row {number}", **row} for number, row in enumerate(rows)}


def _hundredths(hours: float) -> int:
    return round(100 * hours)


def _as_printed(share: Fraction) -> float:
    """At three decimals; what lies in the middle of two of them is printed as it is."""
    is_tie = (2_000 * share).denominator == 1
    return float(share) if is_tie else round(float(share), 3)


_SHARE = {"table": "directions", "direction": "umit"}


@cache
def counted_year(seed: int) -> MemoryStore:
    """The store after a clean year; not to be written to."""
    return counted(clean_year(seed).records())
