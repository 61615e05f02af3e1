"""Printed totals held against their parts, our own figures and each other."""

import hashlib
from fractions import Fraction
from typing import Any

import pytest

from birge_aggregator.domain.quality.printed_checks import agrees
from tests.support.records import census, printed, report, retraction
from tests.support.tables import findings, of_check

PARTS = [{"what": "a", "value": 6}, {"what": "b", "value": 3.5}]


@pytest.mark.parametrize(
    ("row", "expected", "difference"),
    [
        ({"value": 9.5}, None, None),
        ({"value": 9}, 9, 0.5),
        ({"value": 9.49}, 9.49, 0.01),
        ({"value": 10}, 10, -0.5),
        ({"value": 9.5, "at_least": True}, None, None),
        ({"value": 9, "at_least": True}, None, None),
        ({"value": 9.6, "at_least": True}, 9.6, -0.1),
        ({"value": 9.6, "at_least": False}, 9.6, -0.1),
        ({"value": 5, "parts": []}, None, None),
    ],
)
def test_a_printed_total_is_held_against_its_parts(
    row: dict[str, Any], expected: float | None, difference: float | None
) -> None:
    rows = findings(printed({"parts": PARTS, **row}))
    wanted = [(None, "2022", "hours", expected, 9.5, difference)]
    assert of_check(rows, "sum_of_parts") == (wanted if expected else [])
    assert {one["importance"] for one in rows} <= {"error"}


def test_of_parts_the_region_is_that_of_the_figure_and_the_key_has_the_unit() -> None:
    of = {"table": "hours", "region": "KZ-71"}
    rows = findings(
        printed({"value": 1, "parts": PARTS, "of": of}, {"value": 1, "unit": "€", "parts": PARTS})
    )
    assert {row["finding"] for row in rows if row["check"] == "sum_of_parts"} == {
        named("sum_of_parts", "KZ-71", "h|parts|hours:::KZ-71:"),
        named("sum_of_parts", "", "€|parts|"),
    }


def named(check: str, region: str, key: str) -> str:
    """The name of a finding about the row `hours` of the year."""
    about = f"{check}|{region}|2022|hours|urn:birge:a|{key}"
    return hashlib.sha256(about.encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("of", "key"),
    [
        ({"table": "hours"}, "hours::::"),
        ({"table": "hours", "region": "KZ"}, "hours:::KZ:"),
        ({"table": "hours", "layers": []}, "hours::::"),
        ({"table": "hours", "layers": ["grant"]}, "hours:grant:::"),
        ({"table": "hours", "layers": ["independent", "grant"]}, "hours:independent+grant:::"),
        ({"table": "hours", "net": True}, "hours::::net"),
        ({"table": "hours", "net": False}, "hours::::"),
        ({"table": "directions", "direction": "umit"}, "directions::umit::"),
        (
            {
                "table": "development",
                "layers": ["front_office", "grant"],
                "direction": "umit",
                "region": "KZ-71",
                "net": True,
            },
            "development:front_office+grant:umit:KZ-71:net",
        ),
    ],
    ids=str,
)
def test_the_key_says_what_the_row_is_of(of: dict[str, Any], key: str) -> None:
    rows = findings(printed({"value": 1, "of": of}))
    region = "KZ-71" if of.get("region") == "KZ-71" else ""
    found = [row["finding"] for row in rows if row["check"] == "printed_total"]
    assert found == [named("printed_total", region, f"h|of|{key}")]


def test_two_rows_of_one_name_and_unit_are_two_findings() -> None:
    rows = findings(
        printed(
            {"value": 1, "parts": PARTS, "of": {"table": "hours", "layers": ["grant"]}},
            {"value": 1, "parts": PARTS, "of": {"table": "hours", "layers": ["independent"]}},
        )
    )
    assert len(rows) == len({row["finding"] for row in rows}) == 4


COUNTED = (
    report("1", period="2022-03", events=2, volunteers=5, already_counted=[{"hours": 1.5}]),
    report(
        "2",
        period="2022-03",
        region="KZ-75",
        layer="grant",
        direction="bilim",
        hours=6,
        volunteers=3,
        development=True,
    ),
    report(
        "3",
        period="2022-H1",
        region="KZ",
        layer="independent",
        direction=None,
        hours=4,
        development=True,
        already_counted=[{"hours": 1}],
    ),
    report("4", period="2022-07", hours=20, time="2022-08-01T00:00:00Z"),
    census("KZ-71", "2022-H1", volunteers={"total": 80}),
    census("KZ-71", "2022-H2", volunteers={"total": 90}),
    census("KZ-75", "2022-H2", volunteers={"total": 40}),
    census("KZ-75", "2022-H2", volunteers={"total": 4_000}, source="urn:birge:z"),
    census("KZ", "2022-H2", volunteers={"total": 7}),
)


