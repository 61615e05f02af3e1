"""The half-yearly censuses: the second half of 2022 as printed, earlier ones as far as known."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from birge_stack.year2022.envelope import CENSUS_SUBMITTED, Planned
from birge_stack.year2022.figures import RegionCensus, figures_of_2022
from birge_stack.year2022.partners import (
    NETWORK,
    NETWORK_SOURCE,
    office_name,
    office_source,
)
from birge_stack.year2022.portions import share_out
from birge_stack.year2022.statements import statement

# The report names these offices' coverage extremely low; its bounds by region are made up.
LOW_COVERAGE = frozenset({"KZ-79", "KZ-43", "KZ-47", "KZ-61", "KZ-19", "KZ-15", "KZ-27"})
METHOD = "Experts' estimate for the network of offices, 2021-2022; the bounds by region are made up"
TIGHTENED = "Forced, paid and political participation is no longer counted."
# A second list of one region, by the network: it stands beside the office's and never counts.
DOUBLY_COUNTED_REGION = "KZ-61"


def censuses() -> Iterator[Planned]:
    """Every census of 2021-H2, 2022-H1 and 2022-H2, with a correction and a second opinion."""
    for census in figures_of_2022().census.values():
        region = census.region
        yield _from_office(region, "2021-H2", _known_of_2021(census), sent_on=date(2022, 1, 18))
        yield _from_office(region, "2022-H1", _first_half(census), sent_on=date(2022, 7, 12))
        if region == DOUBLY_COUNTED_REGION:
            yield _from_network(census)
        if region == "KZ-59":
            wrong = _second_half(census, total=census.volunteers + 400)
            yield _from_office(region, "2022-H2", wrong, sent_on=date(2022, 12, 20))
        version = 2 if region == "KZ-59" else 1
        figures = _second_half(census, total=census.volunteers)
        yield _from_office(region, "2022-H2", figures, sent_on=date(2022, 12, 26), version=version)


def _from_office(
    region: str, period: str, figures: Mapping[str, Any], *, sent_on: date, version: int = 1
) -> Planned:
    return statement(
        CENSUS_SUBMITTED,
        partner=office_name(region),
        source=office_source(region),
        subject=f"{region}/{period}",
        sent_on=sent_on,
        data={"region": region, "period": period, "version": version, **figures},
        region=region,
    )


def _from_network(census: RegionCensus) -> Planned:
    total = census.volunteers + 1_000
    return statement(
        CENSUS_SUBMITTED,
        partner=NETWORK,
        source=NETWORK_SOURCE,
        subject=f"{census.region}/2022-H2",
        sent_on=date(2022, 12, 27),
        data={
            "region": census.region,
            "period": "2022-H2",
            "version": 1,
            "volunteers": {"total": total},
            "organisations": {"ngos": census.ngos, "initiative_groups": None},
            "method_note": "Made up: a list of the network's own, to be held against the office's.",
        },
    )


def _known_of_2021(census: RegionCensus) -> dict[str, Any]:
    """Of 2021 only the totals are known by region."""
    return {
        "volunteers": {"total": census.volunteers_2021, "gender": None},
        "organisations": {"ngos": None, "initiative_groups": None},
    }


def _second_half(census: RegionCensus, *, total: int) -> dict[str, Any]:
    figures = _snapshot(census, total=total, growth=1.0)
    figures["coverage"] = _coverage(census.region)
    if census.volunteers < census.volunteers_2021:
        figures["method_note"] = TIGHTENED
    return figures


def _first_half(census: RegionCensus) -> dict[str, Any]:
    """Half-way between the two known totals, with the shares of the later one: made up."""
    halfway = (census.volunteers + census.volunteers_2021) // 2
    return _snapshot(census, total=halfway, growth=0.87)


def _snapshot(census: RegionCensus, *, total: int, growth: float) -> dict[str, Any]:
    groups = census.initiative_groups
    return {
        "volunteers": {
            "total": total,
            "gender": _scaled(census.gender, total),
            "age": _scaled(census.age, total),
            "occupation": _scaled(census.occupation, total),
        },
        "organisations": {
            "ngos": round(census.ngos * growth),
            "initiative_groups": None if groups is None else round(groups * growth),
        },
    }


def _scaled(parts: Mapping[str, int], total: int) -> dict[str, int]:
    return share_out(total, {name: float(count) for name, count in parts.items()})


def _coverage(region: str) -> dict[str, Any]:
    low, high = (5, 40) if region in LOW_COVERAGE else (40, 60)
    return {"low_pct": low, "high_pct": high, "method": METHOD}
