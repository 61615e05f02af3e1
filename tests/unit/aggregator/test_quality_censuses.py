"""Censuses: each check on its threshold, over it, and where it is clean."""

from typing import Any

import pytest

from tests.support.clean_year import GROUPS, NEWER
from tests.support.records import census
from tests.support.tables import checks, findings, of_check

OFFICE = "urn:birge:office:KZ-71"


def silent(rows: list[dict[str, Any]], period: str) -> list[str]:
    found = of_check(rows, "completeness", "census")
    return [region for region, of_period, *_ in found if of_period == period]


def test_a_half_year_is_due_once_a_region_has_a_census_of_it_or_of_the_later_half() -> None:
    rows = findings(census("KZ-71", "2022-H1"))
    assert len(silent(rows, "2022-H1")) == 16
    assert silent(rows, "2022-H2") == []
    assert ("KZ-75", "2022-H1", "census", 1, 0, -1) in of_check(rows, "completeness")
    rows = findings(census("KZ-71", "2022-H2"), census("KZ-75", "2022-H1"))
    assert len(silent(rows, "2022-H1")) == 16
    # The regions of 8 June 2022 owe their first census of its second half.
    assert len(silent(rows, "2022-H2")) == 16 + len(NEWER)
    assert set(NEWER) < set(silent(rows, "2022-H2"))
    assert "KZ-75" not in silent(rows, "2022-H1")
    assert "KZ-71" not in silent(rows, "2022-H2")
    assert {row["importance"] for row in rows} == {"error"}


def test_neither_the_country_nor_another_year_makes_a_half_year_due() -> None:
    values = (
        census("KZ", "2022-H2"),
        census("KZ", "2023-H1"),
        census("KZ-71", "2021-H2"),
        census("KZ-71", "2024-H1"),
    )
    assert findings(*values) == []


@pytest.mark.parametrize("half", ["2023-H1", "2023-H2"])
def test_the_next_year_s_census_makes_both_halves_due(half: str) -> None:
    rows = findings(census("KZ-71", half))
    assert len(silent(rows, "2022-H1")) == 17
    assert len(silent(rows, "2022-H2")) == 20
    assert {row["check"] for row in rows} == {"completeness"}
    assert silent(findings(census("KZ-71", half), map_17=True), "2022-H2") == silent(
        rows, "2022-H1"
    )


def test_any_source_s_census_is_the_region_s() -> None:
    rows = findings(census("KZ-71", "2022-H2", source="urn:birge:z"))
    assert "KZ-71" not in silent(rows, "2022-H2")


def test_on_the_map_of_17_a_newer_region_s_census_is_its_predecessor_s() -> None:
    newer = census("KZ-10", "2022-H2")
    assert "KZ-63" in silent(findings(newer), "2022-H2")
    assert "KZ-10" not in silent(findings(newer), "2022-H2")
    assert len(silent(findings(newer), "2022-H2")) == 19
    assert len(silent(findings(newer, map_17=True), "2022-H2")) == 16
    assert "KZ-63" not in silent(findings(newer, map_17=True), "2022-H2")


@pytest.mark.parametrize("group", sorted(GROUPS))
@pytest.mark.parametrize(
    ("total", "figures", "found"),
    [
        pytest.param(10, [7, 3], None, id="equal"),
        pytest.param(10, [7, 2], 9, id="below"),
        pytest.param(10, [7, 4], 11, id="above"),
        pytest.param(0, [0, 0], None, id="nothing at all"),
        pytest.param(0, [0, 1], 1, id="somebody of nobody"),
        pytest.param(10, [7, None], None, id="a part missing, below"),
        pytest.param(10, [10, None], None, id="a part missing, equal"),
        pytest.param(10, [11, None], 11, id="a part missing, above"),
        pytest.param(10, [None, None], None, id="all parts missing"),
        pytest.param(None, [7, 3], None, id="no total"),
    ],
)
def test_parts_make_the_total_and_some_of_them_no_more(
    group: str, total: int | None, figures: list[int | None], found: int | None
) -> None:
    first, second, *others = GROUPS[group]
    stated = {**dict.fromkeys(others, 0), **dict(zip((first, second), figures, strict=True))}
    rows = findings(census(volunteers={"total": total, group: stated}))
    wanted = [
        ("KZ-71", "2022-H2", f"volunteers.{group}", total, found, (found or 0) - (total or 0))
    ]
    assert of_check(rows, "sum_of_parts") == (wanted if found else [])
    assert "error" in {row["importance"] for row in rows if row["check"] == "sum_of_parts"} or (
        not found
    )


