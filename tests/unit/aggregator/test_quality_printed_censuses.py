"""Printed men, women, NGOs and groups are held against the censuses that count."""

from typing import Any

import pytest

from tests.support.records import census, printed
from tests.support.tables import findings, of_check
from tests.unit.oracle.building import findings as recounted
from tests.unit.oracle.building import recount_of

# Two regions, each of 40 men, 60 women, 3 NGOs and 7 groups.
CENSUSES = (census("KZ-71"), census("KZ-75"))


def found(table: str, unit: str, value: float, *values: bytes, **of: Any) -> list[Any]:
    row = printed({"unit": unit, "value": value, "of": {"table": table, **of}}, period="2022-H2")
    ours = of_check(findings(*values, row), "printed_total")
    theirs = recounted(recount_of(*values, row), "printed_total")
    assert [one[3:5] for one in ours] == [(one["expected"], one["found"]) for one in theirs]
    return [one[4] for one in ours]


@pytest.mark.parametrize(
    ("table", "unit", "own"),
    [
        ("volunteers", "men", 80),
        ("volunteers", "women", 120),
        ("volunteers", "persons", 200),
        ("organisations", "ngos", 6),
        ("organisations", "initiative_groups", 14),
        ("organisations", "organisations", 20),
    ],
)
def test_a_printed_figure_of_a_census_is_held_against_the_sum(
    table: str, unit: str, own: int
) -> None:
    assert found(table, unit, own, *CENSUSES) == []
    assert found(table, unit, own + 1, *CENSUSES) == [own]
    assert found(table, unit, own, *CENSUSES, region="KZ-71") == [own / 2]
    assert found(table, unit, own / 2, *CENSUSES, region="KZ-71") == []
    assert found(table, unit, own) == [None]


def test_a_figure_that_one_office_did_not_give_is_the_others_sum() -> None:
    without = census("KZ-75", organisations={"ngos": 3, "initiative_groups": None})
    assert found("organisations", "initiative_groups", 14, CENSUSES[0], without) == [7]
    assert found("organisations", "organisations", 14, CENSUSES[0], without) == [13]


def test_what_is_no_unit_of_organisations_is_held_against_nothing() -> None:
    assert found("organisations", "men", 1, *CENSUSES) == []
    assert found("organisations", "persons", 1, *CENSUSES) == []
