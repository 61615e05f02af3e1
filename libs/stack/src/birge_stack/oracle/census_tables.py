"""Tables read from the half-yearly censuses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from birge_stack.oracle.censuses import (
    AGES,
    GENDERS,
    OCCUPATIONS,
    ORGANISATION_PATHS,
    TOTAL,
    VOLUNTEER_PATHS,
    Snapshot,
)
from birge_stack.oracle.changes import reason_of_change
from birge_stack.oracle.exact import given_sum, number, percent
from birge_stack.oracle.findings import Explained
from birge_stack.oracle.territory import COUNTRY

Row = dict[str, Any]
Path = tuple[str, ...]
NGOS, GROUPS = ORGANISATION_PATHS
MEN, WOMEN = (("volunteers", "gender", gender) for gender in GENDERS)
SHOWN: Mapping[str, Sequence[Path]] = {
    "volunteers": VOLUNTEER_PATHS,
    "organisations": ORGANISATION_PATHS,
    "coverage": (TOTAL,),
}


@dataclass(frozen=True, slots=True)
class CensusView:
    """The censuses of one window on one map."""

    snapshots: Mapping[str, Snapshot]
    expected: tuple[str, ...]
    is_month: bool

    def rows_for(self, region: str) -> tuple[str, ...]:
        """The country and each region with a census, or the one asked for if it has one."""
        if region == COUNTRY:
            regions = sorted(place for place in self.snapshots if place != COUNTRY)
            return (COUNTRY, *regions) if self.snapshots else ()
        return (region,) if region in self.snapshots else ()

    def of(self, place: str) -> list[Snapshot]:
        """The censuses behind a row."""
        return list(self.snapshots.values()) if place == COUNTRY else [self.snapshots[place]]


def _sum(parts: Iterable[Snapshot], path: Path) -> int | None:
    return given_sum(part[path] for part in parts)


def _share(parts: Iterable[Snapshot], path: Path) -> float | None:
    """The figure in per cent of the volunteers, over the regions that gave both."""
    both = [part for part in parts if part[path] is not None and part[TOTAL] is not None]
    return percent(_sum(both, path), _sum(both, TOTAL))


def _prevailing(parts: Iterable[Snapshot], names: Mapping[str, Path]) -> str | None:
    """Which of two figures is larger, over the regions that gave both."""
    first, second = names
    both = [part for part in parts if all(part[path] is not None for path in names.values())]
    if not both:
        return None
    difference = (_sum(both, names[first]) or 0) - (_sum(both, names[second]) or 0)
    return first if difference > 0 else second if difference < 0 else "equal"


def volunteers(
    view: CensusView, region: str, explained: Explained, *, is_map_17: bool
) -> list[Row]:
    """Who volunteers, by gender, age and occupation, and what changed in a year, and why."""
    country = _sum(view.snapshots.values(), TOTAL)
    rows = []
    for place in view.rows_for(region):
        parts = view.of(place)
        total, period = _sum(parts, TOTAL), max(part.period for part in parts)
        rows.append(
            {
                "region": place,
                "census_period": period,
                "total": total,
                **{gender: _sum(parts, ("volunteers", "gender", gender)) for gender in GENDERS},
                "men_pct": _share(parts, MEN),
                "women_pct": _share(parts, WOMEN),
                "prevailing": _prevailing(parts, {"men": MEN, "women": WOMEN}),
                **_breakdown(parts, "age", AGES),
                **_breakdown(parts, "occupation", OCCUPATIONS),
                "share_of_country_pct": percent(total, country),
                "previous": given_sum(part.previous for part in parts),
                "change_pct": _change(parts),
                **reason_of_change(place, period, parts, explained, is_map_17=is_map_17),
            }
        )
    return rows


def _breakdown(parts: Sequence[Snapshot], name: str, codes: Sequence[str]) -> Row:
    paths = {code: ("volunteers", name, code) for code in codes}
    return {
        name: {code: _sum(parts, path) for code, path in paths.items()},
        f"{name}_pct": {code: _share(parts, path) for code, path in paths.items()},
    }


def _change(parts: Iterable[Snapshot]) -> float | None:
    both = [part for part in parts if part[TOTAL] is not None and part.previous is not None]
    before = given_sum(part.previous for part in both)
    return None if before is None else percent((_sum(both, TOTAL) or 0) - before, before)


def _gave_both(part: Snapshot) -> bool:
    return part[NGOS] is not None and part[GROUPS] is not None


def organisations(view: CensusView, region: str) -> list[Row]:
    """NGOs and groups; a region that lacks one of the two stands in no ratio."""
    complete = [part for part in view.snapshots.values() if _gave_both(part)]
    national = {path: _sum(complete, path) for path in ORGANISATION_PATHS}
    rows = []
    for place in view.rows_for(region):
        parts = view.of(place)
        ngos, groups = (_sum(filter(_gave_both, parts), path) for path in ORGANISATION_PATHS)
        both = None if ngos is None or groups is None else ngos + groups
        rows.append(
            {
                "region": place,
                "ngos": _sum(parts, NGOS),
                "initiative_groups": _sum(parts, GROUPS),
                "ngo_pct_of_region": percent(ngos, both),
                "group_pct_of_region": percent(groups, both),
                "pct_of_national_ngos": percent(ngos, national[NGOS]),
                "pct_of_national_groups": percent(groups, national[GROUPS]),
                "prevailing": _prevailing(parts, {"ngos": NGOS, "initiative_groups": GROUPS}),
            }
        )
    return rows


def coverage(
    view: CensusView, region: str, estimates: Mapping[str, Mapping[str, Any]]
) -> list[Row]:
    """The counted volunteers beside what the office and others think there are."""
    rows = []
    for place in view.rows_for(region):
        parts = view.of(place)
        stated = view.snapshots.get(place)
        own = (stated.coverage if stated else None) or {}
        estimate = estimates.get("volunteers" if place == COUNTRY else f"volunteers/{place}", {})
        rows.append(
            {
                "region": place,
                "reported": _sum(parts, TOTAL),
                "low": _number(own.get("low_pct")),
                "high": _number(own.get("high_pct")),
                "estimate": _number(estimate.get("value")),
                "method": own.get("method") or estimate.get("method"),
            }
        )
    return rows


def _number(value: Any) -> int | float | None:
    return None if value is None else number(value)


def missing(view: CensusView, region: str, table: str) -> list[Row]:
    """Regions without a census, and figures that a census did not give."""
    asked = [place for place in view.expected if region in (COUNTRY, place)]
    if view.is_month:
        return [{"region": p, "what": "census", "reason": "half_yearly"} for p in asked]
    gaps = [
        {"region": place, "what": "census", "reason": "no_submission"}
        for place in asked
        if place not in view.snapshots
    ]
    gaps += [
        {"region": place, "what": ".".join(path), "reason": "not_provided"}
        for place in view.rows_for(region)
        if place in view.snapshots
        for path in SHOWN[table]
        if view.snapshots[place][path] is None
    ]
    return sorted(gaps, key=lambda gap: gap["region"])
