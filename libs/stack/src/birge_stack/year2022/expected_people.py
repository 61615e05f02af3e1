"""Headline checks of the censuses: volunteers, organisations and coverage."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from birge_stack.year2022.checks import Answer, Check, Figure, Kind, cell
from birge_stack.year2022.places import region_names

COUNTRY = "KZ"
# Region, breakdown, part, printed per cent, decimals: the extremes that the report names.
_EXTREMES: tuple[tuple[str, str, str, float, int], ...] = (
    ("KZ-75", "age", "under_18", 72, 0),
    ("KZ-43", "age", "under_18", 0.9, 1),
    ("KZ-43", "age", "from_18_to_29", 90, 0),
    ("KZ-75", "age", "from_18_to_29", 26.9, 1),
    ("KZ-23", "age", "from_30_to_pension", 22.1, 1),
    ("KZ-71", "age", "from_30_to_pension", 21.3, 1),
    ("KZ-75", "age", "from_30_to_pension", 0.9, 1),
    ("KZ-47", "age", "pension", 7.7, 1),
    ("KZ-31", "age", "pension", 0, 0),
    ("KZ-75", "occupation", "school_pupil", 63.2, 1),
    ("KZ-43", "occupation", "school_pupil", 0.6, 1),
    ("KZ-11", "occupation", "student", 67.1, 1),
    ("KZ-19", "occupation", "student", 14.8, 1),
    ("KZ-19", "occupation", "neet", 33.7, 1),
    ("KZ-43", "occupation", "employed", 41.5, 1),
    ("KZ-75", "occupation", "employed", 1, 0),
    ("KZ-19", "occupation", "unemployed", 15.2, 1),
)
_GROUPS_PCT_PRINTED, _GROUPS_PCT_OF_ITS_PARTS = 74.3, 74.4
_COMPLETE_NGOS = 632


def people_checks(published: Mapping[str, Any]) -> Iterator[Check]:
    """Every check on a census table."""
    yield from _volunteers(published)
    yield from _organisations(published["organisations"])
    volunteers = published["volunteers"]
    check = partial(Check, family="Coverage", table="coverage")
    yield check(
        label="Volunteers, network's own estimate (at least)",
        read=cell("estimate", region=COUNTRY),
        printed=volunteers["network_estimate_at_least"],
    )
    yield check(
        label="Volunteers reported beside it",
        read=cell("reported", region=COUNTRY),
        printed=volunteers["total"],
    )


def _volunteers(published: Mapping[str, Any]) -> Iterator[Check]:
    names, printed = region_names(), published["volunteers"]
    check = partial(Check, family="Volunteers", table="volunteers")
    yield check(
        label="Volunteers 2022", read=cell("total", region=COUNTRY), printed=printed["total"]
    )
    yield check(
        label="Volunteers 2021",
        read=cell("previous", region=COUNTRY),
        printed=printed["total_2021"],
    )
    for column in ("women_pct", "men_pct"):
        yield check(
            label=f"{column.removesuffix('_pct').capitalize()}, %",
            read=cell(column, region=COUNTRY),
            printed=printed[column],
            decimals=0,
        )
    for region, change in published["change_pct"].items():
        yield check(
            label=f"Change since 2021, {names[region]}, %",
            read=cell("change_pct", region=region),
            printed=change,
            decimals=0,
        )
    for row in published["gender"]:
        for column in ("men_pct", "women_pct"):
            yield Check(
                family="Gender by region, %",
                label=f"{column.removesuffix('_pct').capitalize()}, {names[row['region']]}",
                table="volunteers",
                read=cell(column, region=row["region"]),
                printed=row[column],
                decimals=1,
            )
    for region, breakdown, part, value, decimals in _EXTREMES:
        yield Check(
            family="Extremes of age and occupation, %",
            label=f"{part.replace('_', ' ')}, {names[region]}",
            table="volunteers",
            read=cell(f"{breakdown}_pct", part, region=region),
            printed=value,
            decimals=decimals,
        )


def _organisations(printed: Mapping[str, Any]) -> Iterator[Check]:
    check = partial(Check, family="Organisations", table="organisations")
    yield check(label="NGOs", read=cell("ngos", region=COUNTRY), printed=printed["ngos"])
    yield check(
        label="Initiative groups",
        read=cell("initiative_groups", region=COUNTRY),
        printed=printed["initiative_groups"],
    )
    yield check(
        label="NGOs that the national ratios stand on",
        read=_ngos_in_ratios,
        printed=printed["ngos"],
        kind=Kind.CONTRADICTION,
        follows=_COMPLETE_NGOS,
        note="Almaty gave no groups: every printed ratio leaves its 28 NGOs out",
    )
    yield check(
        label="Groups among all organisations without Almaty, %",
        read=cell("group_pct_of_region", region=COUNTRY),
        printed=_GROUPS_PCT_PRINTED,
        decimals=1,
        kind=Kind.CONTRADICTION,
        follows=_GROUPS_PCT_OF_ITS_PARTS,
        note="1,834 of 2,466 is 74.37: cut off in print, not rounded",
    )
    for row in printed["rows"]:
        for column, value in row.items():
            if column != "region":
                yield Check(
                    family="NGOs and groups by region, %",
                    label=f"{column}, {region_names()[row['region']]}",
                    table="organisations",
                    read=cell(column, region=row["region"]),
                    printed=value,
                    decimals=1,
                )


def _ngos_in_ratios(answer: Answer) -> Figure:
    ngos: list[int] = [
        row["ngos"]
        for row in answer["rows"]
        if row["region"] != COUNTRY and row["pct_of_national_ngos"] is not None
    ]
    return sum(ngos)
