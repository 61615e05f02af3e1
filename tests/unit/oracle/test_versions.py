from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_stack.oracle import Recount
from tests.unit.oracle.building import recount_of, report, retraction


def hours_of(recount: Recount) -> Any:
    return recount.table("hours", "2022")["totals"]["front_office"]


def test_the_higher_version_counts_whatever_came_first() -> None:
    corrected = report(version=2, hours=7.25)
    assert hours_of(recount_of(report(), corrected)) == 7.25
    assert hours_of(recount_of(corrected, report())) == 7.25


def test_an_equal_version_changes_nothing() -> None:
    assert hours_of(recount_of(report(), report(hours=99))) == 10


def test_a_retracted_report_counts_no_more_until_it_is_reported_again() -> None:
    assert hours_of(recount_of(report(), retraction())) == 0
    assert hours_of(recount_of(report(), retraction(), report(version=3, hours=4))) == 4


def test_a_retraction_that_comes_first_holds_off_the_lower_version() -> None:
    assert hours_of(recount_of(retraction(version=2), report(version=1))) == 0


def test_the_same_subject_of_another_source_is_another_report() -> None:
    assert hours_of(recount_of(report(), report(source="urn:birge:office:KZ-75"))) == 20


def test_a_correction_moves_hours_between_regions() -> None:
    recount = recount_of(report(), report(version=2, region="KZ-75"))
    rows = recount.table("hours", "2022")["rows"]
    assert [(row["region"], row["hours"]) for row in rows] == [("KZ", 10), ("KZ-75", 10)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"\xff\xfe",
        b"[]",
        b"{",
        b'{"type": "kz.birge.activity.reported.v1"}',
        b"[" * 100_000,
        report(hours="10"),
        report(hours=True),
        report(hours=0),
        report(hours=1.234),
        report(region="KZ-99"),
        report(direction="silver"),
        report(layer="other"),
        report(version=0),
        report(version="1"),
        report(events=-1),
        report(time=None),
        report(time="2022-03-31T10:00:00"),
        report(time="2022-03-31 10:00:00Z"),
        report(time="2022-02-30T10:00:00Z"),
        report(time="2022-03-31T10:00:00+05:60"),
        report(time="20220331T100000Z"),
        report(organisation=None),
        report(organisation="o1"),
        report(organisation={"id": 7}),
        report(organisation={}),
        report(volunteer_hours={"volunteer": "aaaaaaaa", "hours": 1}),
        report(volunteer_hours=["aaaaaaaa"]),
        report(volunteer_hours=[{"volunteer": 7, "hours": 1}]),
        report(volunteer_hours=[{"volunteer": "aaaaaaaa"}]),
        report(volunteer_hours=[{"volunteer": "aaaaaaaa", "hours": 0}]),
        report(volunteer_hours=[{"volunteer": "aaaaaaaa", "hours": 1.001}]),
        report().replace(b"10", b"NaN"),
        report().replace(b"activity.reported", b"activity.invented"),
    ],
)
def test_a_record_that_says_nothing_is_left_out_and_counted_as_such(value: bytes | None) -> None:
    recount = Recount()
    recount.apply(value)
    recount.apply(report())
    assert (recount.records, recount.unreadable, hours_of(recount)) == (2, 1, 10)


@pytest.mark.parametrize(
    "time",
    [
        "2022-03-31T10:00:00Z",
        "2022-03-31t10:00:00z",
        "2022-03-31T10:00:00.123456789-23:59",
    ],
)
def test_every_spelling_of_an_instant_is_read(time: str) -> None:
    assert hours_of(recount_of(report(time=time, volunteer_hours=None))) == 10


def test_what_a_report_says_of_a_volunteer_twice_is_added_up() -> None:
    hours = [{"volunteer": "aaaaaaaa", "hours": 1.5}, {"volunteer": "aaaaaaaa", "hours": 2}]
    [read] = recount_of(report(volunteer_hours=hours)).live_reports()
    assert read.volunteer_hours == (("aaaaaaaa", Decimal("3.5")),)
    assert (read.source, read.report_id, read.version) == ("urn:birge:office:KZ-71", "r1", 1)
    assert read.organisation_id == "o1"
    assert read.sent_at == datetime(2022, 2, 5, 4, tzinfo=UTC)


# A sender makes one event of each version: two different ones would have no order.
VERSIONS = st.dictionaries(
    st.tuples(st.integers(1, 3), st.integers(1, 4)), st.sampled_from(["KZ-71", "KZ-75", None])
)


def event_of(number: int, version: int, region: str | None) -> bytes:
    if region is None:
        return retraction(f"r{number}", version=version)
    return report(f"r{number}", version=version, region=region)


@settings(max_examples=60)
@given(versions=VERSIONS, data=st.data())
def test_any_order_with_any_repeats_gives_the_same_tables(
    versions: dict[tuple[int, int], str | None], data: st.DataObject
) -> None:
    events = [event_of(*key, region) for key, region in versions.items()]
    repeated = data.draw(st.permutations(events + events))
    expected, found = recount_of(*events), recount_of(*repeated)
    assert found.table("hours", "2022") == expected.table("hours", "2022")
    assert found.table("formats", "2022") == expected.table("formats", "2022")
