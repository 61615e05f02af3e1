"""The partner systems of 2022: what each key may send, by source, region and kind."""

from dataclasses import dataclass

from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.programmes import (
    grant_programmes,
    independent_programmes,
    source_of_grantee,
    source_of_programme,
)

NETWORK = "national-network"
NETWORK_SOURCE = "urn:birge:network"
INFORMATION_CENTRE = "information-centre"
INFORMATION_CENTRE_SOURCE = "urn:birge:information-centre"
GRANT_OPERATOR = "grant-operator"
GRANT_OPERATOR_SOURCE = "urn:birge:grant-operator"
REFERENCE_DATA = "reference-data"
STATISTICS_BUREAU_SOURCE = "urn:birge:statistics-bureau"
DEMONSTRATION_SOURCE = "urn:birge:demonstration"


@dataclass(frozen=True, slots=True)
class PartnerPlan:
    """A partner to register; None covers all regions or kinds."""

    name: str
    sources: tuple[str, ...]
    regions: tuple[str, ...] | None
    kinds: tuple[str, ...] | None


def office_name(region: str) -> str:
    """The partner name of a region's front office."""
    return f"office-{region.lower()}"


def office_source(region: str) -> str:
    """The source of a region's front office."""
    return f"urn:birge:office:{region}"


def grantee_name(direction: str) -> str:
    """The partner name of a grant project."""
    return f"grantee-{direction.replace('_', '-')}"


def partners() -> tuple[PartnerPlan, ...]:
    """Every sender of the year, the offices first.

    The network speaks for the programmes that it told of; the operator for grantees who did not.
    """
    programmes = (source_of_programme(programme.slug) for programme in independent_programmes())
    return (
        *(_office(region) for region in figures_of_2022().regions),
        *(_grantee(programme.direction or "") for programme in grant_programmes()),
        PartnerPlan(
            NETWORK, (NETWORK_SOURCE, *programmes), None, ("activity", "census", "reference")
        ),
        PartnerPlan(GRANT_OPERATOR, (GRANT_OPERATOR_SOURCE,), None, ("grant-indicator",)),
        PartnerPlan(INFORMATION_CENTRE, (INFORMATION_CENTRE_SOURCE,), None, ("inquiry",)),
        PartnerPlan(
            REFERENCE_DATA, (STATISTICS_BUREAU_SOURCE, DEMONSTRATION_SOURCE), None, ("reference",)
        ),
    )


def _office(region: str) -> PartnerPlan:
    kinds = ("activity", "census", "milestone", "explanation")
    return PartnerPlan(office_name(region), (office_source(region),), (region,), kinds)


def _grantee(direction: str) -> PartnerPlan:
    kinds = ("activity", "grant-indicator")
    return PartnerPlan(grantee_name(direction), (source_of_grantee(direction),), None, kinds)
