"""The half-yearly census "Volunteers in numbers": a region's snapshot by its front office."""

from typing import Self

from pydantic import model_validator

from birge_common.contracts.base import Contract, Count, FreeText, HalfYear, Version, refuse
from birge_common.contracts.primitives import LongText, Percent, RegionOrCountry


class Gender(Contract):
    """Volunteers by gender."""

    men: Count | None = None
    """Persons."""
    women: Count | None = None
    """Persons."""


class Age(Contract):
    """Volunteers by age."""

    under_18: Count | None = None
    """Persons."""
    from_18_to_29: Count | None = None
    """Persons."""
    from_30_to_pension: Count | None = None
    """From 30 to the pension age, persons."""
    pension: Count | None = None
    """Of pension age, persons."""


class Occupation(Contract):
    """Volunteers by what they do otherwise."""

    school_pupil: Count | None = None
    """Persons."""
    student: Count | None = None
    """Persons."""
    neet: Count | None = None
    """Neither in employment nor in education or training, persons."""
    employed: Count | None = None
    """Persons."""
    unemployed: Count | None = None
    """Persons."""
    retired: Count | None = None
    """Persons."""


class CensusVolunteers(Contract):
    """Volunteers of the region; each figure may be missing."""

    total: Count | None = None
    """Persons."""
    gender: Gender | None = None
    """By gender."""
    age: Age | None = None
    """By age."""
    occupation: Occupation | None = None
    """By occupation."""


class CensusOrganisations(Contract):
    """Volunteer organisations of the region; each figure may be missing."""

    ngos: Count | None = None
    """Registered volunteer organisations."""
    initiative_groups: Count | None = None
    """Unregistered groups."""


class Coverage(Contract):
    """How much of what happens the office sees."""

    low_pct: Percent
    """Lower bound, per cent."""
    high_pct: Percent
    """Upper bound, per cent."""
    method: LongText
    """How it was estimated."""

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.low_pct > self.high_pct:
            refuse({("high_pct",): ("range", "The upper bound lies below the lower one")})
        return self


class CensusSubmittedV1(Contract):
    """Snapshot of a region for a half-year; one per source, region and period."""

    region: RegionOrCountry
    """The region counted."""
    period: HalfYear
    """The half-year."""
    version: Version
    """The highest version of a snapshot counts."""
    volunteers: CensusVolunteers
    """Who volunteers."""
    organisations: CensusOrganisations
    """Where they are organised."""
    coverage: Coverage | None = None
    """How much of what happens the office sees."""
    method_note: FreeText | None = None
    """What changed in the way of counting; no personal numbers."""
