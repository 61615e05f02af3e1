"""The envelope: what CloudEvents and the contract ask of every event."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from birge_common.contracts.registry import EVENT_TYPES
from tests.support.examples import Document, bent, example

ADAPTER = EVENT_TYPES["kz.birge.activity.retracted.v1"].adapter


@pytest.fixture
def event() -> Document:
    return example("kz.birge.activity.retracted/v1/reported-twice")


def faults(document: Any) -> set[tuple[str, str]]:
    """Pydantic's type and the place of each error."""
    try:
        ADAPTER.validate_json(json.dumps(document))
    except ValidationError as refused:
        return {
            (each["type"], "/" + "/".join(str(step) for step in each["loc"]))
            for each in refused.errors(include_url=False)
        }
    return set()


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "subject", "time", "data"])
def test_an_event_without_a_required_attribute_is_refused(event: Document, name: str) -> None:
    assert faults(bent(event, f"/{name}")) == {("missing", f"/{name}")}


@pytest.mark.parametrize("version", ["0.3", "2.0", 1.0, None])
def test_another_version_of_cloudevents_is_refused(event: Document, version: object) -> None:
    assert faults(bent(event, "/specversion", version)) == {("literal_error", "/specversion")}


@pytest.mark.parametrize(
    ("identifier", "fault"),
    [
        ("", "string_too_short"),
        ("x" * 129, "string_too_long"),
        ("a\u0000b", "string_pattern_mismatch"),
        ("a\nb", "string_pattern_mismatch"),
        ("a\u200bb", "string_pattern_mismatch"),
        ("a\u202eb", "string_pattern_mismatch"),
        ("a\u00a0b", "string_pattern_mismatch"),
        ("\ue000", "string_pattern_mismatch"),
        (5, "string_type"),
        (None, "string_type"),
    ],
)
def test_an_id_is_1_to_128_printable_characters(
    event: Document, identifier: object, fault: str
) -> None:
    assert faults(bent(event, "/id", identifier)) == {(fault, "/id")}


@pytest.mark.parametrize("identifier", ["x", "Отчёт № 5", "қ" * 128, "a|b", "🙂"])
def test_any_printable_id_is_accepted(event: Document, identifier: str) -> None:
    assert faults(bent(event, "/id", identifier)) == set()


@pytest.mark.parametrize("source", ["a|b", "a b", "a\tb", "https://қала.kz", "", "x" * 257])
def test_a_source_is_a_uri_without_bars_and_spaces(event: Document, source: str) -> None:
    assert {place for _, place in faults(bent(event, "/source", source))} == {"/source"}


@pytest.mark.parametrize("source", ["urn:kz:rfo:1", "/rfo/astana", "https://a.kz/%D2%9B?x=1#y"])
def test_uri_references_are_sources(event: Document, source: str) -> None:
    assert faults(bent(event, "/source", source)) == set()


@pytest.mark.parametrize(
    ("time", "fault"),
    [
        (None, "type"),
        (1646092801, "type"),
        ("1646092800", "type"),
        ("yesterday", "type"),
        ("2022-03-01", "type"),
        ("2022-03-01 10:00:00Z", "type"),
        ("2022-03-01T10:00:00", "type"),
        ("2022-03-01T10:00Z", "type"),
        ("2022-03-01T10:00:00Z\n", "type"),
        ("2022-02-30T10:00:00Z", "datetime_from_date_parsing"),
        ("2022-03-01T25:00:00Z", "datetime_from_date_parsing"),
        ("0001-01-01T00:00:00+05:00", "range"),
        ("9999-12-31T23:59:59-05:00", "range"),
        ("0000-01-01T00:00:00Z", "range"),
        ("1899-12-31T23:59:59Z", "range"),
        ("2200-01-01T00:00:00Z", "range"),
    ],
)
def test_a_time_is_an_instant_with_a_zone_in_our_centuries(
    event: Document, time: object, fault: str
) -> None:
    assert faults(bent(event, "/time", time)) == {(fault, "/time")}


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-03-01T23:59:59+05:00", datetime(2022, 3, 1, 18, 59, 59, tzinfo=UTC)),
        ("2022-03-01t10:00:00.5z", datetime(2022, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("1900-01-01T00:00:00+14:00", datetime(1899, 12, 31, 10, tzinfo=UTC)),
        ("2199-12-31T23:59:59-12:00", datetime(2200, 1, 1, 11, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_same_instant_in_any_zone(
    event: Document, text: str, instant: datetime
) -> None:
    read = ADAPTER.validate_json(json.dumps(bent(event, "/time", text)))
    assert read.time == instant


@pytest.mark.parametrize(
    ("media_type", "refused"),
    [
        ("application/json", False),
        ("Application/JSON; charset=utf-8", False),
        ("application/vnd.birge+json", False),
        (None, False),
        ("application/xml", True),
        ("text/json", True),
        ("application/json, text/html", True),
        (5, True),
    ],
)
def test_data_is_json_whatever_its_media_type_is_called(
    event: Document, media_type: object, refused: bool
) -> None:
    expected = {("unsupported_media_type", "/datacontenttype")} if refused else set()
    assert faults(bent(event, "/datacontenttype", media_type)) == expected


@pytest.mark.parametrize("name", ["traceparent", "tracestate", "baggage"])
@pytest.mark.parametrize("value", ["nonsense\u0001", 5, {}, [1], "", None, "қ"])
def test_a_bad_trace_context_is_dropped_and_the_event_accepted(
    event: Document, name: str, value: object
) -> None:
    read = ADAPTER.validate_json(json.dumps(bent(event, f"/{name}", value)))
    assert getattr(read, name) is None


def test_a_good_trace_context_is_kept(event: Document) -> None:
    read = ADAPTER.validate_json(json.dumps(event))
    assert read.traceparent == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize("name", ["Partner", "partner_id", "x" * 21, "", "қ", "a.b", "$where"])
def test_an_extension_has_a_name_of_lower_case_letters_and_digits(
    event: Document, name: str
) -> None:
    assert {kind for kind, _ in faults({**event, name: "x"})} == {"unknown_field"}


@pytest.mark.parametrize("value", [1.5, {}, [], 2**31, "x" * 1_025, "a\u0000"])
def test_an_extension_is_a_small_value(event: Document, value: object) -> None:
    assert faults({**event, "ext": value}) == {("range", "/ext")}


def test_extensions_are_kept(event: Document) -> None:
    read = ADAPTER.validate_json(json.dumps({**event, "shift": 3, "night": True, "crew": None}))
    assert read.model_extra == {"shift": 3, "night": True, "crew": None}


def test_base64_data_is_refused_with_and_without_data(event: Document) -> None:
    both = {**event, "data_base64": "e30="}
    assert faults(both) == {("unknown_field", "/data_base64")}
    assert ("missing", "/data") in faults(bent(both, "/data"))


@pytest.mark.parametrize("value", [[], None, "x", 5, True, [{}]])
def test_an_event_and_its_data_are_objects(event: Document, value: object) -> None:
    assert {kind for kind, _ in faults(value)} == {"model_type"}
    assert {place for _, place in faults(bent(event, "/data", value))} == {"/data"}


def test_an_event_cannot_be_changed(event: Document) -> None:
    read = ADAPTER.validate_json(json.dumps(event))
    with pytest.raises(ValidationError):
        read.id = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        read.data.version = 5


def test_an_event_written_and_read_again_is_the_same(event: Document) -> None:
    read = ADAPTER.validate_json(json.dumps(event))
    assert ADAPTER.validate_json(ADAPTER.dump_json(read, exclude_none=True)) == read
