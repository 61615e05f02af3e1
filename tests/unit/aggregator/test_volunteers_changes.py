"""The table `volunteers` says why a total changed, and where the year before was another map's."""

from typing import Any

import pytest

from tests.support.records import census, explanation
from tests.support.tables import Row, findings, registered, table

KEYS = registered({"urn:birge:office:KZ-71": ["KZ-71"], "urn:birge:network": None})
SAID = ("change_state", "change_reason", "change_explained_by", "change_text")
NOTHING = (None, None, None, None)


def years(region: str, before: int, after: int, half: str = "H2", **said: Any) -> list[bytes]:
    return [
        census(region, f"2021-{half}", volunteers={"total": before}),
        census(region, f"2022-{half}", volunteers={"total": after}, **said),
    ]


def rows(*values: bytes, **asked: Any) -> dict[str, Row]:
    made = table("volunteers", *values, **{"keys": KEYS, **asked})
    return {row["region"]: dict(row) for row in made.rows}


def reason_of(region: str, *values: bytes) -> tuple[Any, ...]:
    return tuple(rows(*values)[region][name] for name in SAID)


def finding_of(region: str | None, *values: bytes) -> str:
    (name,) = (
        row["finding"]
        for row in findings(*values)
        if row["check"] == "change_without_reason" and row["region"] == region
    )
    return str(name)


def test_a_small_change_has_nothing_to_explain() -> None:
    assert reason_of("KZ-71", *years("KZ-71", 100, 110, method_note="Counted anew")) == NOTHING


def test_a_large_change_is_open_until_its_office_explains_it() -> None:
    values = years("KZ-71", 100, 111)
    assert reason_of("KZ-71", *values) == ("open", None, None, None)
    name = finding_of("KZ-71", *values)
    said = explanation(name, reason="coverage")
    explained = ("explained", "coverage", "urn:birge:office:KZ-71", "A flood brought them.")
    assert reason_of("KZ-71", *values, said) == explained
    of_another = explanation(name, reason="coverage", source="urn:birge:office:KZ-75")
    assert reason_of("KZ-71", *values, of_another) == ("open", None, None, None)


def test_a_note_on_the_method_is_shown_as_the_reason_and_a_dash_is_none() -> None:
    noted = years("KZ-71", 100, 50, method_note="The rule was tightened")
    assert reason_of("KZ-71", *noted) == ("explained", None, None, "The rule was tightened")
    dashed = years("KZ-71", 100, 50, method_note="-")
    assert reason_of("KZ-71", *dashed) == ("open", None, None, None)


def test_the_country_s_row_carries_its_own_explanation() -> None:
    values = [*years("KZ-71", 100, 150), *years("KZ-75", 100, 100)]
    assert reason_of("KZ", *values) == ("open", None, None, None)
    said = explanation(finding_of(None, *values), "KZ", source="urn:birge:network")
    assert reason_of("KZ", *values, said)[:3] == ("explained", "real", "urn:birge:network")
    assert reason_of("KZ-71", *values, said) == ("open", None, None, None)


@pytest.mark.parametrize(
    ("region", "half", "is_marked"),
    [
        ("KZ-63", "2022-H1", False),
        ("KZ-63", "2022-H2", True),
        ("KZ-10", "2022-H2", True),
        ("KZ-63", "2023-H1", True),
        ("KZ-63", "2023-H2", False),
        ("KZ-71", "2022-H2", False),
    ],
)
def test_a_year_before_on_another_territory_is_marked(
    region: str, half: str, is_marked: bool
) -> None:
    value = census(region, half)
    made = table("volunteers", value, window=half)
    marks = {row["region"]: row["boundary_change"] for row in made.rows}
    assert marks == {"KZ": False, region: is_marked}
    compared = [one.regions for one in made.caveats if one.code == "boundary_compared"]
    assert compared == ([(region,)] if is_marked else [])
    moved = table("volunteers", value, window=half, map_17=True)
    assert {row["boundary_change"] for row in moved.rows} == {False}
