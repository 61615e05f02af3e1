"""A table as JSON and as CSV, with the tag that tells whether it changed."""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from birge_aggregator.answers import Reading
from birge_aggregator.domain.tables.answer import Question, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Rendered:
    """An answer's bytes, and the headers that travel with them."""

    body: bytes
    media_type: str
    etag: str
    caveats: str


def rendered(
    name: str, question: Question, reading: Reading, table: Table, *, as_csv: bool
) -> Rendered:
    """The answer in the asked form; the tag is over what the figures say, not over `as_of`."""
    said: dict[str, Any] = {"rows": table.rows}
    if table.totals is not None:
        said["totals"] = table.totals
    said["missing"] = [asdict(item) for item in table.missing]
    said["caveats"] = [asdict(item) for item in table.caveats]
    if table.not_attributable is not None:
        said["not_attributable"] = table.not_attributable
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]
    caveats = ", ".join(item.code for item in table.caveats)
    if as_csv:
        return Rendered(_csv(table), "text/csv; charset=utf-8", f'W/"{digest}-csv"', caveats)
    frame = {
        "table": name,
        "period": reading.figures.window.name,
        "region": question.region,
        **said,
        "as_of": {"positions": positions_by_topic(reading), "counted_at": reading.counted_at},
    }
    return Rendered(msgspec.json.encode(frame), "application/json", f'W/"{digest}"', caveats)


def positions_by_topic(reading: Reading) -> dict[str, dict[str, int]]:
    """`{topic: {partition: next offset}}`."""
    by_topic: dict[str, dict[str, int]] = {}
    for (topic, number), position in sorted(reading.positions.items()):
        by_topic.setdefault(topic, {})[str(number)] = position
    return by_topic


def _csv(table: Table) -> bytes:
    """Nested figures become columns `age.under_18`; null is an empty cell."""
    rows = [_flat(row) for row in table.rows]
    columns = list(dict.fromkeys([name for row in rows for name in row])) or list(table.columns)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode()


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": part for inner, part in value.items()}
        else:
            flat[name] = value
    return flat


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
