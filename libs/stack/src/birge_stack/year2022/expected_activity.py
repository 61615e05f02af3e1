"""Headline checks of the activity: hours, directions, marks, grants and programmes."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from birge_stack.year2022.checks import Check, Kind, cell, summed, total
from birge_stack.year2022.places import region_names

COUNTRY = "KZ"
FRONT_OFFICE, GRANT = "front_office", "grant"
# The printed shares are of hours that had fractions once; whole hours come no nearer.
ROUNDING_OF_TOP_SHARES = 0.02
_CONTRADICTED_MARK = ("KZ-55", "media")


def activity_checks(published: Mapping[str, Any]) -> Iterator[Check]:
    """Every check on a table counted from reports."""
    yield from _hours(published)
    yield from _directions(published["hours"])
    yield from _marks(published["representedness"])
    yield from _supplementary(published)
    yield from _modelled()


def _hours(published: Mapping[str, Any]) -> Iterator[Check]:
    yield Check(
        family="Front offices' hours",
        label="Hours of the front offices",
        table="hours",
        read=total(FRONT_OFFICE),
        printed=published["hours"]["total"],
    )
    for direction, hours in published["hours"]["by_direction"].items():
        yield Check(
            family="Front offices' hours",
            label=f"Hours, {direction}",
            table="directions",
            read=cell("hours", direction=direction, layer=FRONT_OFFICE),
            printed=hours,
        )


def _directions(printed: Mapping[str, Any]) -> Iterator[Check]:
    for direction, share in printed["share_pct"].items():
        yield Check(
            family="Share of each direction, %",
            label=direction,
            table="directions",
            read=cell("share_pct", direction=direction, layer=FRONT_OFFICE),
            printed=share,
            decimals=2,
        )
    for direction, (region, share) in printed["top_region"].items():
        check = partial(
            Check, family="Top region of each direction", table="directions", label=direction
        )
        place = {"direction": direction, "layer": FRONT_OFFICE}
        yield check(read=cell("top_region", "region", **place), printed=region)
        yield check(
            label=f"{direction}, %",
            read=cell("top_region", "share_pct", **place),
            printed=share,
            decimals=2 if isinstance(share, float) else 0,
            tolerance=ROUNDING_OF_TOP_SHARES,
        )


def _marks(printed: Mapping[str, Mapping[str, str]]) -> Iterator[Check]:
    for region, marks in printed.items():
        for direction, mark in marks.items():
            is_contradicted = (region, direction) == _CONTRADICTED_MARK
            yield Check(
                family="Marks of representedness",
                label=f"{direction}, {region_names()[region]}",
                table="representedness",
                read=cell("mark", region=region, direction=direction),
                printed=mark,
                kind=Kind.CONTRADICTION if is_contradicted else Kind.PRINTED,
                follows="×" if is_contradicted else None,
                note="all media hours of the country are 166, far below 5 % of any such region"
                if is_contradicted
                else "",
            )


def _supplementary(published: Mapping[str, Any]) -> Iterator[Check]:
    check = partial(Check, family="Grants and programmes", table="hours")
    grants = [row for row in published["grants"] if row["hours"] is not None]
    for row in grants:
        yield check(
            label=f"Grant hours, {row['direction']}{' (at least)' if row['at_least'] else ''}",
            read=summed("hours", region=COUNTRY, layer=GRANT, direction=row["direction"]),
            printed=row["hours"],
        )
    printed = published["grants_printed_total"]
    for column in ("volunteers", "events"):
        yield check(
            label=f"Grants, {column}",
            read=summed(column, region=COUNTRY, layer=GRANT),
            printed=printed[column],
        )
    yield check(
        label="Grant hours, all (at least)",
        read=total(GRANT),
        printed=printed["hours"],
        kind=Kind.CONTRADICTION,
        follows=sum(row["hours"] for row in grants),
        note="the seven printed parts add up to less",
    )
    programmes = published["independent"]
    yield check(
        label="Hours of independent programmes, gross",
        read=total("independent"),
        printed=sum(row["hours"] for row in programmes),
    )
    already = sum(row.get("already_counted", {}).get("hours", 0) for row in programmes)
    yield check(
        label="Of these already in Astana's hours", read=total("already_counted"), printed=already
    )
    yield check(
        label="All hours, each once",
        read=total("grand_total"),
        printed=published["economic"]["hours_basis"],
        kind=Kind.CONTRADICTION,
        follows=published["hours"]["total"]
        + sum(row["hours"] for row in (*grants, *programmes))
        - already,
        note="print adds the 61,000 h of Astana twice, and 3,400 grant hours without a part",
    )


def _modelled() -> Iterator[Check]:
    for kind in ("offline", "online", "auto"):
        yield Check(
            family="Modelled, not printed",
            label=f"Hours {kind}, %",
            table="formats",
            query={"layer": FRONT_OFFICE},
            read=cell("share_pct", region=COUNTRY, format=kind),
            kind=Kind.MODELLED,
        )
    for category in ("child", "silver"):
        yield Check(
            family="Modelled, not printed",
            label=f"Engagements, {category}, %",
            table="participants",
            query={"layer": FRONT_OFFICE},
            read=cell("share_pct", region=COUNTRY, category=category),
            kind=Kind.MODELLED,
        )
