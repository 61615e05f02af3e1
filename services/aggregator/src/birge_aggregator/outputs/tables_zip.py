"""Every table of an edition as CSV, each with its metadata for programs, and a guide to them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.code_names import HEADS, code_names
from birge_aggregator.outputs.csv_metadata import metadata_of
from birge_aggregator.outputs.languages import words_in
from birge_aggregator.outputs.reading_guide import reading_guide
from birge_aggregator.rendering import csv_of
from birge_common.web.pages.languages import LANGUAGES

# ZIP has no dates before; a date of now would make other bytes of the same edition.
_DATE = (1980, 1, 1, 0, 0, 0)
_OF_REGIONS = frozenset({"directions", "grants", "inquiries"})
"""Tables whose answer about the country does not hold the regions' own rows."""


def tables_zip(edition: Edition, answers: Answers, *, address: str) -> bytes:
    """`2022/hours.csv` with `2022/hours.csv-metadata.json`, for each table, window and map."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, body in _entries(edition, answers, address):
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return out.getvalue()


def path_of(key: AnswerKey) -> str:
    """`2022/hours.csv`, `2022/map-17/directions-KZ-71.csv`, `2022/representedness-events.csv`."""
    drawn = "map-17/" if key.map_17 else ""
    region = "" if key.region == COUNTRY else f"-{key.region}"
    basis = "" if key.basis == "hours" else f"-{key.basis}"
    return f"{key.window}/{drawn}{key.table}{basis}{region}.csv"


def _entries(edition: Edition, answers: Answers, address: str) -> Iterator[tuple[str, bytes]]:
    for language in LANGUAGES:
        guide = reading_guide(words_in(language), edition, address=address)
        yield f"README-{language}.txt", guide.encode()
    yield "codes.csv", _codes()
    for key in sorted(answers, key=lambda one: one.name):
        if key.region == COUNTRY or key.table in _OF_REGIONS:
            path, frame = path_of(key), answers[key]
            yield path, csv_of(frame)
            metadata = metadata_of(edition, key, frame, path, address)
            said = json.dumps(metadata, ensure_ascii=False, indent=1, sort_keys=True)
            yield f"{path}-metadata.json", said.encode()


def _codes() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(code_names())
    return out.getvalue().encode()
