"""The tables of an edition as files: the same figures, the same bytes each time."""

import csv
import io
import json
import zipfile
from functools import cache
from xml.etree import ElementTree

import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.outputs.files import FILE_NAMES, files_of
from birge_aggregator.rendering import flattened
from birge_aggregator.tables import TABLES
from tests.support.edition_2022 import edition_2022, frozen_2022

ADDRESS = "http://birge"


@cache
def files() -> dict[str, bytes]:
    return dict(files_of(edition_2022(), frozen_2022().answers, address=ADDRESS))


@cache
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files()["tables.zip"]))


def test_every_file_is_made() -> None:
    assert tuple(files()) == FILE_NAMES


@pytest.mark.parametrize("name", FILE_NAMES)
def test_the_same_edition_gives_the_same_bytes(name: str) -> None:
    again = dict(files_of(edition_2022(), frozen_2022().answers, address=ADDRESS))
    assert again[name] == files()[name]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_csv_has_the_figures_of_its_answer(table: str) -> None:
    frame = frozen_2022().answers[AnswerKey(table, "2022")]
    columns, rows = flattened(frame)
    with archive().open(f"2022/{table}.csv") as file:
        read = list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))
    assert len(read) == len(rows)
    for said, row in zip(read, rows, strict=True):
        for name in columns:
            value = row.get(name)
            assert said[name] == ("" if value is None else str(value)), name


def test_its_metadata_names_columns_caveats_and_what_is_missing() -> None:
    frame = frozen_2022().answers[AnswerKey("organisations", "2022")]
    said = json.loads(archive().read("2022/organisations.csv-metadata.json"))
    assert [one["name"] for one in said["tableSchema"]["columns"]] == frame["columns"]
    caveats = {one["code"]: one["text"] for one in said["notes"] if "caveat" in one}
    assert set(caveats["national_base"]) == {"kk", "ru", "en"}
    assert [one["region"] for one in said["notes"] if "missing" in one] == ["KZ-75"]


@pytest.mark.parametrize(
    "path",
    [
        "2022-H1/hours.csv",
        "2022/map-17/volunteers.csv",
        "2022/representedness-events.csv",
        "2022/directions-KZ-71.csv",
    ],
)
def test_windows_maps_and_regions_are_there(path: str) -> None:
    assert path in archive().namelist()


def test_the_workbook_has_a_sheet_for_each_table() -> None:
    with zipfile.ZipFile(io.BytesIO(files()["tables.xlsx"])) as book:
        sheets = ElementTree.fromstring(book.read("xl/workbook.xml"))
        names = [one.get("name") for one in sheets.iter() if one.tag.endswith("}sheet")]
        texts = book.read("xl/sharedStrings.xml").decode()
    assert names == ["index", *TABLES, "representedness by events"]
    assert edition_2022().content_hash in texts
    assert "initiative_groups" in texts
