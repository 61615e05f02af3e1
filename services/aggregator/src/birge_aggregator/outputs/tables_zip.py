"""Every table of an edition as CSV, each with its metadata for programs (W3C, CSV on the Web)."""

import io
import json
import zipfile
from typing import Any

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.editions import Edition
from birge_aggregator.rendering import csv_of

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# ZIP has no dates before; a date of now would make other bytes of the same edition.
_DATE = (1980, 1, 1, 0, 0, 0)
_OF_REGIONS = frozenset({"directions", "grants", "inquiries"})
"""Tables whose answer about the country does not hold the regions' own rows."""


def tables_zip(edition: Edition, answers: Answers, *, address: str) -> bytes:
    """`2022/hours.csv` with `2022/hours.csv-metadata.json`, for each table, window and map."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key in sorted(answers, key=lambda one: one.name):
            if key.region == COUNTRY or key.table in _OF_REGIONS:
                path = path_of(key)
                _write(archive, path, csv_of(answers[key]))
                metadata = metadata_of(edition, key, answers[key], path, address)
                _write(archive, f"{path}-metadata.json", _text(metadata))
    return out.getvalue()


def path_of(key: AnswerKey) -> str:
    """`2022/hours.csv`, `2022/map-17/directions-KZ-71.csv`, `2022/representedness-events.csv`."""
    drawn = "map-17/" if key.map_17 else ""
    region = "" if key.region == COUNTRY else f"-{key.region}"
    basis = "" if key.basis == "hours" else f"-{key.basis}"
    return f"{key.window}/{drawn}{key.table}{basis}{region}.csv"


def metadata_of(
    edition: Edition, key: AnswerKey, frame: Frame, path: str, address: str
) -> dict[str, Any]:
    """What the table is of, what its columns are called, its caveats and what is missing."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.rpartition("/")[2],
        "dc:title": f"{key.table}, {key.window}",
        "dc:license": {"@id": _LICENCE},
        "dc:source": {"@id": f"{address}/publications/{edition.id}"},
        "dc:issued": edition.issued_at.isoformat(),
        "tableSchema": {
            "columns": [{"name": name, "titles": name, "null": ""} for name in frame["columns"]]
        },
        "notes": [
            *({"caveat": one["code"], **one} for one in frame["caveats"]),
            *({"missing": one["what"], **one} for one in frame["missing"]),
        ],
    }


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _write(archive: zipfile.ZipFile, path: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(path, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, body)
