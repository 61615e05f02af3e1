"""The table `economy` says whose wage it took: the regions at the national one, and sources."""

from typing import Any

from birge_aggregator.domain.tables.answer import Table
from tests.support.records import event, report
from tests.support.tables import table

REFERENCE = "kz.birge.reference.published.v1"


def reference(name: str, rows: list[dict[str, Any]], publisher: str, source: str) -> bytes:
    data = {"table": name, "period": "2022", "version": 1, "publisher": publisher, "rows": rows}
    return event(REFERENCE, f"{name}/2022", data, source)


def wages(source: str = "urn:birge:a", **by_region: int) -> bytes:
    rows = [
        {"region": region.replace("_", "-"), "tenge_per_month": tenge}
        for region, tenge in by_region.items()
    ]
    return reference("wages_by_region", rows, f"office of {source}", source)


WORK = reference(
    "wages_by_activity",
    [{"activity": "rescue", "directions": ["umit"], "tenge_per_month": 200_000}],
    "ministry",
    "urn:birge:a",
)
TIME = reference("working_time", [{"hours_per_year": 1816}], "labour code", "urn:birge:a")
REPORTS = (
    report("r-1", region="KZ-71", direction="umit"),
    report("r-2", region="KZ-75", direction="umit"),
    report("r-3", region="KZ-75", direction="bilim"),
)


def economy(*values: bytes, **asked: Any) -> Table:
    return table("economy", *REPORTS, WORK, TIME, *values, **asked)


def caveats(made: Table) -> dict[str, tuple[str, ...]]:
    return {one.code: one.regions for one in made.caveats if "national" in one.code}


def test_regions_at_the_national_wage_are_named_for_each_method() -> None:
    made = economy(wages(KZ=300_000, KZ_71=400_000))
    assert caveats(made) == {
        "national_wage": ("KZ-75",),
        "national_wage_of_activities": ("KZ-75",),
    }
    assert made.basis is not None
    assert made.basis["at_national_wage"] == {
        "activity_wage": ["KZ-75"],
        "regional_wage": ["KZ-75"],
    }
    only = economy(wages(KZ=300_000, KZ_71=400_000), region="KZ-71")
    assert caveats(only) == {}


def test_where_every_wage_is_published_nobody_is_named() -> None:
    made = economy(wages(KZ=1, KZ_71=400_000, KZ_75=350_000))
    assert caveats(made) == {"national_wage_of_activities": ("KZ-75",)}


def test_only_the_sources_that_were_used_are_named() -> None:
    own, unused = wages(KZ=300_000, KZ_71=400_000, KZ_75=1), wages("urn:birge:b", KZ_71=1)
    made = economy(own, unused)
    assert made.basis is not None
    named = [(one["table"], one["source"]) for one in made.basis["sources"]]
    assert named == [
        ("wages_by_activity", "urn:birge:a"),
        ("wages_by_region", "urn:birge:a"),
        ("working_time", "urn:birge:a"),
    ]
