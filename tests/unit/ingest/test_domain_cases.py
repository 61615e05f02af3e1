"""The D entries of the catalogue of bad inputs, as far as the door decides them."""

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest

from birge_common.testing.clock import ManualClock
from tests.support.door import (
    IIN,
    NDJSON,
    DoorUnderTest,
    Event,
    activity,
    as_lines,
    census,
    event,
)

BIN = "120340012345"
VOLUNTEER = {"volunteer": "v-000001", "hours": 25}


def inquiry(**changes: Any) -> Event:
    data = {
        "inquiry_id": "i-1",
        "received_on": "2022-06-01",
        "channel": "phone",
        "content": "How to become a volunteer?",
        "related": True,
        **changes,
    }
    return event("kz.birge.inquiry.received.v1", "i-1", data)


def milestone(region: str, year: int) -> Event:
    data = {
        "region": region,
        "year": year,
        "milestone": "council",
        "n": 1,
        "version": 1,
        "details": "Set up",
    }
    return event("kz.birge.milestone.reported.v1", f"{region}/{year}/council/1", data)


def printed(*regions: str, period: str = "2021") -> Event:
    data = {
        "table": "printed_total",
        "period": period,
        "version": 1,
        "publisher": "Bureau",
        "rows": [
            {
                "what": "hours",
                "unit": "h",
                "value": 1,
                "parts": [],
                "of": {"table": "hours", "region": region},
            }
            for region in regions
        ],
    }
    return event("kz.birge.reference.published.v1", f"printed_total/{period}", data)


def wages(*regions: str, period: str = "2022") -> Event:
    data = {
        "table": "wages_by_region",
        "period": period,
        "version": 1,
        "publisher": "Bureau",
        "rows": [{"region": region, "tenge_per_month": 300_000} for region in regions],
    }
    return event("kz.birge.reference.published.v1", f"wages_by_region/{period}", data)


