"""The figures of 2022 that everything generated must add up to, read from the package's data."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class RegionCensus:
    """One region's snapshot of the second half of 2022; `initiative_groups` may be unknown."""

    region: str
    volunteers: int
    volunteers_2021: int
    gender: Mapping[str, int]
    age: Mapping[str, int]
    occupation: Mapping[str, int]
    ngos: int
    initiative_groups: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Census and front-office hours by region, and the figures as the report printed them."""

    census: Mapping[str, RegionCensus]
    hours: Mapping[str, Mapping[str, int]]
    published: Mapping[str, Any]

    @property
    def regions(self) -> tuple[str, ...]:
        """The seventeen regions whose offices reported, in order of code."""
        return tuple(sorted(self.hours))

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions of the front offices' hours, in order of code."""
        return tuple(sorted(next(iter(self.hours.values()))))

    def region_hours(self, region: str) -> int:
        """All front-office hours of a region."""
        return sum(self.hours[region].values())


GENDERS = ("men", "women")
OCCUPATIONS = ("school_pupil", "student", "neet", "employed", "unemployed", "retired")
AGE_COLUMNS = {
    "under_18": "age_under_18",
    "from_18_to_29": "age_18_29",
    "from_30_to_pension": "age_30_pension",
    "pension": "age_pension",
}


def read_text(name: str) -> str:
    """A file of the package's data of 2022."""
    return (files("birge_stack") / "data" / "2022" / name).read_text(encoding="utf-8")


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the package's data of 2022."""
    return list(csv.DictReader(read_text(name).splitlines()))


def _census_from(row: Mapping[str, str]) -> RegionCensus:
    return RegionCensus(
        region=row["region"],
        volunteers=int(row["volunteers"]),
        volunteers_2021=int(row["volunteers_2021"]),
        gender={gender: int(row[gender]) for gender in GENDERS},
        age={age: int(row[column]) for age, column in AGE_COLUMNS.items()},
        occupation={occupation: int(row[occupation]) for occupation in OCCUPATIONS},
        ngos=int(row["ngos"]),
        initiative_groups=int(row["initiative_groups"]) if row["initiative_groups"] else None,
    )


@cache
def figures_of_2022() -> Figures:
    """All figures; read once, never changed."""
    hours = {
        row["region"]: {code: int(text) for code, text in row.items() if code != "region"}
        for row in read_rows("hours-2022.csv")
    }
    census = {row["region"]: _census_from(row) for row in read_rows("census-2022.csv")}
    return Figures(census, hours, json.loads(read_text("published-2022.json")))
