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

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.domain.tables.answer import Question, Table
from birge_aggregator.readings import Positions, Reading
from birge_aggregator.spreadsheet import workbook

_GZIP_BYTES_MIN = 1_000
_SAID = ("rows", "totals", "missing", "caveats", "not_attributable", "basis")
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


def frame_of(name: str, question: Question, window: str, table: Table) -> Frame:
    """The answer without `as_of`, and with the columns that its other forms have."""
    frame: dict[str, Any] = {
        "table": name,
        "period": window,
        "region": question.region,
        "columns": table.columns,
        "rows": table.rows,
        "missing": [asdict(item) for item in table.missing],
        "caveats": [asdict(item) for item in table.caveats],
    }
    optional = {
        "totals": table.totals,
        "not_attributable": table.not_attributable,
        "basis": table.basis,
    }
    return frame | {name: value for name, value in optional.items() if value is not None}


def rendered(frame: Frame, as_of: Frame, form: Form) -> Rendered:
    """The answer in the asked form; the tag is over what the figures say, not over `as_of`."""
    said = {name: frame[name] for name in _SAID if name in frame}
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]
    caveats = ", ".join(item["code"] for item in frame["caveats"])
    if form is Form.CSV:
        return Rendered(csv_of(frame), form.media_type, f'W/"{digest}-csv"', caveats)
    asked = {name: frame[name] for name in ("table", "period", "region")}
    whole = {**asked, **said, "as_of": as_of}
    if form is Form.XLSX:
        columns, rows = flattened(frame)
        body = workbook(columns, rows, whole)
        return Rendered(body, form.media_type, f'W/"{digest}-xlsx"', caveats)
    return Rendered(msgspec.json.encode(whole), form.media_type, f'W/"{digest}"', caveats)


def as_of(reading: Reading) -> Frame:
    """How far the log was counted, and when."""
    return {"positions": by_topic(reading.positions), "counted_at": reading.counted_at}


def by_topic(positions: Positions) -> dict[str, dict[str, int]]:
    """`{topic: {partition: next offset}}`."""
    found: dict[str, dict[str, int]] = {}
    for (topic, number), position in sorted(positions.items()):
        found.setdefault(topic, {})[str(number)] = position
    return found


def csv_of(frame: Frame) -> bytes:
    """Null is an empty cell."""
    columns, rows = flattened(frame)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode()


def flattened(frame: Frame) -> tuple[list[str], list[dict[str, Any]]]:
    """Columns and rows without nesting: figures in figures become columns `age.under_18`."""
    columns = list(frame["columns"])
    return columns, [_flat(row, columns) for row in frame["rows"]]


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
