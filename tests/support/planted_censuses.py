"""Errors of censuses, to be planted into a clean year."""

import copy
import random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.support.clean_year import (
    GROUPS,
    NEWER,
    CleanYear,
    source_of,
    volunteers_of,
)
from tests.support.planting import OTHER, WHOLE_REGIONS, Plant, Wanted
from tests.support.records import census


def is_country_steady(year: CleanYear, region: str, half: str, total: int) -> bool:
    """Whether one region's other total leaves the country's within a tenth of the year before."""
    totals = {place: one["volunteers"]["total"] for place, one in year.censuses.items()}
    places = [place for place, of_half in totals if of_half == f"2021-{half[5:]}"]
    before = sum(totals[place, f"2021-{half[5:]}"] for place in places)
    now = sum(totals[place, half] for place in places) - totals[region, half] + total
    # Newer regions have a volunteer or three each: they count on the older map only.
    return 100 * (abs(now - before) + 9) <= 10 * before


def missing_census(draw: st.DrawFn, year: CleanYear) -> Plant:
    half = draw(st.sampled_from(["2022-H1", "2022-H2"]))
    newer = NEWER if half == "2022-H2" else ()
    place = (draw(st.sampled_from([*WHOLE_REGIONS, *newer])), half)
    return Plant(
        [Wanted("completeness", "error", *place, "census", 1, 0, -1)],
        [],
        [census(*place, **year.censuses[place])],
        frozenset({place}),
    )


def empty_census(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    half = draw(st.sampled_from(["2022-H1", "2022-H2"]))
    nothing = st.sampled_from([None, 0])
    volunteers: dict[str, Any] = {
        group: draw(st.none() | st.fixed_dictionaries({name: nothing for name in names}))
        for group, names in GROUPS.items()
    }
    volunteers["total"] = draw(nothing)
    organisations = draw(st.none() | st.just({"ngos": 0, "initiative_groups": None}))
    given = [volunteers["total"], (organisations or {}).get("ngos")]
    given += [one for group in GROUPS for one in (volunteers[group] or {}).values()]
    found = sum(one is not None for one in given)
    data = {"volunteers": volunteers, "organisations": organisations, "version": 2}
    said = (None, found, None, source_of(region))
    wanted = [Wanted("empty", "warning", region, half, "census", *said)]
    if volunteers["total"] == 0:
        before = year.censuses[region, f"2021-{half[5:]}"]["volunteers"]["total"]
        changed = ("change_without_reason", "warning", region, half, "volunteers.total")
        assume(is_country_steady(year, region, half, 0))
        wanted.append(Wanted(*changed, before, 0, -before))
    return Plant(
        wanted,
        [census(region, half, **data)],
        [census(region, half, **{**year.censuses[region, half], "version": 3})],
    )


def repeated_census(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    half, before = draw(st.sampled_from([("2022-H2", "2022-H1"), ("2022-H1", "2021-H2")]))
    same = year.censuses[region, before]
    return Plant(
        [
            Wanted(
                *("repeated", "warning", region, half, "census"),
                *(None, same["volunteers"]["total"], None, source_of(region)),
            )
        ],
        [census(region, half, **{**same, "version": 2})],
        [census(region, half, **{**year.censuses[region, half], "version": 3})],
    )


def wrong_parts(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    half = draw(st.sampled_from(["2022-H1", "2022-H2"]))
    group = draw(st.sampled_from(sorted(GROUPS)))
    right = year.censuses[region, half]
    wrong = copy.deepcopy(right)
    name = draw(st.sampled_from(GROUPS[group]))
    stated = wrong["volunteers"][group][name]
    error = draw(st.integers(-stated, 500).filter(bool))
    wrong["volunteers"][group][name] += error
    total = right["volunteers"]["total"]
    return Plant(
        [
            Wanted(
                *("sum_of_parts", "error", region, half, f"volunteers.{group}"),
                *(total, total + error, error, source_of(region)),
            )
        ],
        [census(region, half, **{**wrong, "version": 2})],
        [census(region, half, **{**right, "version": 3})],
    )


def second_census(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    half = draw(st.sampled_from(["2022-H1", "2022-H2"]))
    right = year.censuses[region, half]
    total = right["volunteers"]["total"]
    other = total + draw(st.integers(-9, 9))
    volunteers = volunteers_of(random.Random(draw(st.integers(0, 99))), other)
    contradicting = {"volunteers": volunteers, "organisations": {"ngos": 12}, "source": OTHER}
    return Plant(
        [
            Wanted(
                *("contradiction", "warning", region, half, "census"),
                *(total, other, other - total, OTHER),
            )
        ],
        [census(region, half, **contradicting)],
        [census(region, half, **{**right, "source": OTHER, "version": 2})],
    )


def change_of_total(draw: st.DrawFn, year: CleanYear) -> Plant:
    region = draw(st.sampled_from(WHOLE_REGIONS))
    half = draw(st.sampled_from(["2022-H1", "2022-H2"]))
    before = year.censuses[region, f"2021-{half[5:]}"]["volunteers"]["total"]
    least = before // 10 + 1
    change = draw(st.integers(least, before) | st.integers(1 - before, -least))
    assume(is_country_steady(year, region, half, before + change))
    r = random.Random(draw(st.integers(0, 99)))
    volunteers = volunteers_of(r, before + change)
    allowed = volunteers_of(r, before + (1 if change > 0 else -1) * (before // 10))
    right = draw(
        st.sampled_from(
            [
                {"volunteers": volunteers, "method_note": "a stricter rule"},
                {"volunteers": allowed},
            ]
        )
    )
    return Plant(
        [
            Wanted(
                *("change_without_reason", "warning", region, half, "volunteers.total"),
                *(before, before + change, change),
            )
        ],
        [census(region, half, volunteers=volunteers, version=2)],
        [census(region, half, **right, version=3)],
    )