@pytest.mark.parametrize(
    ("of", "unit", "ours"),
    [
        ({"table": "hours"}, "h", 40),
        ({"table": "directions"}, "h", 40),
        ({"table": "hours", "region": "KZ"}, "tenge", 40),
        ({"table": "hours", "net": True}, "h", 37.5),
        ({"table": "hours", "layers": ["grant"]}, "h", 6),
        ({"table": "hours", "layers": ["grant", "independent"], "net": True}, "h", 9),
        ({"table": "hours", "layers": []}, "h", 40),
        ({"table": "hours", "region": "KZ-75"}, "h", 6),
        ({"table": "hours", "direction": "umit"}, "h", 30),
        ({"table": "hours", "direction": "umit", "net": True}, "h", 28.5),
        ({"table": "hours", "direction": "bilim", "region": "KZ-75"}, "h", 6),
        ({"table": "hours"}, "events", 2),
        ({"table": "hours", "region": "KZ-75"}, "events", None),
        ({"table": "hours"}, "volunteers", 8),
        ({"table": "directions", "direction": "bilim"}, "persons", 3),
        ({"table": "development"}, "h", 10),
        ({"table": "development", "layers": ["grant"]}, "h", 6),
        ({"table": "development", "region": "KZ-75"}, "h", 6),
        ({"table": "development"}, "volunteers", 3),
        ({"table": "development"}, "events", None),
        ({"table": "volunteers"}, "persons", 137),
        ({"table": "volunteers", "region": "KZ-71"}, "h", 90),
        ({"table": "volunteers", "region": "KZ-75"}, "persons", 40),
        ({"table": "volunteers", "region": "KZ-11"}, "persons", None),
        ({"table": "representedness", "direction": "umit", "region": "KZ-71"}, "%", 100),
        ({"table": "representedness", "direction": "bilim", "region": "KZ-71"}, "%", 0),
        ({"table": "representedness", "direction": "bilim", "region": "KZ-75"}, "%", None),
        ({"table": "representedness", "direction": "umit"}, "% of events", 100),
        ({"table": "representedness", "direction": "media"}, "% of events", 0),
        ({"table": "representedness", "direction": "umit", "region": "KZ-75"}, "% of events", None),
        ({"table": "directions", "direction": "umit", "region": "KZ-71"}, "%", 100),
        ({"table": "directions", "direction": "umit", "region": "KZ-75"}, "%", 0),
        ({"table": "directions", "direction": "media", "region": "KZ-75"}, "%", None),
        ({"table": "directions", "direction": "bilim"}, "%", 15),
        ({"table": "directions", "direction": "bilim", "layers": ["grant"]}, "%", 100),
        ({"table": "directions", "direction": "bilim", "layers": ["independent"]}, "%", 0),
    ],
    ids=str,
)
def test_a_printed_total_is_held_against_the_figure_it_names(
    of: dict[str, Any], unit: str, ours: float | None
) -> None:
    held(of, unit, ours, "2022")


@pytest.mark.parametrize(
    ("of", "unit"),
    [
        ({"table": "volunteers"}, "%"),
        ({"table": "hours"}, "%"),
        ({"table": "development", "direction": "umit"}, "%"),
        ({"table": "representedness", "direction": "umit", "region": "KZ-71"}, "h"),
        ({"table": "directions", "direction": "umit"}, "% of events"),
        ({"table": "hours", "direction": "umit"}, "% of events"),
        ({"table": "organisations"}, "h"),
        ({"table": "coverage"}, "persons"),
        ({"table": "formats"}, "%"),
        ({"table": "support", "region": "KZ-71"}, "events"),
    ],
    ids=str,
)
def test_a_row_of_another_table_or_unit_is_not_held_against_ours(
    of: dict[str, Any], unit: str
) -> None:
    row = {"unit": unit, "value": 12_345, "of": of}
    about_print = {"printed_total", "sum_of_parts", "contradiction"}
    unheld = findings(*COUNTED, printed(row))
    assert unheld == findings(*COUNTED)
    # Its parts are.
    rows = findings(*COUNTED, printed({**row, "parts": PARTS}))
    checks_of_print = [
        row["check"] for row in rows if row not in unheld and row["check"] in about_print
    ]
    assert checks_of_print == ["sum_of_parts"]
    assert len(rows) == len(unheld) + 1


