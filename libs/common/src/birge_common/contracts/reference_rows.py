"""Rows of the reference tables, one class for each table."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from birge_common.contracts.base import Contract, refuse
from birge_common.contracts.constraints import ExactNumber
from birge_common.contracts.primitives import (
    Direction,
    Layer,
    LongText,
    Percent,
    Persons,
    Quantity,
    RegionOrCountry,
    ShortText,
    Tenge,
)

StatisticsTable = Literal[
    "hours",
    "volunteers",
    "organisations",
    "directions",
    "formats",
    "participants",
    "representedness",
    "development",
    "support",
    "grants",
    "economy",
    "inquiries",
    "programme",
    "coverage",
    "quality",
]


def _at_most(maximum: int) -> ExactNumber:
    return ExactNumber(maximum=maximum, decimal_places=2, above_minimum=True)


class WageOfRegionRow(Contract):
    """Average wage of a region or of the country."""

    region: RegionOrCountry
    """The region, or `KZ`."""
    tenge_per_month: Tenge
    """Average monthly wage, tenge."""


class WageOfActivityRow(Contract):
    """Average wage of an economic activity."""

    activity: ShortText
    """The economic activity."""
    directions: Annotated[tuple[Direction, ...], Field(max_length=50)]
    """The directions whose hours it values."""
    tenge_per_month: Tenge
    """Average monthly wage, tenge."""


class WorkingTimeRow(Contract):
    """How much a full-time employee works."""

    hours_per_year: Annotated[Decimal, _at_most(8_784)]
    """Hours a year."""
    days_per_year: Annotated[Decimal, _at_most(366)] | None = None
    """Working days a year."""
    hours_per_day: Annotated[Decimal, _at_most(24)] | None = None
    """Hours a working day."""


class PopulationRow(Contract):
    """Inhabitants of a region or of the country."""

    region: RegionOrCountry
    """The region, or `KZ`."""
    persons: Persons
    """Inhabitants."""


class EstimateRow(Contract):
    """Somebody else's estimate, which stands beside the counted figure."""

    what: ShortText
    """What is estimated."""
    value: Quantity
    """The estimate, in the unit that `what` says."""
    low: Quantity | None = None
    """Lower bound."""
    high: Quantity | None = None
    """Upper bound."""
    method: LongText
    """How it was made."""

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            refuse({("high",): ("range", "The upper bound lies below the lower one")})
        return self


class SupportThresholdRow(Contract):
    """From which share of months on the support of an office is called so."""

    support_class: Annotated[
        Literal["regular", "mentions", "occasional", "single", "none"], Field(alias="class")
    ]
    """How often support is mentioned."""
    at_least_pct_of_months: Percent
    """Share of months with a mention, per cent."""


class PrintedPart(Contract):
    """A part that a printed total claims to be the sum of."""

    what: ShortText
    """The part."""
    value: Quantity
    """Its printed value."""


class OwnFigure(Contract):
    """Which figure of ours a printed total claims to be."""

    table: StatisticsTable
    """Table of the statistics API."""
    layers: Annotated[tuple[Layer, ...], Field(max_length=3)] | None = None
    """The layers added up; all where absent."""
    direction: Direction | None = None
    """The direction; all where absent."""
    region: RegionOrCountry | None = None
    """The region; the country where absent."""
    net: bool | None = None
    """Whether it is net of what is already counted elsewhere."""


class PrintedTotalRow(Contract):
    """A total as somebody printed it, to be held against its parts and against our figures."""

    what: ShortText
    """What the total is of."""
    unit: ShortText
    """Its unit."""
    value: Quantity
    """The printed value."""
    at_least: bool | None = None
    """Whether it was printed as "at least"."""
    parts: Annotated[tuple[PrintedPart, ...], Field(max_length=200)]
    """The printed parts; empty where none were printed."""
    of: OwnFigure | None = None
    """Our own figure that it claims to be."""
