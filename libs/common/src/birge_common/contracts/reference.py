"""Reference data with its source: wages, working time, population, estimates, printed totals."""

from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, TypeAdapter, ValidationInfo
from pydantic_core import core_schema as cs
from pydantic_core import to_json

from birge_common.contracts.base import Contract, Link, Period, Version
from birge_common.contracts.primitives import ShortText
from birge_common.contracts.reference_rows import (
    EstimateRow,
    PopulationRow,
    PrintedTotalRow,
    SupportThresholdRow,
    WageOfActivityRow,
    WageOfRegionRow,
    WorkingTimeRow,
)

Table = Literal[
    "wages_by_region",
    "wages_by_activity",
    "working_time",
    "population",
    "estimate",
    "support_thresholds",
    "printed_total",
]
ReferenceRow = (
    WageOfRegionRow
    | WageOfActivityRow
    | WorkingTimeRow
    | PopulationRow
    | EstimateRow
    | SupportThresholdRow
    | PrintedTotalRow
)
ROWS: dict[str, type[Contract]] = {
    "wages_by_region": WageOfRegionRow,
    "wages_by_activity": WageOfActivityRow,
    "working_time": WorkingTimeRow,
    "population": PopulationRow,
    "estimate": EstimateRow,
    "support_thresholds": SupportThresholdRow,
    "printed_total": PrintedTotalRow,
}
_ROWS_MAX = 1_000


def _adapter(row: Any) -> TypeAdapter[tuple[ReferenceRow, ...]]:
    return TypeAdapter(Annotated[tuple[row, ...], Field(max_length=_ROWS_MAX)])


_ADAPTERS = {table: _adapter(row) for table, row in ROWS.items()}


class RowsOfItsTable:
    """Rows as the field `table`, which stands before them, says.

    A tagged union would do the same, but would put the tag into the place of every error.
    """

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        described = handler.generate_schema(
            Annotated[tuple[ReferenceRow, ...], Field(max_length=_ROWS_MAX)]
        )
        return cs.with_info_plain_validator_function(self._rows, json_schema_input_schema=described)

    @staticmethod
    def _rows(value: Any, info: ValidationInfo) -> tuple[ReferenceRow, ...]:
        adapter = _ADAPTERS.get(info.data.get("table", ""))
        if adapter is None:
            # The table itself was refused already; its rows cannot be judged.
            return ()
        if info.mode == "json":
            # Through JSON again, because Python's strictness is another one than JSON's.
            return adapter.validate_json(to_json(value, inf_nan_mode="constants"))
        return adapter.validate_python(value)


def rows_rules() -> list[dict[str, Any]]:
    """In JSON Schema: which rows belong to which table."""
    return [
        {
            "if": {"properties": {"table": {"const": table}}},
            "then": {"properties": {"rows": {"items": {"$ref": f"#/$defs/{row.__name__}"}}}},
        }
        for table, row in ROWS.items()
    ]


class ReferencePublishedV1(Contract):
    """A table of reference data for a period; a higher version replaces a lower one."""

    table: Table
    """Which table."""
    period: Period
    """The period it holds for."""
    version: Version
    """The highest version of a table and period counts."""
    publisher: ShortText
    """Who published it."""
    url: Link | None = None
    """Where it was published."""
    rows: Annotated[tuple[ReferenceRow, ...], RowsOfItsTable()]
    """The table's rows, all of the kind that belongs to it."""
