"""Explanations of findings: what an office says about figures that do not fit."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from birge_common.contracts.base import Contract, FreeText, Version
from birge_common.contracts.primitives import Quantity, RegionOrCountry

FindingId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]


class FindingExplainedV1(Contract):
    """Why a finding of the table `quality` is as it is, by whoever answers for its region."""

    finding: FindingId
    """The finding, as the table names it; the event's subject."""
    region: RegionOrCountry
    """The finding's region; `KZ` where it has none."""
    version: Version
    """The highest version counts."""
    reason: Literal["real", "counting_rule", "coverage", "boundary", "print_error", "other"]
    """A real change, another rule of counting, coverage or boundary, or an error in print."""
    difference: Quantity | None = None
    """The difference that is explained: a larger one opens the finding again. Any, where absent."""
    text: FreeText
    """The explanation; no personal numbers."""
