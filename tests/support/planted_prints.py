"""Errors of print, to be planted into a clean year."""

import math
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.support.clean_year import (
    DIRECTIONS,
    CleanYear,
)
from tests.support.planted_reports import place_of
from tests.support.planting import (
    OTHER,
    WHOLE_REGIONS,
    Plant,
    Wanted,
    in_hundredths,
    number,
    of_key,
)
from tests.support.records import printed


def wrong_printed_parts(draw: st.DrawFn, year: CleanYear) -> Plant:
    parts = draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
    error = draw(st.integers(-1_000, 1_000).filter(bool))
    unit = draw(st.sampled_from(["h", "tenge"]))
    period = draw(st.sampled_from(["2022", "2022-H2", "2022-05"]))
    value = sum(parts) + error
    row = {
        "what": "all",
        "unit": unit,
        "value": value / 100,
        "parts": [{"what": "part", "value": part / 100} for part in parts],
    }
    right = draw(
        st.sampled_from([{"value": sum(parts) / 100}, {"parts": []}])
        if error < 0
        else st.sampled_from([{"value": (sum(parts) - 5) / 100, "at_least": True}, {"parts": []}])
    )
    return Plant(
        [
            Wanted(
                *("sum_of_parts", "error", None, period, "all"),
                *(number(value), number(sum(parts)), number(-error), f"{OTHER}|{unit}|parts|"),
            )
        ],
        [printed(row, period=period, source=OTHER)],
        [printed({**row, **right}, period=period, source=OTHER, version=2)],
    )


def wrong_print(draw: st.DrawFn, year: CleanYear) -> Plant:
    place = place_of(draw, year)
    period = draw(st.sampled_from(["2022", place.period]))
    months = year.hours_of(place.region)
    hours = [months[place.month]] if period == place.period else list(months.values())
    own = sum(map(in_hundredths, hours))
    error = draw(st.integers(-min(own, 10_000), 10_000).filter(bool))
    at_least = error > 0 and draw(st.booleans())
    of = {"table": "hours", "region": place.region, "layers": ["front_office"]}
    row = {"what": "ours", "value": (own + error) / 100, "at_least": at_least, "of": of}
    # A figure printed with fewer decimals agrees with whatever rounds to it.
    decimals = 0 if (own + error) % 100 == 0 else 1 if (own + error) % 10 == 0 else 2
    agrees = 2 * abs(error) < 10 ** (2 - decimals) and not at_least
    right = draw(st.sampled_from([{"value": own / 100, "at_least": False}, {"of": None}]))
    return Plant(
        []
        if agrees
        else [
            Wanted(
                *("printed_total", "warning", place.region, period, "ours"),
                *(number(own + error), number(own), number(-error), f"{OTHER}|h|of|{of_key(of)}"),
            )
        ],
        [printed(row, period=period, source=OTHER)],
        [printed({**row, **right}, period=period, source=OTHER, version=2)],
    )


def _front_office(year: CleanYear, region: str, direction: str | None) -> int:
    return sum(
        in_hundredths(one["hours"])
        for one in year.reports.values()
        if one["region"] == region and "layer" not in one and direction in (None, one["direction"])
    )


def wrong_mark(draw: st.DrawFn, year: CleanYear) -> Plant:
    """A share that is printed in another class is, as a rule, no rounding of ours either."""
    region = draw(st.sampled_from(WHOLE_REGIONS))
    direction = draw(st.sampled_from(DIRECTIONS))
    whole = _front_office(year, region, None)
    share = Fraction(100 * _front_office(year, region, direction), whole)
    value = draw(st.sampled_from([0, 4, 5, 10, 25, 26, 60]))
    of = {"table": "representedness", "direction": direction, "region": region}
    row = {"what": "share", "unit": "%", "value": value, "of": of}
    found = math.floor(share * 100 + Fraction(1, 2))
    difference = (share - value) * 100
    rounded = math.floor(abs(difference) + Fraction(1, 2)) * (1 if difference >= 0 else -1)
    said = (region, "2022", "share", value, number(found), number(rounded))
    wanted = []
    if 2 * abs(share - value) >= 1:
        wanted.append(Wanted("printed_total", "warning", *said, f"{OTHER}|%|of|{of_key(of)}"))
    if _class(share) != _class(Fraction(value)):
        wanted.append(Wanted("contradiction", "warning", *said, f"{OTHER}|mark|{of_key(of)}"))
    right = {**row, "value": float(share)} if share.denominator == 1 else {**row, "of": None}
    return Plant(
        wanted,
        [printed(row, source=OTHER)],
        [printed(right, source=OTHER, version=2)],
    )


def _class(share: Fraction) -> int:
    return 2 if share > 25 else 0 if share < 5 else 1


def impossible_share(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    direction = DIRECTIONS[0]
    live = year.reports.values()
    of_direction = sum(in_hundredths(o["hours"]) for o in live if o["direction"] == direction)
    of_region = sum(in_hundredths(o["hours"]) for o in live if o["region"] == region)
    both = [o for o in live if o["region"] == region and o["direction"] == direction]
    own = Fraction(100 * sum(in_hundredths(o["hours"]) for o in both), of_direction)
    value = draw(st.integers(100 * of_region // of_direction + 1, 100))
    of = {"table": "directions", "direction": direction, "region": region}
    rows: list[dict[str, Any]] = [
        {"value": of_direction / 100, "of": {"table": "hours", "direction": direction}},
        {"value": of_region / 100, "of": {"table": "directions", "region": region}},
        {
            "what": "share",
            "unit": "%",
            "value": value,
            "of": of,
        },
    ]
    claimed = Fraction(value * of_direction, 100)
    share = math.floor(own * 100 + Fraction(1, 2))
    less = math.floor((value - own) * 100 + Fraction(1, 2))
    wanted = [
        Wanted(
            *("contradiction", "warning", region, "2022", "share", number(of_region)),
            number(math.floor(claimed + Fraction(1, 2))),
            number(math.floor(claimed - of_region + Fraction(1, 2))),
            f"{OTHER}|share|{of_key(of)}",
        )
    ]
    if 2 * abs(value - own) >= 1:
        said = ("printed_total", "warning", region, "2022", "share")
        figures = (value, number(share), number(-less))
        wanted.append(Wanted(*said, *figures, f"{OTHER}|%|of|{of_key(of)}"))
    return Plant(
        wanted,
        [printed(*rows, source=OTHER)],
        [printed(*rows[:2], source=OTHER, version=2)],
    )