REFUSED: dict[str, tuple[Event, int, str, str]] = {
    "D1_hours_below_zero": (activity(hours=-1), 422, "range", "/data/hours"),
    "D1_hours_zero": (activity(hours=0), 422, "range", "/data/hours"),
    "D1_hours_with_three_decimals": (activity(hours=1.001), 422, "range", "/data/hours"),
    "D1_hours_over_the_limit": (activity(hours=100_000_001), 422, "range", "/data/hours"),
    "D1_over_24_hours_on_a_day": (
        activity(held_on="2022-03-12", volunteer_hours=[VOLUNTEER]),
        422,
        "range",
        "/data/volunteer_hours/0/hours",
    ),
    "D2_bounds_the_wrong_way_round": (
        event(
            "kz.birge.census.submitted.v1",
            "KZ-75/2022-H1",
            {
                **census()["data"],
                "coverage": {"low_pct": 60, "high_pct": 40, "method": "guess"},
            },
        ),
        422,
        "range",
        "/data/coverage/high_pct",
    ),
    "D3_year_1": (activity(held_on="0001-01-01"), 422, "range", "/data/held_on"),
    "D3_year_9999": (activity(held_on="9999-12-31"), 422, "range", "/data/held_on"),
    "D3_time_in_year_1": (
        {**activity(), "time": "0001-01-01T00:00:00+05:00"},
        422,
        "range",
        "/time",
    ),
    "D3_time_in_year_9999": (
        {**activity(), "time": "9999-12-31T23:59:59-05:00"},
        422,
        "range",
        "/time",
    ),
    "D3_30_february": (activity(held_on="2022-02-30"), 422, "type", "/data/held_on"),
    "D3_period_month_13": (activity(period="2022-13"), 422, "type", "/data/period"),
    "D5_unknown_region": (activity(region="KZ-99"), 422, "unknown_code", "/data/region"),
    "D5_alias_instead_of_code": (activity(region="ВКО"), 422, "unknown_code", "/data/region"),
    "D5_region_before_its_time": (
        activity(region="KZ-62", period="2022-05"),
        422,
        "region_not_valid",
        "/data/region",
    ),
    "D5_region_before_its_half_year": (
        census("KZ-10", "2021-H2"),
        422,
        "region_not_valid",
        "/data/region",
    ),
    "D5_region_before_its_year": (
        milestone("KZ-33", 2021),
        422,
        "region_not_valid",
        "/data/region",
    ),
    "D5_region_before_its_day": (
        inquiry(region="KZ-10", received_on="2022-06-07"),
        422,
        "region_not_valid",
        "/data/region",
    ),
    "D5_region_of_a_row": (
        wages("KZ-75", "KZ-10", period="2021"),
        422,
        "region_not_valid",
        "/data/rows/1/region",
    ),
    "D5_region_that_counted_already": (
        activity(
            already_counted=[
                {"region": "KZ-10", "period": "2022-06", "hours": 1},
                {"region": "KZ-10", "period": "2022-05", "hours": 1},
            ]
        ),
        422,
        "region_not_valid",
        "/data/already_counted/1/region",
    ),
    "D5_region_beside_the_report_that_counted_already": (
        activity(
            already_counted=[{"report_id": "r-9", "region": "KZ-62", "period": "2021", "hours": 1}]
        ),
        422,
        "region_not_valid",
        "/data/already_counted/0/region",
    ),
    "D5_region_of_a_printed_total": (
        printed("KZ-63", "KZ-10"),
        422,
        "region_not_valid",
        "/data/rows/1/of/region",
    ),
    "D5_unknown_direction": (
        activity(direction="silver"),
        422,
        "unknown_code",
        "/data/direction",
    ),
    "D7_a_thousand_million_participants": (
        activity(volunteers=10**9),
        422,
        "range",
        "/data/volunteers",
    ),
    "D11_iin_in_a_note": (
        activity(note=f"Паспорт {IIN}."),
        422,
        "pii_not_allowed",
        "/data/note",
    ),
    "D11_iin_in_a_reason": (
        event(
            "kz.birge.activity.retracted.v1",
            "r-1",
            {"report_id": "r-1", "version": 2, "reason": IIN},
        ),
        422,
        "pii_not_allowed",
        "/data/reason",
    ),
    "D11_iin_in_the_content": (inquiry(content=IIN), 422, "pii_not_allowed", "/data/content"),
    "D11_iin_with_zero_width_characters": (
        activity(note="\u200b".join(IIN)),
        422,
        "pii_not_allowed",
        "/data/note",
    ),
    "D11_iin_as_a_volunteer": (
        activity(volunteer_hours=[{"volunteer": IIN, "hours": 1}]),
        422,
        "pii_not_allowed",
        "/data/volunteer_hours/0/volunteer",
    ),
    "front_office_without_direction": (
        activity(direction=None),
        422,
        "required",
        "/data/direction",
    ),
}


@pytest.mark.parametrize(
    ("sent", "status", "code", "pointer"), REFUSED.values(), ids=REFUSED.keys()
)
async def test_data_that_cannot_be_true_gets_the_code_of_its_error(
    door: DoorUnderTest, sent: Event, status: int, code: str, pointer: str
) -> None:
    answer = await door.send_one(sent)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert [(error["code"], error["pointer"]) for error in problem["results"][0]["errors"]] == [
        (code, pointer)
    ]
    assert door.values() == []