def test_a_part_that_is_not_named_is_missing_and_the_group_may_be_absent() -> None:
    for group in ({"men": 7}, {"men": 7, "women": None}, {}, None):
        values = census(volunteers={"total": 10, "gender": group})
        assert of_check(findings(values), "sum_of_parts") == []
    assert checks(findings(census(volunteers=None, organisations={"ngos": 1}))) == []


def test_every_source_s_sums_are_held_and_the_country_s_too() -> None:
    wrong = {"total": 10, "gender": {"men": 7, "women": 4}}
    values = [census("KZ-71", source=f"urn:birge:{name}", volunteers=wrong) for name in "ab"]
    rows = findings(*values, census("KZ", volunteers=wrong))
    assert [row[0] for row in of_check(rows, "sum_of_parts")] == [None, "KZ-71", "KZ-71"]
    assert len({row["finding"] for row in rows}) == len(rows)


EMPTY: dict[str, Any] = {"volunteers": None, "organisations": None}


@pytest.mark.parametrize(
    ("figures", "given"),
    [
        pytest.param(EMPTY, 0, id="none given"),
        pytest.param({**EMPTY, "volunteers": {"total": 0}}, 1, id="one 0"),
        pytest.param(
            {"volunteers": {"gender": {"men": 0, "women": None}}, "organisations": {"ngos": 0}},
            2,
            id="two 0",
        ),
        pytest.param(
            {
                "volunteers": {
                    "total": 0,
                    **{group: dict.fromkeys(names, 0) for group, names in GROUPS.items()},
                },
                "organisations": {"ngos": 0, "initiative_groups": 0},
            },
            15,
            id="every figure 0",
        ),
        pytest.param({**EMPTY, "organisations": {"initiative_groups": 1}}, None, id="one 1"),
        pytest.param({**EMPTY, "volunteers": {"age": {"pension": 1}}}, None, id="a part of 1"),
    ],
)
@pytest.mark.parametrize("region", ["KZ-71", "KZ"])
def test_a_census_without_a_figure_above_0_is_empty(
    region: str, figures: dict[str, Any], given: int | None
) -> None:
    rows = findings(census(region, source="urn:birge:z", **figures))
    of_region = None if region == "KZ" else region
    wanted = [(of_region, "2022-H2", "census", None, given, None)]
    assert of_check(rows, "empty") == ([] if given is None else wanted)


@pytest.mark.parametrize(
    ("first", "second"), [("2022-H1", "2022-H2"), ("2021-H2", "2022-H1")], ids=str
)
def test_a_census_repeats_the_half_year_before_if_every_figure_does(
    first: str, second: str
) -> None:
    rows = findings(census("KZ-71", first), census("KZ-71", second, method_note="as before"))
    assert of_check(rows, "repeated") == [("KZ-71", second, "census", None, 100, None)]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"source": "urn:birge:z"}, id="of another source"),
        pytest.param({"region": "KZ-75", "source": OFFICE}, id="of another region"),
        pytest.param({"period": "2023-H1"}, id="a year later"),
        pytest.param({"organisations": {"ngos": 3}}, id="a figure missing"),
        pytest.param({"organisations": {"ngos": 3, "initiative_groups": 8}}, id="one more"),
    ],
)
def test_whatever_differs_is_no_repetition(second: dict[str, Any]) -> None:
    other = {"region": "KZ-71", "period": "2022-H2", **second}
    for year in ("2022", "2023"):
        rows = findings(census("KZ-71", "2022-H1"), census(**other), window=year)
        assert of_check(rows, "repeated") == []


def test_two_empty_ones_repeat_nothing_and_a_total_may_be_missing() -> None:
    empty = [census("KZ-71", half, **EMPTY) for half in ("2022-H1", "2022-H2")]
    assert set(checks(findings(*empty))) == {"empty"}
    no_total = [
        census("KZ", half, volunteers={"gender": {"men": 5}}) for half in ("2022-H1", "2022-H2")
    ]
    repeated = of_check(findings(*no_total), "repeated")
    assert repeated == [(None, "2022-H2", "census", None, None, None)]
