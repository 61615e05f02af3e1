"""What the contracts allow, the models accept, keep exactly and the schemas confirm."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from birge_common.contracts.base import hundredths
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.schemas import schema_of
from tests.support.examples import Document, bent, example

ACTIVITY = "kz.birge.activity.reported/v1/search-in-the-steppe"
GRANT = "kz.birge.activity.reported/v1/grant-partly-counted-by-the-office"
CENSUS = "kz.birge.census.submitted/v1/astana-second-half"
WAGES = "kz.birge.reference.published/v1/wages-by-region-made-up"
FIELDS = (
    *("hours", "version", "region", "direction", "events", "layer", "period"),
    *("participants", "note", "held_on", "already_counted", "development", "x"),
)
ACTIVITY_SCHEMA = Draft202012Validator(schema_of(EVENT_TYPES["kz.birge.activity.reported.v1"]))


def read(document: Document) -> Any:
    event_type = EVENT_TYPES[document["type"]]
    assert Draft202012Validator(schema_of(event_type)).is_valid(document)
    return event_type.adapter.validate_json(json.dumps(document)).data


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("0.01", "0.01", 1),
        ("0.1", "0.1", 10),
        ("0.29", "0.29", 29),
        ("1.15", "1.15", 115),
        ("12.25", "12.25", 1_225),
        ("8", "8", 800),
        ("8.0", "8", 800),
        ("8.10", "8.1", 810),
        ("1e2", "100", 10_000),
        ("99999999.99", "99999999.99", 9_999_999_999),
        ("100000000", "100000000", 10_000_000_000),
    ],
)
def test_hours_are_the_decimal_that_was_written(text: str, value: str, counted: int) -> None:
    raw = json.dumps(bent(example(ACTIVITY), "/data/hours", "@")).replace('"@"', text)
    hours = EVENT_TYPES["kz.birge.activity.reported.v1"].adapter.validate_json(raw).data.hours
    assert hours == Decimal(value)
    assert hundredths(hours) == counted


@given(st.integers(1, 10_000_000_000))
def test_any_hundredth_of_an_hour_is_accepted_and_kept(hundredth: int) -> None:
    document = bent(example(ACTIVITY), "/data/hours", hundredth / 100)
    event = EVENT_TYPES[document["type"]].adapter.validate_json(json.dumps(document))
    assert hundredths(event.data.hours) == hundredth
    assert json.loads(event.model_dump_json())["data"]["hours"] == hundredth / 100
    assert ACTIVITY_SCHEMA.is_valid(document)


@given(st.integers(1, 99_999_999_999).filter(lambda thousandth: thousandth % 10))
def test_no_thousandth_of_an_hour_is_accepted(thousandth: int) -> None:
    document = bent(example(ACTIVITY), "/data/hours", thousandth / 1000)
    with pytest.raises(ValueError, match="decimal places"):
        EVENT_TYPES[document["type"]].adapter.validate_json(json.dumps(document))


def test_hours_go_out_as_numbers() -> None:
    event = EVENT_TYPES["kz.birge.activity.reported.v1"].adapter.validate_json(
        json.dumps(bent(example(ACTIVITY), "/data/hours", 8.0))
    )
    assert '"hours":8,' in event.model_dump_json()


@pytest.mark.parametrize(
    ("name", "pointer", "value"),
    [
        (GRANT, "/data/direction", None),
        (GRANT, "/data/direction", ...),
        (GRANT, "/data/region", "KZ"),
        (ACTIVITY, "/data/organisation/id", "180140012345"),
        (ACTIVITY, "/data/note", "Бірінші жол\n\tекінші жол — «дәйексөз» 🙂"),
        (ACTIVITY, "/data/note", "x" * 4_000),
        (ACTIVITY, "/data/volunteers", 10_000_000),
        (ACTIVITY, "/data/volunteers", 0),
        (ACTIVITY, "/data/participants", {}),
        (ACTIVITY, "/data/evidence", []),
        (ACTIVITY, "/data/period", "2022"),
        (ACTIVITY, "/data/excluded", [{"reason": "forced", "hours": 5000}]),
        (ACTIVITY, "/data/volunteer_hours/0/hours", 24),
        (CENSUS, "/data/coverage/high_pct", 40),
        (CENSUS, "/data/volunteers", {}),
        (CENSUS, "/data/volunteers/total", None),
        (CENSUS, "/data/organisations", {}),
        (WAGES, "/data/rows", []),
    ],
    ids=repr,
)
def test_what_the_contract_allows_is_accepted(name: str, pointer: str, value: object) -> None:
    read(bent(example(name), pointer, value))


def test_a_volunteer_may_have_over_24_hours_in_a_report_of_many_days() -> None:
    document = bent(example(ACTIVITY), "/data/held_on", None)
    data = read(bent(document, "/data/volunteer_hours/0/hours", 160))
    assert data.volunteer_hours[0].hours == 160


def test_absent_and_null_are_the_same() -> None:
    document = example(GRANT)
    optional = ("held_on", "note", "support", "evidence", "district")
    absent = {key: value for key, value in document["data"].items() if key not in optional}
    null = absent | dict.fromkeys(optional)
    assert read(bent(document, "/data", absent)) == read(bent(document, "/data", null))


def test_reference_rows_are_those_of_their_table() -> None:
    rows = read(example(WAGES)).rows
    assert [(row.region, row.tenge_per_month) for row in rows] == [
        ("KZ", 309_697),
        ("KZ-71", 400_000),
        ("KZ-61", Decimal("220000.5")),
    ]


@given(
    st.builds(
        lambda pairs: dict(pairs),
        st.lists(
            st.tuples(
                st.sampled_from(FIELDS),
                st.none()
                | st.booleans()
                | st.integers(-5, 5)
                # No 1e9: to JSON Schema that is an integer, to the model (J10) it is not.
                | st.sampled_from([0.5, 12.25, 1e9 + 0.5, "KZ-71", "KZ", "umit", "2022-H1"])
                | st.just("grant")
                | st.sampled_from(["2022-04-16", "2022", "", "front_office", {}, {"child": 2}])
                | st.sampled_from([[], [{"hours": 2, "report_id": "a"}], [{"hours": 2}]]),
            ),
            max_size=4,
        ),
    )
)
def test_model_and_schema_agree_on_any_mixture_of_fields(changes: dict[str, Any]) -> None:
    document = example(ACTIVITY)
    document["data"].update(changes)
    try:
        EVENT_TYPES[document["type"]].adapter.validate_json(json.dumps(document))
    except ValueError:
        accepted = False
    else:
        accepted = True
    assert ACTIVITY_SCHEMA.is_valid(document) is accepted
