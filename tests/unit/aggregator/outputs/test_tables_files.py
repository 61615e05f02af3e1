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
XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def files() -> dict[str, bytes]:
    return dict(files_of(edition_2022(), frozen_2022().answers, address=ADDRESS))


@cache
def again() -> dict[str, bytes]:
    return dict(files_of(edition_2022(), frozen_2022().answers, address=ADDRESS))


@cache
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files()["tables.zip"]))


def test_every_file_is_made() -> None:
    assert tuple(files()) == FILE_NAMES


@pytest.mark.parametrize("name", FILE_NAMES)
def test_the_same_edition_gives_the_same_bytes(name: str) -> None:
    assert again()[name] == files()[name]


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


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_column_has_a_title_and_a_meaning_in_three_languages(table: str) -> None:
    said = json.loads(archive().read(f"2022/{table}.csv-metadata.json"))
    for column in said["tableSchema"]["columns"]:
        for texts in (column["dc:title"], column["dc:description"]):
            assert [one["@language"] for one in texts] == ["kk", "ru", "en"]
            assert len({one["@value"] for one in texts if one["@value"]}) >= 2, column["name"]


def test_a_program_learns_what_is_a_number_and_what_was_left_out() -> None:
    said = json.loads(archive().read("2022/programme.csv-metadata.json"))
    kinds = {one["name"]: one["datatype"] for one in said["tableSchema"]["columns"]}
    assert kinds["milestone"] == "string"
    assert kinds["done"] == "number"
    assert kinds["met"] == {"base": "boolean", "format": "True|False"}
    why = {one["reason"]: one["text"]["ru"] for one in said["notes"] if "missing" in one}
    assert why == {"no_submission": "ничего не сдано"}


@pytest.mark.parametrize(
    ("language", "title", "no_zero"),
    [
        ("kk", "Еріктілер санмен", "ешқашан 0 емес"),
        ("ru", "Волонтёры в цифрах", "никогда не означает 0"),
        ("en", "Volunteers in numbers", "never 0"),
    ],
)
def test_a_guide_says_what_is_in_the_archive(language: str, title: str, no_zero: str) -> None:
    guide = archive().read(f"README-{language}.txt").decode()
    assert title in guide
    assert no_zero in guide
    assert edition_2022().content_hash in guide
    assert all(f"\n{table} " in guide for table in TABLES)


def test_every_region_and_direction_in_a_table_has_a_name() -> None:
    with archive().open("codes.csv") as file:
        named = {(row[0], row[1]) for row in csv.reader(io.TextIOWrapper(file, "utf-8"))}
    for row in frozen_2022().answers[AnswerKey("hours", "2022")]["rows"]:
        assert ("region", row["region"]) in named
        assert row["direction"] is None or ("direction", row["direction"]) in named


@cache
def book() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files()["tables.xlsx"]))


def sheet_of(name: str) -> list[list[str]]:
    """A sheet's rows, columns A to I; an empty cell is an empty text."""
    listed = ElementTree.fromstring(book().read("xl/workbook.xml")).iter(f"{XLSX}sheet")
    number = [one.get("name") for one in listed].index(name) + 1
    texts = [
        "".join(part.text or "" for part in one.iter(f"{XLSX}t"))
        for one in ElementTree.fromstring(book().read("xl/sharedStrings.xml")).iter(f"{XLSX}si")
    ]
    sheet = ElementTree.fromstring(book().read(f"xl/worksheets/sheet{number}.xml"))
    rows = []
    for row in sheet.iter(f"{XLSX}row"):
        said = [""] * len("ABCDEFGHI")
        for cell in row:
            value = cell.findtext(f"{XLSX}v") or ""
            place = ord(cell.attrib["r"][0]) - ord("A")
            said[place] = texts[int(value)] if cell.get("t") == "s" else value
        rows.append(said)
    return rows


def test_the_workbook_has_a_sheet_for_each_table() -> None:
    listed = ElementTree.fromstring(book().read("xl/workbook.xml")).iter(f"{XLSX}sheet")
    names = [one.get("name") for one in listed]
    assert names == ["index", *TABLES, "representedness by events", "codes"]


def test_its_index_names_the_edition_and_every_table_in_three_languages() -> None:
    rows = sheet_of("index")
    assert ["content_hash", edition_2022().content_hash] in [row[:2] for row in rows]
    named = ["volunteers", "Еріктілер санмен", "Волонтёры в цифрах", "Volunteers in numbers"]
    assert named in [row[:4] for row in rows]


def test_a_sheet_has_titles_figures_and_why_a_figure_is_missing() -> None:
    rows = sheet_of("organisations")
    assert [row[0] for row in rows[1:4]] == ["Ұйымдар", "Организации", "Organisations"]
    assert rows[7][:3] == ["region", "ngos", "initiative_groups"]
    assert rows[8][:3] == ["KZ", "660", "1834"]
    assert ["KZ-75", "28", ""] in [row[:3] for row in rows]
    assert ["missing", "organisations.initiative_groups", "KZ-75"] in [row[:3] for row in rows]
    assert "not provided" in next(row for row in rows if row[:1] == ["missing"])
