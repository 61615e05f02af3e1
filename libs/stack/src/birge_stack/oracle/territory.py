"""Regions and directions from the tables, and what the two maps make of them."""

import csv
from datetime import date
from importlib.resources import files

COUNTRY = "KZ"


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("birge_stack") / "data" / "2022" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


_REGIONS = _rows("regions.csv")
VALID_FROM = {row["code"]: date.fromisoformat(row["valid_from"]) for row in _REGIONS}
PREDECESSOR = {row["code"]: row["predecessor"] for row in _REGIONS if row["predecessor"]}
DIRECTIONS = tuple(sorted(row["code"] for row in _rows("directions.csv")))
LAYERS = ("front_office", "grant", "independent")
FORMATS = ("auto", "online", "offline")


def place_of(region: str, *, is_map_17: bool) -> str:
    """Where a region's figures stand: on the map of 17, with its predecessor."""
    return PREDECESSOR.get(region, region) if is_map_17 else region


def regions_expected(day: date, *, is_map_17: bool) -> tuple[str, ...]:
    """The regions whose figures are awaited for a window that begins on this day."""
    valid = (code for code, since in VALID_FROM.items() if since <= day)
    return tuple(sorted({place_of(code, is_map_17=is_map_17) for code in valid}))
