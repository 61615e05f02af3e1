"""A table as JSON, CSV or XLSX, with the tag that tells whether it changed."""

import csv
import gzip
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from birge_aggregator.answers import Reading
from birge_aggregator.domain.tables.answer import Question, Table
from birge_aggregator.spreadsheet import workbook

_GZIP_BYTES_MIN = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Form(StrEnum):
    """How an answer can be had, by the name in `?format=`."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """What `Accept` asks for, and what the answer says it is."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Form.JSON: "application/json",
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Rendered:
    """An answer's bytes, and the headers that travel with them."""

    body: bytes
    media_type: str
    etag: str
    caveats: str

    @cached_property
    def gzipped(self) -> bytes | None:
        """The body compressed, once for all who ask; None where that gains nothing."""
        if self.media_type == Form.XLSX.media_type or len(self.body) < _GZIP_BYTES_MIN:
            return None
        return gzip.compress(self.body, compresslevel=5, mtime=0)


def rendered(name: str, question: Question, reading: Reading, table: Table, form: Form) -> Rendered:
    """The answer in the asked form; the tag is over what the figures say, not over `as_of`."""
    said: dict[str, Any] = {"rows": table.rows}
    if table.totals is not None:
        said["totals"] = table.totals
    said["missing"] = [asdict(item) for item in table.missing]
    said["caveats"] = [asdict(item) for item in table.caveats]
    if table.not_attributable is not None:
        said["not_attributable"] = table.not_attributable
    if table.basis is not None:
        said["basis"] = table.basis
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]
    caveats = ", ".join(item.code for item in table.caveats)
    if form is Form.CSV:
        return Rendered(_csv(table), form.media_type, f'W/"{digest}-csv"', caveats)
    frame = {
        "table": name,
        "period": reading.figures.window.name,
        "region": question.region,
        **said,
        "as_of": {"positions": positions_by_topic(reading), "counted_at": reading.counted_at},
    }
    if form is Form.XLSX:
        header, rows = flattened(table)
        body = workbook(header, rows, frame)
        return Rendered(body, form.media_type, f'W/"{digest}-xlsx"', caveats)
    return Rendered(msgspec.json.encode(frame), form.media_type, f'W/"{digest}"', caveats)


def positions_by_topic(reading: Reading) -> dict[str, dict[str, int]]:
    """`{topic: {partition: next offset}}`."""
    by_topic: dict[str, dict[str, int]] = {}
    for (topic, number), position in sorted(reading.positions.items()):
        by_topic.setdefault(topic, {})[str(number)] = position
    return by_topic


def _csv(table: Table) -> bytes:
    """Null is an empty cell."""
    columns, rows = flattened(table)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode()


def flattened(table: Table) -> tuple[list[str], list[dict[str, Any]]]:
    """Columns and rows without nesting: figures in figures become columns `age.under_18`."""
    return list(table.columns), [_flat(row, table.columns) for row in table.rows]


def _flat(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": part for inner, part in value.items()}
        elif value is not None or name in columns:
            flat[name] = value
    return flat


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
