"""How findings are named and ordered, which are shown, and which are explained."""

from hashlib import sha256
from typing import Any

import pytest

from birge_stack.oracle import Recount
from tests.unit.oracle.building import (
    NETWORK,
    OFFICE,
    census,
    explanation,
    findings,
    partner,
    recount_of,
    reference,
    report,
)

LATE = "2023-01-01T00:00:00Z"


def named(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()[:16]


def test_a_finding_is_named_by_everything_but_its_figures() -> None:
    recount = recount_of(
        report(volunteers=0, time=LATE), census("KZ", volunteers=None, organisations=None)
    )
    names = {(row["check"], row["what"]): row["finding"] for row in quality(recount)}
    of_report = ("outlier", "hours for the volunteers")
    assert names[of_report] == named(
        "outlier", "KZ-71", "2022-03", "hours for the volunteers", f"{OFFICE}|r1"
    )
    assert names["timeliness", "reports on time"] == named(
        "timeliness", "KZ-71", "2022-03", "reports on time", ""
    )
    assert names["empty", "census"] == named("empty", "", "2022-H2", "census", OFFICE)
    changed = findings(recount_of(report(volunteers=0, hours=9)), "outlier")
    assert changed[0]["finding"] == names[of_report]


def test_a_double_is_named_by_both_reports_the_lower_first() -> None:
    recount = recount_of(report("z", hours=10), report("a", hours=10.1, source=NETWORK))
    [row] = findings(recount, "likely_double")
    key = f"{OFFICE}|z|{NETWORK}|a"
    assert row["finding"] == named("likely_double", "KZ-71", "2022-03", "o1 in qamqor", key)


@pytest.mark.parametrize(("check", "suffix"), [("sum_of_parts", "parts"), ("printed_total", "of")])
def test_a_printed_row_is_named_by_source_and_unit(check: str, suffix: str) -> None:
    row = {"what": "all", "unit": "h", "value": 5, "of": {"table": "hours"}}
    record = reference("printed_total", {**row, "parts": [{"what": "a", "value": 1}]})
    [found] = findings(recount_of(record), check)
    assert found["finding"] == named(check, "", "2022", "all", f"{NETWORK}|h|{suffix}|hours::::")


def quality(recount: Recount, period: str = "2022", region: str = "KZ") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = recount.table("quality", period, region)["rows"]
    return rows


def printed(name: str, value: int, **of: Any) -> dict[str, Any]:
    return {
        "what": name,
        "unit": "h",
        "value": value,
        "parts": [],
        "of": {"table": "hours", **of},
    }


def test_errors_come_first_then_larger_differences_then_the_country() -> None:
    recount = recount_of(
        report(hours=10, volunteers=0),
        reference(
            "printed_total",
            printed("b", 12, region="KZ-71"),
            printed("not there", 5, region="KZ-75"),
            printed("a", 12, region="KZ-71"),
            printed("all", 12),
            printed("far", 0),
        ),
    )
    rows = [row for row in quality(recount) if row["check"] != "completeness"]
    assert [(row["importance"], row["check"], row["what"]) for row in rows] == [
        ("error", "outlier", "hours for the volunteers"),
        ("warning", "printed_total", "far"),
        ("warning", "printed_total", "all"),
        ("warning", "printed_total", "a"),
        ("warning", "printed_total", "b"),
        ("warning", "printed_total", "not there"),
    ]
    checks = [row["check"] for row in quality(recount)]
    assert checks == sorted(checks, key=lambda check: (check == "printed_total", check))


def test_a_row_says_everything_but_the_prose() -> None:
    recount = recount_of(report(volunteers=0))
    [row] = findings(recount, "outlier")
    assert row == {
        "finding": row["finding"],
        "check": "outlier",
        "importance": "error",
        "region": "KZ-71",
        "period": "2022-03",
        "what": "hours for the volunteers",
        "expected": 0,
        "found": 10,
        "difference": 10,
        "state": "open",
        "reason": None,
        "explained_by": None,
    }
    assert recount.table("quality", "2022")["missing"] == []


def test_findings_are_shown_where_their_own_period_lies_inside() -> None:
    recount = recount_of(
        report("a", period="2022-03", volunteers=0, layer="grant"),
        report("b", period="2022-H1", volunteers=0, layer="grant"),
        report("c", period="2021-11", volunteers=0, layer="grant"),
    )

    def shown(window: str, region: str = "KZ") -> list[str]:
        return [row["period"] for row in quality(recount, window, region)]

    assert shown("2022-03") == ["2022-03"]
    assert shown("2022-H1") == ["2022-03", "2022-H1"]
    assert shown("2022-03~12m") == ["2021-11", "2022-03"]
    assert shown("2022-04~12m", "KZ-71") == ["2021-11", "2022-03"]
    assert shown("2022", "KZ-75") == []


def test_a_year_is_judged_whole_whatever_part_of_it_is_shown() -> None:
    recount = recount_of(
        *(report(f"m{n}", period=f"2022-0{n}", hours=10 * n) for n in range(1, 7)),
        report("m7", period="2022-07", hours=900),
    )
    assert len(findings(recount, "outlier", "2022-07")) == 1
    assert findings(recount, "outlier", "2022-06") == []


def answering(recount: Recount) -> Recount:
    """The office of Astana, its neighbour and a later office are registered, and some for all."""
    offices = [(OFFICE, ["KZ-71"]), ("urn:both", ["KZ-71", "KZ-75"]), ("urn:later", ["KZ-71"])]
    for at, (source, regions) in enumerate(offices, start=1):
        when = f"2022-01-0{at}T00:00:00Z"
        recount.apply_partner(partner(source, source, regions, registered_at=when))
    for source in (NETWORK, "urn:a", "urn:b", "urn:c"):
        recount.apply_partner(partner(source, source, None, registered_at="2022-02-01T00:00:00Z"))
    return recount


def explained(**changed: Any) -> dict[str, Any]:
    """The finding of ten hours by nobody, with an explanation changed so."""
    [row] = findings(recount_of(report(volunteers=0)), "outlier")
    recount = answering(recount_of(report(volunteers=0), explanation(row["finding"], **changed)))
    [answer] = findings(recount, "outlier")
    return answer


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "explained"),
        ({"difference": None}, "explained"),
        ({"difference": 10}, "explained"),
        ({"difference": -10}, "explained"),
        ({"difference": 9.99}, "open"),
        ({"region": "KZ"}, "open"),
        ({"region": "KZ-75"}, "open"),
        ({"source": "urn:both"}, "open"),
        ({"source": "urn:later"}, "open"),
        ({"source": "urn:nobody"}, "open"),
    ],
)
def test_an_explanation_holds_for_its_region_and_as_much_as_it_explains(
    changed: dict[str, Any], state: str
) -> None:
    row = explained(**changed)
    is_explained = state == "explained"
    assert (row["state"], row["reason"], row["explained_by"]) == (
        state,
        "real" if is_explained else None,
        OFFICE if is_explained else None,
    )


