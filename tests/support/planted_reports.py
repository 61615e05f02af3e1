"""Errors of the offices' months and of single reports, to be planted into a clean year."""

import calendar
import math
from fractions import Fraction
from statistics import median
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.support.clean_year import (
    DIRECTIONS,
    NEWER,
    CleanYear,
    period_of,
    sent_on,
    source_of,
)
from tests.support.planting import OTHER, WHOLE_REGIONS, Plant, Wanted, in_hundredths, number
from tests.support.records import report, retraction


class _Place(NamedTuple):
    """An office's month, and the reports of it."""

    region: str
    month: int
    period: str
    source: str
    reports: dict[str, dict[str, Any]]


def place_of(draw: st.DrawFn, year: CleanYear, first: int = 1) -> _Place:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    return _place(year, region, draw(st.integers(first, year.months)))


def _place(year: CleanYear, region: str, month: int) -> _Place:
    return _Place(region, month, period_of(month), source_of(region), year.of_month(region, month))


def _again(place: _Place, version: int, **changes: Any) -> list[bytes]:
    return [
        report(name, source=place.source, **{**one, "version": version, **changes})
        for name, one in place.reports.items()
    ]


def silent_month(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year)
    if draw(st.booleans()):
        place = _place(year, draw(st.sampled_from(NEWER)), draw(st.integers(7, year.months)))
    half = f"2022-H{1 if place.month < 7 else 2}"
    whole = {"region": place.region, "period": draw(st.sampled_from([half, "2022"]))}
    is_held = draw(st.booleans())
    return Plant(
        [
            Wanted(
                *("completeness", "error", place.region, place.period, "reports of the office"),
                *(1, 0, -1),
            )
        ],
        [retraction(name, version=2, source=place.source) for name in place.reports],
        [report("whole", source=place.source, **whole)] if is_held else _again(place, 3),
    )