ACCEPTED = {
    "D1_implausible_hours": activity(hours=90_000_000, volunteers=1),
    "D1_over_24_hours_without_a_day": activity(volunteer_hours=[VOLUNTEER]),
    "D4_last_second_of_a_local_day": {**activity(), "time": "2022-11-30T23:59:59+05:00"},
    "D5_new_region_in_its_first_month": activity(region="KZ-10", period="2022-06"),
    "D5_new_region_in_its_first_half_year": census("KZ-10", "2022-H1"),
    "D5_new_region_on_its_first_day": inquiry(region="KZ-10", received_on="2022-06-08"),
    "D5_the_country": activity(region="KZ", period="2022-03"),
    "D5_regions_that_counted_already": activity(
        already_counted=[
            {"region": "KZ-10", "period": "2022", "hours": 1},
            {"region": "KZ", "period": "2019", "hours": 1},
            {"report_id": "r-9", "region": "KZ-10", "hours": 1},
        ]
    ),
    "D5_regions_of_printed_totals": printed("KZ", "KZ-10", period="2022"),
    "D7_above_the_usual": activity(volunteers=9_999_999),
    "D8_lower_version": activity(version=1),
    "D9_retraction_before_the_report": event(
        "kz.birge.activity.retracted.v1",
        "r-77",
        {"report_id": "r-77", "version": 5, "reason": "sent by mistake"},
    ),
    "D11_bin_of_an_organisation": activity(organisation={"id": BIN, "name": "Қор", "kind": "ngo"}),
    "D11_iin_in_a_longer_reference": activity(
        volunteer_hours=[{"volunteer": f"vol-{IIN}", "hours": 1}]
    ),
    "D11_twelve_digits_that_are_no_iin_as_a_volunteer": activity(
        volunteer_hours=[{"volunteer": BIN, "hours": 1}]
    ),
    "D11_twelve_digits_that_are_no_iin": activity(note="Договор 000000000000"),
    "D13_exactly_on_the_edge": activity(held_on="2022-03-31", period="2022-03"),
    "direction_unknown_outside_the_front_office": activity(direction=None, layer="grant"),
    "everything_optional_is_null": activity(format=None, events=None, note=None, support=None),
    "milestone": milestone("KZ-33", 2022),
    "reference": wages("KZ", "KZ-75", "KZ-10"),
}


@pytest.mark.parametrize("sent", ACCEPTED.values(), ids=ACCEPTED.keys())
async def test_what_may_be_true_is_accepted(door: DoorUnderTest, sent: Event) -> None:
    answer = await door.send_one(sent)
    assert answer.status_code == 202
    assert answer.json()["results"][0]["status"] == "accepted"


async def test_d6_a_region_beyond_the_key_is_403(door: DoorUnderTest) -> None:
    key = door.new_key("One region", sources=["urn:one"], regions=["KZ-75"])
    own = await door.send_one(activity(source="urn:one"), key=key)
    assert own.status_code == 202
    for region in ("KZ-71", "KZ"):
        answer = await door.send_one(activity("r-2", source="urn:one", region=region), key=key)
        assert (answer.status_code, answer.json()["code"]) == (403, "region_not_yours")
        assert answer.json()["results"][0]["errors"][0]["pointer"] == "/data/region"


async def test_d6_holds_for_every_row(door: DoorUnderTest) -> None:
    key = door.new_key("One region", sources=["urn:one"], regions=["KZ-75"])
    sent = {**wages("KZ-75", "KZ-71"), "source": "urn:one"}
    answer = await door.send_one(sent, key=key)
    assert answer.status_code == 403
    assert [error["pointer"] for error in answer.json()["results"][0]["errors"]] == [
        "/data/rows/1/region"
    ]


async def test_d6_holds_for_no_region_that_a_statement_only_points_at(
    door: DoorUnderTest,
) -> None:
    key = door.new_key("One region", sources=["urn:one"], regions=["KZ-75"])
    counted = [{"region": "KZ-71", "period": "2022-03", "hours": 1}]
    for sent in (activity(already_counted=counted), printed("KZ-71")):
        assert (await door.send_one({**sent, "source": "urn:one"}, key=key)).status_code == 202


FLAGGED: dict[str, tuple[Event, list[tuple[str, str]]]] = {
    "C10_a_month_that_ended_a_year_and_a_day_ago": (
        activity(period="2021-11"),
        [("late", "/data/period")],
    ),
    "C10_a_month_that_ended_later": (activity(period="2021-12"), []),
    "C10_a_half_year": (census("KZ-75", "2021-H1"), [("late", "/data/period")]),
    "C10_a_year_of_a_programme": (milestone("KZ-75", 2020), [("late", "/data/year")]),
    "C10_the_year_before": (milestone("KZ-75", 2021), []),
    "C10_reference_data": (wages("KZ", period="2010"), []),
    "C10_an_inquiry": (inquiry(received_on="2019-06-01"), []),
    "D7_as_much_as_is_usual": (
        activity(hours=1_000_000, events=100_000, volunteers=100_000, participants=None),
        [],
    ),
    "D7_more_than_is_usual": (
        activity(
            hours=1_000_000.01,
            events=100_001,
            volunteers=100_001,
            participants={"child": 100_001, "silver": 100_000, "general": None},
        ),
        [
            ("above_soft_cap", "/data/hours"),
            ("above_soft_cap", "/data/events"),
            ("above_soft_cap", "/data/volunteers"),
            ("above_soft_cap", "/data/participants/child"),
        ],
    ),
    "after_what_was_noticed_in_texts": (
        activity(period="2020", note="Aлматы"),
        [("mixed_script", "/data/note"), ("late", "/data/period")],
    ),
}


