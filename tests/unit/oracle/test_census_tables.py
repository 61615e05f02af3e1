from typing import Any

import pytest

from birge_stack.oracle import Recount
from tests.unit.oracle.building import NETWORK, census, partner, record, recount_of


def rows_by_region(recount: Recount, table: str, period: str = "2022") -> dict[str, Any]:
    return {row["region"]: row for row in recount.table(table, period)["rows"]}


def total(volunteers: int | None, **more: Any) -> dict[str, Any]:
    return {"volunteers": {"total": volunteers, **more}}


def test_a_year_takes_the_last_half_and_compares_it_with_the_same_half_before() -> None:
    recount = recount_of(
        census(period="2021-H2", **total(50)),
        census(period="2022-H1", **total(80)),
        census(period="2022-H2", **total(120)),
    )
    row = rows_by_region(recount, "volunteers")["KZ-71"]
    found = (row["census_period"], row["total"], row["previous"], row["change_pct"])
    assert found == ("2022-H2", 120, 50, 140.0)


def test_a_rolling_window_takes_the_last_half_wholly_inside() -> None:
    recount = recount_of(census(period="2022-H1"), census(period="2022-H2"))
    row = rows_by_region(recount, "volunteers", "2022-11~12m")["KZ-71"]
    assert row["census_period"] == "2022-H1"


def test_a_fall_is_rounded_away_from_zero() -> None:
    recount = recount_of(census(period="2021-H2", **total(3)), census(**total(2)))
    assert rows_by_region(recount, "volunteers")["KZ-71"]["change_pct"] == -33.3333


def test_shares_of_the_country_stand_on_regions_that_gave_both() -> None:
    silent = {"volunteers": {"total": 300, "gender": None}}
    recount = recount_of(census(), census("KZ-75", **silent))
    rows = rows_by_region(recount, "volunteers")
    assert (rows["KZ"]["total"], rows["KZ"]["men"], rows["KZ"]["men_pct"]) == (400, 40, 40.0)
    assert (rows["KZ-75"]["men_pct"], rows["KZ-75"]["prevailing"]) == (None, None)
    assert rows["KZ-71"]["share_of_country_pct"] == 25.0
    assert rows["KZ"]["prevailing"] == "women"


def test_a_region_that_lacks_groups_stands_in_no_ratio() -> None:
    recount = recount_of(
        census(),
        census("KZ-75", organisations={"ngos": 28, "initiative_groups": None}),
        census("KZ-79", organisations={"ngos": 30, "initiative_groups": 30}),
    )
    rows = rows_by_region(recount, "organisations")
    assert (rows["KZ"]["ngos"], rows["KZ"]["initiative_groups"]) == (68, 60)
    assert (rows["KZ"]["ngo_pct_of_region"], rows["KZ-71"]["pct_of_national_ngos"]) == (40.0, 25.0)
    assert rows["KZ-75"]["prevailing"] is None
    assert rows["KZ-79"]["prevailing"] == "equal"
    missing = recount.table("organisations", "2022", "KZ-75")["missing"]
    assert missing == [
        {"region": "KZ-75", "what": "organisations.initiative_groups", "reason": "not_provided"}
    ]


def test_a_month_has_no_census_rows_and_says_why() -> None:
    answer = recount_of(census()).table("volunteers", "2022-12", "KZ-71")
    assert answer == {
        "rows": [],
        "missing": [{"region": "KZ-71", "what": "census", "reason": "half_yearly"}],
    }


def test_a_region_without_census_is_missing() -> None:
    missing = recount_of(census()).table("coverage", "2022")["missing"]
    assert len(missing) == 16
    assert {item["reason"] for item in missing} == {"no_submission"}


@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_office_that_names_the_region_outranks_others(is_reversed: bool) -> None:
    events = [census(**total(10)), census(source=NETWORK, **total(99))]
    recount = recount_of(*(reversed(events) if is_reversed else events))
    recount.apply_partner(partner("k1", NETWORK, None, registered_at="2021-01-01T00:00:00Z"))
    recount.apply_partner(
        partner("k2", "urn:birge:office:KZ-71", ["KZ-71"], registered_at="2022-01-01T00:00:00Z")
    )
    assert rows_by_region(recount, "volunteers")["KZ-71"]["total"] == 10


def test_among_unrestricted_sources_the_one_registered_first_counts() -> None:
    recount = recount_of(census(**total(10)), census(source=NETWORK, **total(99)))
    recount.apply_partner(
        partner("k1", "urn:birge:office:KZ-71", None, registered_at="2022-01-01T00:00:00Z")
    )
    recount.apply_partner(partner("k2", NETWORK, None, registered_at="2021-01-01T00:00:00Z"))
    assert rows_by_region(recount, "volunteers")["KZ-71"]["total"] == 99


def test_a_later_version_replaces_a_census() -> None:
    recount = recount_of(census(version=2, **total(7)), census(version=1, **total(9)))
    assert rows_by_region(recount, "volunteers")["KZ-71"]["total"] == 7


def estimate(period: str, value: int, *, source: str = NETWORK) -> bytes:
    data = {
        "table": "estimate",
        "period": period,
        "version": 1,
        "publisher": "network",
        "rows": [{"what": "volunteers", "value": value, "method": "asked around"}],
    }
    return record("reference.published", f"estimate/{period}", data, source=source)


def test_the_latest_estimate_that_ends_with_the_window_stands_beside_the_census() -> None:
    coverage = {"low_pct": 40, "high_pct": 62.5, "method": "experts"}
    recount = recount_of(
        census(coverage=coverage),
        estimate("2021", 100),
        estimate("2022", 174),
        estimate("2023", 999),
    )
    rows = rows_by_region(recount, "coverage")
    assert rows["KZ"] == {
        "region": "KZ",
        "reported": 100,
        "low": None,
        "high": None,
        "estimate": 174,
        "method": "asked around",
    }
    assert rows["KZ-71"] == {
        "region": "KZ-71",
        "reported": 100,
        "low": 40,
        "high": 62.5,
        "estimate": None,
        "method": "experts",
    }


def test_on_the_map_of_17_two_censuses_are_added_up() -> None:
    recount = recount_of(
        census("KZ-10", **total(5)), census("KZ-63", **total(7, gender={"men": 3, "women": None}))
    )
    answer = recount.table("volunteers", "2022-H2", "KZ-63", is_map_17=True)
    [row] = answer["rows"]
    assert (row["total"], row["men"], row["women"]) == (12, 3, None)