@pytest.mark.parametrize(
    ("of", "period", "ours"),
    [
        ({"table": "hours"}, "2022-03", 16),
        ({"table": "hours"}, "2022-H1", 20),
        ({"table": "hours", "region": "KZ-71"}, "2022-H1", 10),
        ({"table": "hours"}, "2022-H2", 20),
        ({"table": "hours"}, "2022-05", None),
        ({"table": "volunteers"}, "2022-H1", 80),
        ({"table": "volunteers"}, "2022-H2", 137),
        ({"table": "volunteers"}, "2022-03", None),
        ({"table": "hours"}, "2021", None),
    ],
    ids=str,
)
def test_of_a_period_our_figure_is_what_is_stated_inside_it(
    of: dict[str, Any], period: str, ours: float | None
) -> None:
    held(of, "h", ours, period)


@pytest.mark.parametrize(
    ("of", "ours"),
    [
        ({"table": "development", "direction": "bilim"}, 6),
        ({"table": "development", "net": True}, 9),
    ],
    ids=str,
)
def test_of_development_direction_and_net_are_heeded_too(of: dict[str, Any], ours: float) -> None:
    held(of, "h", ours, "2022")


@pytest.mark.parametrize(
    "of",
    [
        {"table": "hours", "direction": "media"},
        {"table": "hours", "direction": "bilim", "region": "KZ-71"},
        {"table": "development", "region": "KZ-71"},
        {"table": "development", "direction": "umit"},
    ],
    ids=str,
)
def test_where_no_report_could_be_of_it_there_is_no_figure(of: dict[str, Any]) -> None:
    """As for a region without reports: 0 hours would be a figure that somebody gave."""
    held(of, "h", None, "2022")


def held(of: dict[str, Any], unit: str, ours: float | None, period: str) -> None:
    """Our figure printed agrees; 30 more does not, and shows what ours is."""
    region = of.get("region")
    row = {"what": "ours", "unit": unit, "of": of}
    window = period[:4]
    if ours is not None:
        agreeing = findings(*COUNTED, printed({**row, "value": ours}, period=period), window=window)
        assert of_check(agreeing, "printed_total") == []
    rows = findings(
        *COUNTED, printed({**row, "value": (ours or 0) + 30}, period=period), window=window
    )
    (found,) = of_check(rows, "printed_total")
    said = (None if region == "KZ" else region, period, "ours")
    assert found == (*said, (ours or 0) + 30, ours, None if ours is None else -30)


def test_reports_that_are_gone_leave_no_figure_whatever_the_order() -> None:
    total = printed({"value": 5, "of": {"table": "hours", "region": "KZ-71"}})
    of_none = findings(total)
    assert of_check(of_none, "printed_total") == [("KZ-71", "2022", "hours", 5, None, None)]
    assert findings(retraction(), report(), total) == of_none
    assert findings(report(), retraction(), total) == of_none


@pytest.mark.parametrize(
    ("row", "found", "does"),
    [
        ({"value": 742}, "741.95", True),
        ({"value": 742}, "742.49", True),
        ({"value": 742}, "742.5", False),
        ({"value": 742}, "741.51", True),
        ({"value": 742}, "741.5", False),
        ({"value": 742.0}, "741.6", True),
        ({"value": 741.9}, "741.95", False),
        ({"value": 741.9}, "741.94", True),
        ({"value": 741.9}, "741.851", True),
        ({"value": 741.90}, "741.85", False),
        ({"value": 0.25}, "0.254", True),
        ({"value": 0.25}, "0.26", False),
        ({"value": 0}, "0.49", True),
        ({"value": -3}, "-3.4", True),
        ({"value": 1e12}, "1000000000000.4", True),
        ({"value": 0.00001}, "0.000014", True),
        ({"value": 0.00001}, "0.4", False),
        ({"value": 0.000015}, "0.000021", False),
        ({"value": 4500, "at_least": True}, "4700", True),
        ({"value": 4500, "at_least": True}, "4500", True),
        ({"value": 4500, "at_least": True}, "4499.99", False),
        ({"value": 742, "at_least": False}, "900", False),
    ],
    ids=str,
)
def test_a_figure_agrees_where_it_rounds_to_the_printed_one(
    row: dict[str, Any], found: str, does: bool
) -> None:
    assert agrees(row, Fraction(found)) is does


def test_what_is_printed_for_a_period_inside_the_year_is_held() -> None:
    wrong = {"value": 1, "parts": PARTS}
    periods = ["2021-H2", "2022-03", "2022-H1", "2022", "2023"]
    values = [printed(wrong, period=period) for period in periods]

    def shown(window: str) -> set[str]:
        return {row["period"] for row in findings(*values, window=window)}

    assert shown("2022") == {"2022-03", "2022-H1", "2022"}
    assert shown("2022-H1") == {"2022-03", "2022-H1"}
    assert shown("2022-03") == {"2022-03"}
    assert shown("2022-06~12m") == {"2021-H2", "2022-03", "2022-H1"}