@pytest.mark.parametrize(("sent", "flags"), FLAGGED.values(), ids=FLAGGED.keys())
async def test_what_is_unusual_is_accepted_and_flagged(
    door: DoorUnderTest, sent: Event, flags: list[tuple[str, str]]
) -> None:
    result = (await door.send_one(sent)).json()["results"][0]
    assert result["status"] == "accepted"
    warnings = result.get("warnings", [])
    assert [(each["code"], each["pointer"]) for each in warnings] == flags
    assert door.values() == [sent]


async def test_c10_what_is_late_depends_on_the_day_it_arrives() -> None:
    sent = activity(period="2022-03")
    door = DoorUnderTest(clock=ManualClock(datetime(2023, 3, 31, 23, 59, tzinfo=UTC)))
    assert "warnings" not in (await door.send_one(sent)).json()["results"][0]
    door = DoorUnderTest(clock=ManualClock(datetime(2023, 4, 1, tzinfo=UTC)))
    result = (await door.send_one(sent)).json()["results"][0]
    assert result["warnings"] == [{"code": "late", "pointer": "/data/period"}]


async def test_d8_d10_versions_of_a_report_go_to_one_key_in_their_order(
    door: DoorUnderTest,
) -> None:
    versions = [
        {**activity(version=1, region="KZ-75"), "id": "a"},
        {**activity(version=3, region="KZ-71"), "id": "b"},
        {**activity(version=2, region="KZ-75"), "id": "c"},
    ]
    await door.send(as_lines(versions), NDJSON)
    records = door.log.records["birge.submissions.v1"]
    assert {record.key for record in records} == {f"{versions[0]['source']}|r-1".encode()}
    assert [value["data"]["version"] for value in door.values()] == [1, 3, 2]


TEXTS = {
    "D12_nfd": (unicodedata.normalize("NFD", "Қызылорда, й"), "Қызылорда, й", "text_normalised"),
    "D12_zero_width": ("Таза\u200bҚала\ufeff", "ТазаҚала", "text_normalised"),
    "D12_soft_hyphen": ("во\u00adлон\u00adтёр", "волонтёр", "text_normalised"),
    "D12_rtl_override": ("\u202eТаза\u202c", "Таза", "text_normalised"),
    "D12_look_alikes": ("Aлматы", "Aлматы", "mixed_script"),
}


@pytest.mark.parametrize(("sent", "kept", "warning"), TEXTS.values(), ids=TEXTS.keys())
async def test_text_is_made_plain_and_flagged(
    door: DoorUnderTest, sent: str, kept: str, warning: str
) -> None:
    answer = await door.send_one(activity(note=sent))
    result = answer.json()["results"][0]
    assert result["status"] == "accepted"
    assert result["warnings"] == [{"code": warning, "pointer": "/data/note"}]
    assert door.values()[0]["data"]["note"] == kept


async def test_d12_the_plain_text_is_the_content(door: DoorUnderTest) -> None:
    await door.send_one(activity(note=unicodedata.normalize("NFD", "Қызылорда")))
    again = await door.send_one(activity(note="Қызылорда"))
    assert again.json()["results"][0]["status"] == "duplicate"


async def test_d12_plain_text_has_no_warnings(door: DoorUnderTest) -> None:
    result = (await door.send_one(activity(note="IT-компания, Таза Қала\nжәне 😀"))).json()[
        "results"
    ][0]
    assert "warnings" not in result


async def test_d14_two_partners_report_the_same_thing(door: DoorUnderTest) -> None:
    other = door.new_key("Astana office", sources=["urn:astana"])
    await door.send_one(activity())
    second = await door.send_one(activity(source="urn:astana"), key=other)
    assert second.json()["results"][0]["status"] == "accepted"
    assert len(door.values()) == 2
