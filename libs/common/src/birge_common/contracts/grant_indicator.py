"""Results against grant indicators: statements of grantees, never hours."""

from typing import Annotated, Literal

from pydantic import Field

from birge_common.contracts.activity import Evidence
from birge_common.contracts.base import Contract, IdentifierPart, Period, Version
from birge_common.contracts.primitives import Quantity


class GrantIndicatorReportedV1(Contract):
    """What a project reached against one of its indicators in a period, or why nobody knows."""

    project: IdentifierPart
    """The grant project."""
    indicator: IdentifierPart
    """The indicator of the project."""
    period: Period
    """The period of the result."""
    version: Version
    """The highest version counts."""
    status: Literal["provided", "not_provided", "refused", "unreachable"]
    """Whether the grantee gave the result."""
    value: Quantity | None = None
    """The result, in the indicator's unit."""
    numerator: Quantity | None = None
    """Where the result is a share: of it."""
    denominator: Quantity | None = None
    """Where the result is a share: the whole."""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=100)] | None = None
    """Where the result can be checked."""
