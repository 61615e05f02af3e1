"""Printed shares: of another class than ours, or more than the whole of their region."""

import hashlib
from typing import Any

import pytest

from tests.support.records import printed, report
from tests.support.tables import findings, of_check


def share(value: float, of_umit: float, **of: Any) -> list[dict[str, Any]]:
    """The findings where this is the share of umit, of 100 hours of the office."""
    named = {"table": "representedness", "direction": "umit", "region": "KZ-71", **of}
    return findings(
        report("1", hours=of_umit),
        report("2", hours=100 - of_umit, direction="bilim"),
        printed({"what": "umit", "unit": "%", "value": value, "of": named}),
    )


@pytest.mark.parametrize(
    ("value", "of_umit", "is_other_class", "agrees_with_ours"),
    [
        (25, 25, False, True),
        (25, 25.01, True, True),
        (25, 25.49, True, True),
        (25.01, 25.01, False, True),
        (25.01, 25, True, False),
        (5, 5, False, True),
        (5, 4.99, True, True),
        (4.99, 5, True, False),
        (4.9, 4.99, False, False),
        (60, 40, False, False),
        (60, 4, True, False),
        (10, 40, True, False),
    ],
)
def test_a_printed_mark_contradicts_if_our_exact_share_is_of_another_class(
    value: float, of_umit: float, is_other_class: bool, agrees_with_ours: bool
) -> None:
    rows = share(value, of_umit)
    found = ("KZ-71", "2022", "umit", value, of_umit, round(of_umit - value, 2))
    assert of_check(rows, "contradiction") == ([found] if is_other_class else [])
    assert of_check(rows, "printed_total") == ([] if agrees_with_ours else [found])


def test_a_contradicting_mark_is_named_by_its_source_and_that_it_is_a_mark() -> None:
    (finding,) = (row["finding"] for row in share(60, 4) if row["check"] == "contradiction")
    about = b"contradiction|KZ-71|2022|umit|urn:birge:a|mark|representedness::umit:KZ-71:"
    assert finding == hashlib.sha256(about).hexdigest()[:16]


def test_a_share_of_another_table_or_without_ours_has_no_class() -> None:
    assert of_check(share(60, 4, table="directions"), "contradiction") == []
    assert of_check(share(60, 4, region="KZ-11"), "contradiction") == []


D = {"what": "D", "value": 1000, "of": {"table": "directions", "direction": "umit"}}
R = {"what": "R", "value": 100, "of": {"table": "hours", "region": "KZ-71"}}
UMIT = {"table": "directions", "direction": "umit", "region": "KZ-71"}
V = {"what": "V", "unit": "%", "value": 12.5, "of": UMIT}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([D, R, V], (100, 125, 25), id="over"),
        pytest.param([D, R, {**V, "value": 10}], None, id="equal"),
        pytest.param([D, R, {**V, "value": 10.001}], (100, 100.01, 0.01), id="just over"),
        pytest.param([V, R, D], (100, 125, 25), id="in any order"),
        pytest.param([{**D, "of": {**D["of"], "region": "KZ"}}, R, V], (100, 125, 25), id="KZ"),
        pytest.param(
            [{**D, "of": {**D["of"], "table": "hours"}}, R, V], (100, 125, 25), id="hours"
        ),
        pytest.param([{**D, "value": 800}, D, R, V], None, id="the first D"),
        pytest.param([D, {**R, "value": 200}, R, V], None, id="the first R"),
        pytest.param([D, {**D, "value": 800}, R, V], (100, 125, 25), id="not the second D"),
        pytest.param([R, V], None, id="no D"),
        pytest.param([D, V], None, id="no R"),
        pytest.param([{**D, "unit": "hours"}, R, V], (100, 125, 25), id="D in hours"),
        pytest.param([{**D, "unit": "events"}, R, V], None, id="D in another unit"),
        pytest.param([D, {**R, "unit": "persons"}, V], None, id="R in another unit"),
        pytest.param([{**D, "of": {**D["of"], "table": "development"}}, R, V], None, id="other D"),
        pytest.param([D, {**R, "of": UMIT}, V], None, id="R of a direction"),
        pytest.param([D, R, {**V, "unit": "h"}], None, id="V no share"),
        pytest.param([D, R, {**V, "of": {**UMIT, "region": "KZ"}}], None, id="V of the country"),
        pytest.param([D, R, {**V, "of": {**UMIT, "table": "hours"}}], None, id="V of hours"),
    ],
)
def test_a_printed_share_that_is_more_than_the_whole_region_contradicts(
    rows: list[dict[str, Any]], found: tuple[float, ...] | None
) -> None:
    said = of_check(findings(printed(*rows)), "contradiction")
    assert said == ([("KZ-71", "2022", "V", *found)] if found else [])


def test_an_impossible_share_is_named_by_what_it_is_of() -> None:
    (finding,) = (
        row["finding"] for row in findings(printed(D, R, V)) if row["check"] == "contradiction"
    )
    about = b"contradiction|KZ-71|2022|V|urn:birge:a|share|directions::umit:KZ-71:"
    assert finding == hashlib.sha256(about).hexdigest()[:16]


def test_only_rows_of_the_same_source_and_period_are_held_against_each_other() -> None:
    apart = [printed(D, R), printed(V, source="urn:birge:b"), printed(V, period="2022-H1")]
    assert of_check(findings(*apart), "contradiction") == []
