"""Findings of printed totals: against their parts, our figures, and one another."""

from typing import Any

import pytest

from tests.unit.oracle.building import (
    OFFICE,
    census,
    elsewhere,
    findings,
    recount_of,
    reference,
    report,
    said,
)


def printed(
    value: float, unit: str = "hours", of: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A row of printed totals."""
    return {"what": "a total", "unit": unit, "value": value, "parts": [], "of": of, **more}


def table(*rows: dict[str, Any], period: str = "2022", source: str = OFFICE) -> bytes:
    """A table of printed totals."""
    return reference("printed_total", *rows, period=period, source=source)


def parts(*values: float) -> list[dict[str, Any]]:
    """Printed parts."""
    return [{"what": f"part {n}", "value": value} for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "summands", "found"),
    [
        (100, (40, 60), None),
        (100, (40, 60.49), None),
        (100, (40, 60.5), 100.5),
        (100, (40, 59.51), None),
        (100, (40, 59.5), 99.5),
        (100.0, (40, 60.49), None),
        (0.3, (0.1, 0.2), None),
        (12.5, (12, 0.549), None),
        (12.5, (12, 0.55), 12.55),
        (1200, (1200.49,), None),
        (1200, (1201,), 1201),
    ],
)
def test_parts_add_up_as_far_as_the_total_is_printed(
    value: float, summands: tuple[float, ...], found: float | None
) -> None:
    rows = findings(recount_of(table(printed(value, parts=parts(*summands)))), "sum_of_parts")
    assert [row["found"] for row in rows] == ([] if found is None else [found])


def test_noughts_at_the_end_are_no_decimals() -> None:
    record = table(printed(12.5, parts=parts(12, 0.549))).replace(b"12.5,", b"12.500,")
    assert b"12.500" in record
    assert findings(recount_of(record), "sum_of_parts") == []


def test_at_least_is_met_by_more() -> None:
    rows = [
        printed(100, parts=parts(400), at_least=True),
        printed(100, parts=parts(99.99), at_least=True),
    ]
    [row] = findings(recount_of(table(*rows)), "sum_of_parts")
    assert said([row]) == [(None, "2022", "a total", 100, 99.99)]
    assert (row["importance"], row["difference"]) == ("error", -0.01)


RECORDS = (
    report("a", hours=60, events=3, volunteers=6, already_counted=elsewhere(5)),
    report("b", hours=30, direction="umit", development=True, region="KZ-75", events=1),
    report("c", hours=10, layer="grant", period="2022-05"),
    report("d", hours=900, region="KZ", layer="independent", direction=None),
)


@pytest.mark.parametrize(
    ("unit", "of", "own"),
    [
        ("hours", {"table": "hours"}, 1000),
        ("hours", {"table": "hours", "region": "KZ", "layers": [], "direction": None}, 1000),
        ("hours", {"table": "hours", "net": True}, 995),
        ("h", {"table": "hours", "layers": ["front_office", "grant"]}, 100),
        ("h", {"table": "directions", "direction": "qamqor"}, 70),
        ("h", {"table": "hours", "direction": "qamqor", "layers": ["grant"]}, 10),
        ("h", {"table": "hours", "region": "KZ-75"}, 30),
        ("h", {"table": "development"}, 30),
        ("events", {"table": "development"}, 1),
        ("events", {"table": "hours"}, 4),
        ("persons", {"table": "hours"}, 6),
        ("volunteers", {"table": "directions"}, 6),
        ("volunteers", {"table": "directions", "direction": "umit"}, None),
        ("h", {"table": "hours", "direction": "media"}, None),
        (
            "%",
            {"table": "representedness", "direction": "umit", "region": "KZ-75"},
            100,
        ),
        ("%", {"table": "representedness", "direction": "qamqor", "region": "KZ-75"}, 0),
        ("%", {"table": "representedness", "direction": "umit"}, 33.33),
        ("% of events", {"table": "representedness", "direction": "umit"}, 25),
        ("%", {"table": "representedness", "direction": "umit", "region": "KZ-79"}, None),
        ("%", {"table": "directions", "direction": "qamqor", "region": "KZ-71"}, 100),
        ("%", {"table": "directions", "direction": "qamqor"}, 7),
        ("%", {"table": "directions", "direction": "umit", "layers": ["front_office"]}, 33.33),
        ("%", {"table": "directions", "direction": "umit", "layers": ["grant"]}, 0),
        ("persons", {"table": "volunteers"}, 140),
        ("persons", {"table": "volunteers", "region": "KZ-75"}, 40),
        ("persons", {"table": "volunteers", "region": "KZ-79"}, None),
    ],
)
def test_printed_figures_are_held_against_our_own(
    unit: str, of: dict[str, Any], own: float | None
) -> None:
    censuses = [
        census(),
        census("KZ-75", "2022-H1", volunteers={"total": 40}),
        census("KZ-75", "2021-H2", volunteers={"total": 7}),
    ]
    wrong = printed(777, unit, of)
    [row] = findings(recount_of(*RECORDS, *censuses, table(wrong)), "printed_total")
    assert (row["expected"], row["found"]) == (777, own)
    assert row["region"] == (None if of.get("region") == "KZ" else of.get("region"))
    assert row["importance"] == "warning"
    if own is not None:
        right = printed(own, unit, of)
        assert findings(recount_of(*RECORDS, *censuses, table(right)), "printed_total") == []


@pytest.mark.parametrize(
    ("unit", "of"),
    [
        ("h", {"table": "formats"}),
        ("persons", {"table": "inquiries"}),
        ("%", {"table": "hours", "direction": "umit"}),
        ("%", {"table": "directions"}),
        ("% of events", {"table": "directions", "direction": "umit"}),
        ("h", {"table": "representedness", "direction": "umit"}),
    ],
    ids=str,
)
def test_what_is_of_no_figure_of_ours_is_not_held(unit: str, of: dict[str, Any]) -> None:
    recount = recount_of(*RECORDS, table(printed(777, unit, of)))
    assert findings(recount, "printed_total") == []


def test_own_figures_lie_inside_the_period_printed() -> None:
    of = {"table": "hours", "layers": ["front_office", "grant"]}
    recount = recount_of(
        *RECORDS, table(printed(90, of=of), period="2022-03"), table(printed(90, of=of))
    )
    [row] = findings(recount, "printed_total")
    assert said([row]) == [(None, "2022", "a total", 90, 100)]
    assert findings(recount, "printed_total", "2022-H1") == []
    assert findings(recount, "printed_total", "2022", "KZ-71") == []


def test_a_share_agrees_if_it_rounds_to_the_one_printed() -> None:
    of = {"table": "representedness", "direction": "umit"}
    for value, found in ((33.3, 0), (33.33, 0), (33, 0), (33.4, 1), (33.34, 1)):
        rows = findings(recount_of(*RECORDS, table(printed(value, "%", of))), "printed_total")
        assert len(rows) == found


def test_a_printed_minimum_is_met_by_more_and_not_by_nearly_so() -> None:
    of = {"table": "hours"}
    for value, found in ((900, 0), (1000, 0), (1000.4, 1)):
        row = printed(value, of=of, at_least=True)
        assert len(findings(recount_of(*RECORDS, table(row)), "printed_total")) == found


@pytest.mark.parametrize(
    ("hours", "value", "found"),
    [
        (25, 25, 0),
        (25, 25.1, 1),
        (25.01, 25, 1),
        (25.01, 26, 0),
        (5, 5, 0),
        (5, 4.9, 1),
        (4.99, 5, 1),
        (4.99, 0, 0),
    ],
)
def test_a_share_printed_in_another_class_is_a_contradiction(
    hours: float, value: float, found: int
) -> None:
    of = {"table": "representedness", "direction": "umit", "region": "KZ-71"}
    recount = recount_of(
        report("a", hours=hours, direction="umit"),
        report("b", hours=100 - hours),
        table(printed(value, "%", of)),
    )
    rows = findings(recount, "contradiction")
    assert said(rows) == [("KZ-71", "2022", "a total", value, hours)][:found]


def test_a_share_of_events_has_a_class_too() -> None:
    of = {"table": "representedness", "direction": "umit"}
    recount = recount_of(*RECORDS, table(printed(26, "% of events", of)))
    [row] = findings(recount, "contradiction")
    assert (row["expected"], row["found"]) == (26, 25)


def share_rows(value: float, **changed: Any) -> list[dict[str, Any]]:
    """A region's printed share of a direction, that direction's hours, and the region's."""
    of = {"table": "directions", "direction": "media", "region": "KZ-55", **changed}
    return [
        printed(1, "h", {"table": "hours", "direction": "umit"}),
        printed(166, "h", {"table": "hours", "direction": "media", "region": "KZ"}),
        printed(999, "h", {"table": "hours", "direction": "media"}),
        printed(83, "hours", {"table": "directions", "region": "KZ-55"}),
        printed(1, "persons", {"table": "hours", "region": "KZ-55"}),
        printed(value, "%", of, what="share of media"),
    ]


def test_a_share_may_not_be_more_than_all_that_the_region_did() -> None:
    assert findings(recount_of(table(*share_rows(50))), "contradiction") == []
    [row] = findings(recount_of(table(*share_rows(51))), "contradiction")
    assert said([row]) == [("KZ-55", "2022", "share of media", 83, 84.66)]
    assert row["difference"] == 1.66


@pytest.mark.parametrize("changed", [{"region": None}, {"region": "KZ"}, {"direction": None}])
def test_only_a_regions_share_of_a_direction_can_be_too_large(changed: dict[str, Any]) -> None:
    assert findings(recount_of(table(*share_rows(99, **changed))), "contradiction") == []


def test_shares_are_held_against_rows_of_the_same_source_and_period() -> None:
    *hours, share = share_rows(99)
    other_source = recount_of(table(*hours, source="urn:other"), table(share))
    other_period = recount_of(table(*hours, period="2022-H1"), table(share))
    assert findings(other_source, "contradiction") == []
    assert findings(other_period, "contradiction") == []


def test_findings_of_one_row_have_names_of_their_own() -> None:
    of = {"table": "representedness", "direction": "umit", "region": "KZ-75"}
    recount = recount_of(*RECORDS, table(printed(4, "%", of, parts=parts(9))))
    names = [row["finding"] for row in recount.table("quality", "2022", "KZ-75")["rows"]]
    assert len(names) == len(set(names))
    assert len(findings(recount, "printed_total", "2022", "KZ-75")) == 1