def late_reports(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year)
    several = draw(st.integers(1, 7))
    late = draw(st.integers(several // 5 + 1, several))
    hours = sum(one["hours"] for one in place.reports.values())
    moment = st.sampled_from(["T00:00:00Z", "T06:00:00+06:00", "T05:30:00.5+05:00"])
    common = {"region": place.region, "period": place.period, "source": place.source}
    days = sent_on(place.month, 16)[:10]
    times = [days + draw(moment) for _ in range(late)]
    times += [days + "T05:59:59+06:00"] * (several - late)
    reports = [
        # Of one day each: reports that say the same in everything would be doubles.
        {
            **common,
            "hours": 1 if n else hours - several + 1,
            "held_on": f"{place.period}-{n + 1:02d}",
            "time": time,
        }
        for n, time in enumerate(times)
    ]
    return Plant(
        [
            Wanted(
                *("timeliness", "warning", place.region, place.period, "reports on time"),
                *(several, several - late, -late),
            )
        ],
        [report(f"late-{n}", **one) for n, one in enumerate(reports)],
        [report(f"late-{n}", **one, version=2) for n, one in enumerate(reports[:late])],
        frozenset(place.reports),
    )


def empty_month(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year)
    amounts = {name: in_hundredths(one["hours"]) for name, one in place.reports.items()}
    hours = number(sum(amounts.values()))
    elsewhere = dict(amounts)
    if draw(st.booleans()):
        # One of them declares what all have, or more; the others are sent again as they were.
        first = next(iter(amounts))
        elsewhere = {first: sum(amounts.values()) + draw(st.integers(0, 500))}
    wanted = [
        Wanted(
            *("empty", "warning", place.region, place.period, "hours of the office"),
            *(hours, 0, -hours),
        )
    ]
    wanted += [
        Wanted(
            *("outlier", "error", place.region, place.period, "hours counted elsewhere"),
            *map(number, (amounts[name], declared, declared - amounts[name])),
            key=f"{place.source}|{name}",
        )
        for name, declared in elsewhere.items()
        if declared > amounts[name]
    ]
    planted = [
        report(
            name,
            source=place.source,
            **{**one, "version": 2, "already_counted": _already(elsewhere.get(name, 0))},
        )
        for name, one in place.reports.items()
    ]
    return Plant(wanted, planted, _again(place, 3))


def _already(hundredths: int) -> list[dict[str, Any]]:
    return [{"report_id": "x", "hours": hundredths / 100}] if hundredths else []


def repeated_month(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year, first=2)
    before = year.of_month(place.region, place.month - 1)
    named = {name[-1]: one for name, one in before.items()}
    own = {name[-1] for name in place.reports}
    start = f"{place.region}/{place.month}/"
    says = {
        "period": place.period,
        "time": sent_on(place.month),
        "held_on": None,
        "source": place.source,
    }
    planted = [
        report(start + letter, **{**one, **says, "version": 2 if letter in own else 1})
        for letter, one in named.items()
    ]
    planted += [
        retraction(start + letter, version=2, source=place.source) for letter in own - set(named)
    ]
    added = [
        retraction(start + letter, version=2, source=place.source) for letter in set(named) - own
    ]
    hundredths = sum(in_hundredths(one["hours"]) for one in before.values())
    return Plant(
        [
            Wanted(
                *("repeated", "warning", place.region, place.period, "reports of the office"),
                *(None, number(hundredths), None),
            )
        ],
        planted,
        [*_again(place, 3), *added],
    )


def outlying_month(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year)
    past = [Fraction(in_hundredths(hours)) for hours in year.past_of(place.region, place.month)]
    middle = median(past)
    deviation = median([abs(one - middle) for one in past])
    bound = middle + Fraction(7, 2) / Fraction("0.6745") * deviation
    found = math.floor(bound) + 1 + draw(st.integers(0, 10_000_000))
    name, data = next((n, d) for n, d in place.reports.items() if n.endswith("/a"))
    rest = sum(in_hundredths(d["hours"]) for n, d in place.reports.items() if n != name)
    changes = {
        "version": 2,
        "hours": (found - rest) / 100,
        "volunteers": None,
    }
    expected = math.floor(middle + Fraction(1, 2))
    assert middle.denominator == 1 or found > middle
    difference = math.floor(found - middle + Fraction(1, 2))
    return Plant(
        [
            Wanted(
                *("outlier", "warning", place.region, place.period, "hours of the office"),
                *(number(expected), number(found), number(difference)),
            )
        ],
        [report(name, source=place.source, **{**data, **changes})],
        [report(name, source=place.source, **{**data, "version": 3})],
    )


def hours_nobody_had(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(["KZ", *WHOLE_REGIONS]))
    month = draw(st.integers(1, year.months))
    period, days = draw(
        st.sampled_from(
            [
                (period_of(month), calendar.monthrange(2022, month)[1]),
                ("2022-H1", 181),
                ("2022-H2", 184),
                ("2022", 365),
            ]
        )
    )
    # What an office states for a month would be one of that month's reports.
    layers = ["independent"] if period == period_of(month) else ["independent", "front_office"]
    volunteers = draw(st.integers(0, 3))
    most = 24 * days * volunteers
    found = 100 * most + draw(st.integers(1, 100_000))
    data = {
        "region": region,
        "period": period,
        "layer": draw(st.sampled_from(layers)),
        "organisation": {"id": "o-tireless", "name": "Tireless", "kind": "ngo"},
        "source": OTHER,
        "hours": found / 100,
        "volunteers": volunteers,
    }
    one_more = {"volunteers": volunteers + 100} if volunteers else {"volunteers": None}
    right = draw(st.sampled_from([one_more, {"hours": most}] if most else [one_more]))
    return Plant(
        [
            Wanted(
                *("outlier", "error", None if region == "KZ" else region, period),
                *("hours for the volunteers", most, number(found), number(found - 100 * most)),
                f"{OTHER}|tireless",
            )
        ],
        [report("tireless", **data)],
        [report("tireless", **{**data, **right, "version": 2})],
    )


def _of_another(draw: st.DrawFn, year: CleanYear) -> dict[str, Any]:
    """What a source that no office has says of a month, a half-year or the year."""
    month = period_of(draw(st.integers(1, year.months)))
    period = draw(st.sampled_from([month, "2022-H1", "2022-H2", "2022"]))
    # What an office states for a month would be one of that month's reports.
    layers = ["independent"] if period == month else ["independent", "front_office"]
    return {
        "region": draw(st.sampled_from(["KZ", *WHOLE_REGIONS])),
        "period": period,
        "layer": draw(st.sampled_from(layers)),
        "direction": DIRECTIONS[1],
        "organisation": {"id": "o-another", "name": "Another", "kind": "ngo"},
        "source": OTHER,
    }


def _outlier_of(data: dict[str, Any], importance: str, what: str, *figures: Any) -> Wanted:
    region = None if data["region"] == "KZ" else data["region"]
    said = ("outlier", importance, region, data["period"], what)
    return Wanted(*said, *figures, key=f"{OTHER}|another")


def more_elsewhere_than_hours(draw: st.DrawFn, year: CleanYear) -> Plant:
    hours, more = draw(st.integers(1, 100_000)), draw(st.integers(1, 1_000))
    data = {**_of_another(draw, year), "hours": hours / 100}
    figures = map(number, (hours, hours + more, more))
    return Plant(
        [_outlier_of(data, "error", "hours counted elsewhere", *figures)],
        [report("another", **data, already_counted=_already(hours + more))],
        [report("another", **data, already_counted=_already(hours), version=2)],
    )


def more_of_a_kind_than_volunteers(draw: st.DrawFn, year: CleanYear) -> Plant:
    volunteers, more = draw(st.integers(1, 500)), draw(st.integers(1, 99))
    data = {**_of_another(draw, year), "hours": 0.5, "volunteers": volunteers}
    kinds = draw(st.permutations([volunteers + more, volunteers, 1, None]))
    wrong = dict(zip(("child", "inclusive", "general", "silver"), kinds, strict=True))
    # Of several kinds each may be all of them: who is counted twice is not for us to say.
    right = {name: volunteers if (n or 0) > volunteers else n for name, n in wrong.items()}
    figures = (volunteers, volunteers + more, more)
    return Plant(
        [_outlier_of(data, "warning", "participants for the volunteers", *figures)],
        [report("another", **data, participants=wrong)],
        [report("another", **data, participants=right, version=2)],
    )


def held_on_another_day(draw: st.DrawFn, year: CleanYear) -> Plant:
    data = _of_another(draw, year)
    period = data["period"]
    first, last = {"2022": (1, 12), "2022-H1": (1, 6), "2022-H2": (7, 12)}.get(
        period, (int(period[-2:].strip("H")),) * 2
    )
    inside = [period_of(month) for month in range(first, last + 1)]
    outside = [period_of(month) for month in range(1, 13) if not first <= month <= last]
    outside += ["2021-12", "2023-01", period_of(first, 2021), period_of(last, 2023)]
    day = draw(st.integers(1, 28))
    wrong = f"{draw(st.sampled_from(outside))}-{day:02d}"
    right = f"{draw(st.sampled_from(inside))}-{day:02d}"
    return Plant(
        [_outlier_of(data, "warning", "held_on outside the period", None, None, None)],
        [report("another", **data, held_on=wrong)],
        [report("another", **data, held_on=right, version=2)],
    )


def double_report(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year)
    name, data = next((n, d) for n, d in place.reports.items() if n.endswith("/a"))
    own = in_hundredths(data["hours"])
    is_higher = draw(st.booleans())
    most, least = own * 105 // 100, -(-own * 100 // 105)
    theirs = draw(st.integers(own, most) if is_higher else st.integers(least, own))
    names = {own: f"{place.source}|{name}"}
    pair = sorted([(own, names[own]), (theirs, f"{OTHER}|double")])
    double = {
        "region": place.region,
        "period": place.period,
        "direction": data["direction"],
        "layer": "independent",
        "source": OTHER,
        "hours": theirs / 100,
    }
    right = draw(
        st.sampled_from(
            [
                {"hours": (most + 1) / 100},
                {"hours": (least - 1) / 100},
                {"already_counted": [{"report_id": name, "hours": -(-theirs * 95 // 100) / 100}]},
                {"direction": DIRECTIONS[2]},
                {"organisation": {"id": "o-2", "name": "2", "kind": "ngo"}},
                {"region": "KZ"},
            ]
        )
    )
    (lower, its_name), (higher, other_name) = pair
    return Plant(
        [
            Wanted(
                *("likely_double", "warning", place.region, place.period),
                f"o-1 in {data['direction']}",
                *(number(lower), number(higher), number(higher - lower)),
                f"{its_name}|{other_name}",
            )
        ],
        [report("double", **double)],
        [report("double", **{**double, **right, "version": 2})],
    )