def test_the_difference_shown_is_the_one_explained() -> None:
    records = [
        report("a", hours=200, direction="umit"),
        report("b", hours=100),
        reference(
            "printed_total",
            {
                **printed("share", 40, direction="qamqor"),
                "unit": "%",
                "of": {"table": "representedness", "direction": "qamqor"},
            },
        ),
    ]
    [row] = findings(recount_of(*records), "printed_total")
    assert (row["found"], row["difference"], row["region"]) == (33.33, -6.67, None)
    said = explanation(row["finding"], region="KZ", difference=-6.67, source=NETWORK)
    recount = answering(recount_of(*records, said))
    assert findings(recount, "printed_total")[0]["state"] == "explained"
    of_office = explanation(row["finding"], region="KZ")
    recount = answering(recount_of(*records, of_office))
    assert findings(recount, "printed_total")[0]["state"] == "open"


def test_the_highest_version_counts_and_of_those_that_hold_the_lowest_source() -> None:
    [row] = findings(recount_of(report(volunteers=0)), "outlier")
    name = row["finding"]
    recount = recount_of(
        report(volunteers=0),
        explanation(name, source="urn:b", reason="coverage"),
        explanation(name, source="urn:c", reason="boundary"),
        explanation(name, source="urn:a", reason="print_error"),
        explanation(name, source="urn:a", version=2, difference=1, reason="print_error"),
    )
    [answer] = findings(answering(recount), "outlier")
    assert (answer["reason"], answer["explained_by"]) == ("coverage", "urn:b")


def test_a_finding_without_a_difference_is_explained_whatever_is_said_of_it() -> None:
    months = [report("a", period="2022-01"), report("b", period="2022-02")]
    [row] = findings(recount_of(*months), "repeated")
    recount = answering(recount_of(*months, explanation(row["finding"], difference=1)))
    assert findings(recount, "repeated")[0]["state"] == "explained"
