"""The partner systems of 2022: what each key may send, by source, region and kind."""

from dataclasses import dataclass

from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.programmes import (
    COUNTRY,
    independent_programmes,
    source_of_grantee,
    source_of_programme,
)

NETWORK = "national-network"
NETWORK_SOURCE = "urn:birge:network"
INFORMATION_CENTRE = "information-centre"
INFORMATION_CENTRE_SOURCE = "urn:birge:information-centre"
STATISTICS_BUREAU = "statistics-bureau"
STATISTICS_BUREAU_SOURCE = "urn:birge:statistics-bureau"
DEMONSTRATION = "demonstration"
DEMONSTRATION_SOURCE = "urn:birge:demonstration"


@dataclass(frozen=True, slots=True)
class PartnerPlan:
    """A partner to register; None covers all regions or kinds."""

    name: str
    source: str
    regions: tuple[str, ...] | None
    kinds: tuple[str, ...] | None


def office_name(region: str) -> str:
    """The partner name of a region's front office."""
    return f"office-{region.lower()}"


def office_source(region: str) -> str:
    """The source of a region's front office."""
    return f"urn:birge:office:{region}"


def partners() -> tuple[PartnerPlan, ...]:
    """Every sender of the year, the offices first."""
    return (
        *(
            PartnerPlan(
                office_name(region),
                office_source(region),
                (region,),
                ("activity", "census", "milestone"),
            )
            for region in figures_of_2022().regions
        ),
        *(
            PartnerPlan(
                f"grantee-{row['direction'].replace('_', '-')}",
                source_of_grantee(row["direction"]),
                None,
                ("activity", "grant-indicator"),
            )
            for row in figures_of_2022().published["grants"]
        ),
        *(
            PartnerPlan(
                programme.slug,
                source_of_programme(programme.slug),
                None if COUNTRY in programme.regions else tuple(programme.regions),
                ("activity",),
            )
            for programme in independent_programmes()
        ),
        PartnerPlan(NETWORK, NETWORK_SOURCE, None, ("census", "reference")),
        PartnerPlan(INFORMATION_CENTRE, INFORMATION_CENTRE_SOURCE, None, ("inquiry",)),
        PartnerPlan(STATISTICS_BUREAU, STATISTICS_BUREAU_SOURCE, None, ("reference",)),
        PartnerPlan(DEMONSTRATION, DEMONSTRATION_SOURCE, None, ("reference",)),
    )
