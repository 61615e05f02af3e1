"""What is wrong with an event is found where it is wrong, by the model and by the schema alike."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.schemas import schema_of
from tests.support.examples import Document, bent, example

ACTIVITY = "kz.birge.activity.reported/v1/search-in-the-steppe"
PARTLY_COUNTED = "kz.birge.activity.reported/v1/grant-partly-counted-by-the-office"
CENSUS = "kz.birge.census.submitted/v1/astana-second-half"
RECEIVED = "kz.birge.inquiry.received/v1/how-to-join"
RESOLVED = "kz.birge.inquiry.resolved/v1/joined-an-organisation"
MILESTONE = "kz.birge.milestone.reported/v1/council-meeting"
WAGES = "kz.birge.reference.published/v1/wages-by-region-made-up"
WORKING_TIME = "kz.birge.reference.published/v1/working-time-with-nulls"
ESTIMATE = "kz.birge.reference.published/v1/estimate-of-the-network"
THRESHOLDS = "kz.birge.reference.published/v1/support-thresholds"
PRINTED = "kz.birge.reference.published/v1/printed-totals"
INDICATOR = "kz.birge.grant-indicator.reported/v1/trained-volunteers"
DOMESTIC = "kz.birge.nomination.submitted/v1/domestic-person"
INTERNATIONAL = "kz.birge.nomination.submitted/v1/international-group-with-nulls"
WITHDRAWN = "kz.birge.nomination.withdrawn/v1/by-the-nominee"
RETRACTED = "kz.birge.activity.retracted/v1/reported-twice"
PARTNER = "kz.birge.partner.changed/v1/front-office"

EXPLAINED = "kz.birge.finding.explained/v1/counting-rule"

IIN = "900101300017"
ABSENT: Any = ...


@dataclass(frozen=True)
class Bad:
    """An example bent in one place, and the error that it has to raise there."""

    name: str
    example: str
    pointer: str
    value: Any
    fault: str
    place: str = ""
    in_schema: bool = True

    def document(self) -> Document:
        return bent(example(self.example), self.pointer, self.value)


def _bad(name: str, example: str, pointer: str, value: Any, fault: str, **more: Any) -> Bad:
    return Bad(name, example, pointer, value, fault, **more)


BAD = [
    # J10: no number is read out of anything but a number, no integer out of a fraction.
    _bad("a true version", ACTIVITY, "/data/version", True, "int_type"),
    _bad("a text version", ACTIVITY, "/data/version", "5", "int_type"),
    # JSON Schema says that 5.0 is the integer 5.
    _bad("a version 5.0", ACTIVITY, "/data/version", 5.0, "int_type", in_schema=False),
    _bad("a version 0", ACTIVITY, "/data/version", 0, "greater_than_equal"),
    _bad("a version of 2^63", ACTIVITY, "/data/version", 2**63, "less_than_equal"),
    _bad("a null version", ACTIVITY, "/data/version", None, "int_type"),
    _bad("no version", ACTIVITY, "/data/version", ABSENT, "missing"),
    # D1: hours.
    _bad("no hours", ACTIVITY, "/data/hours", ABSENT, "missing"),
    _bad("null hours", ACTIVITY, "/data/hours", None, "float_type"),
    _bad("zero hours", ACTIVITY, "/data/hours", 0, "greater_than"),
    _bad("negative hours", ACTIVITY, "/data/hours", -1.5, "greater_than"),
    _bad("text hours", ACTIVITY, "/data/hours", "8", "float_type"),
    _bad("true hours", ACTIVITY, "/data/hours", True, "float_type"),
    _bad("too many hours", ACTIVITY, "/data/hours", 100_000_000.01, "less_than_equal"),
    *(
        _bad(
            f"{hours} hours", ACTIVITY, "/data/hours", hours, "decimal_max_places", in_schema=False
        )
        for hours in (0.001, 1.005, 33_333_333.335, 1e-30)
    ),
    _bad(
        "25 hours of one volunteer on one day",
        ACTIVITY,
        "/data/volunteer_hours/1/hours",
        24.01,
        "range",
    ),
    # D5, D7: codes and counts.
    _bad("an unknown region", ACTIVITY, "/data/region", "KZ-99", "literal_error"),
    _bad("a region by name", ACTIVITY, "/data/region", "Астана", "literal_error"),
    _bad("silver as a direction", ACTIVITY, "/data/direction", "silver", "literal_error"),
    _bad("an unknown format", ACTIVITY, "/data/format", "hybrid", "literal_error"),
    _bad("an unknown layer", ACTIVITY, "/data/layer", "private", "literal_error"),
    _bad("an unknown support", ACTIVITY, "/data/support/1", "money", "literal_error"),
    _bad("an unknown exclusion", ACTIVITY, "/data/excluded/0/reason", "boring", "literal_error"),
    _bad("an unknown regularity", ACTIVITY, "/data/regularity", "weekly", "literal_error"),
    _bad("an unknown kind", ACTIVITY, "/data/organisation/kind", "club", "literal_error"),
    _bad("10^9 volunteers", ACTIVITY, "/data/volunteers", 10**9, "less_than_equal"),
    _bad("10^9 children", ACTIVITY, "/data/participants/child", 10**9, "less_than_equal"),
    _bad("-1 events", ACTIVITY, "/data/events", -1, "greater_than_equal"),
    _bad("an unknown category", ACTIVITY, "/data/participants/dogs", 1, "extra_forbidden"),
    # Direction is needed in the basis.
    _bad("no direction in the basis", ACTIVITY, "/data/direction", ABSENT, "required"),
    _bad("a null direction in the basis", ACTIVITY, "/data/direction", None, "required"),
    # Periods and days.
    _bad("a 13th month", ACTIVITY, "/data/period", "2022-13", "string_pattern_mismatch"),
    _bad("a rolling period", ACTIVITY, "/data/period", "2022-10~12m", "string_pattern_mismatch"),
    _bad("a period of the year 1", ACTIVITY, "/data/period", "0001", "string_pattern_mismatch"),
    _bad("a number as a period", ACTIVITY, "/data/period", 2022, "string_type"),
    _bad("a month of the census", CENSUS, "/data/period", "2022-12", "string_pattern_mismatch"),
    _bad("a timestamp as a day", ACTIVITY, "/data/held_on", "1646092800", "type"),
    _bad("an instant as a day", ACTIVITY, "/data/held_on", "2022-04-16T00:00:00Z", "type"),
    _bad("a day of the year 1", ACTIVITY, "/data/held_on", "0001-01-01", "range"),
    _bad(
        "30 February",
        ACTIVITY,
        "/data/held_on",
        "2022-02-30",
        "date_from_datetime_parsing",
        in_schema=False,
    ),
    # J6, J11, J12: texts, unknown fields, lists.
    _bad("an unknown field", ACTIVITY, "/data/is_admin", True, "extra_forbidden"),
    _bad("an operator as a field", ACTIVITY, "/data/$where", "1", "extra_forbidden"),
    _bad("a nested unknown field", ACTIVITY, "/data/organisation/x", 1, "extra_forbidden"),
    _bad("NUL in a name", ACTIVITY, "/data/district", "a\u0000b", "string_pattern_mismatch"),
    _bad("a line break in a name", ACTIVITY, "/data/district", "a\nb", "string_pattern_mismatch"),
    _bad("a bell in a note", ACTIVITY, "/data/note", "a\u0007b", "string_pattern_mismatch"),
    _bad("a long note", ACTIVITY, "/data/note", "x" * 4_001, "string_too_long"),
    _bad("a long name", ACTIVITY, "/data/organisation/name", "x" * 257, "string_too_long"),
    _bad("a report id with a bar", ACTIVITY, "/data/report_id", "a|b", "string_pattern_mismatch"),
    _bad("an empty report id", ACTIVITY, "/data/report_id", "", "string_too_short"),
    _bad("a text instead of a list", ACTIVITY, "/data/support", "transport", "tuple_type"),
    _bad("a list instead of an object", ACTIVITY, "/data/organisation", [], "model_type"),
    _bad("too many supports", ACTIVITY, "/data/support", ["transport"] * 9, "too_long"),
    _bad(
        "a script as evidence",
        ACTIVITY,
        "/data/evidence/0/url",
        "javascript:alert(1)",
        "string_pattern_mismatch",
    ),
    _bad(
        "a name as a volunteer",
        ACTIVITY,
        "/data/volunteer_hours/0/volunteer",
        "Айгерім Ү.",
        "string_pattern_mismatch",
    ),
    _bad(
        "a short volunteer",
        ACTIVITY,
        "/data/volunteer_hours/0/volunteer",
        "v-1",
        "string_too_short",
    ),
    # D11: personal numbers.
    *(
        _bad(
            f"an IIN in {pointer}", name, pointer, f"ИИН {IIN}", "pii_not_allowed", in_schema=False
        )
        for name, pointer in (
            (ACTIVITY, "/data/note"),
            (RETRACTED, "/data/reason"),
            (RECEIVED, "/data/content"),
            (RESOLVED, "/data/outcome"),
            (MILESTONE, "/data/details"),
            (CENSUS, "/data/method_note"),
            (DOMESTIC, "/data/citation"),
        )
    ),
    _bad(
        "an IIN as a volunteer",
        ACTIVITY,
        "/data/volunteer_hours/0/volunteer",
        IIN,
        "pii_not_allowed",
        in_schema=False,
    ),
    # Hours counted elsewhere.
    _bad(
        "nowhere counted",
        PARTLY_COUNTED,
        "/data/already_counted/0/report_id",
        None,
        "required",
        place="/data/already_counted/0/region",
    ),
    _bad(
        "counted in a region without a period",
        PARTLY_COUNTED,
        "/data/already_counted/1/period",
        ABSENT,
        "required",
    ),
    _bad("zero hours counted", PARTLY_COUNTED, "/data/already_counted/0/hours", 0, "greater_than"),
    # Census.
    _bad("a census without volunteers", CENSUS, "/data/volunteers", None, "model_type"),
    _bad("half a woman", CENSUS, "/data/volunteers/gender/women", 0.5, "int_type"),
    _bad("coverage over 100 %", CENSUS, "/data/coverage/high_pct", 100.5, "less_than_equal"),
    _bad(
        "coverage upside down",
        CENSUS,
        "/data/coverage/low_pct",
        61,
        "range",
        place="/data/coverage/high_pct",
        in_schema=False,
    ),
    # Others.
    _bad("no word on relation", RECEIVED, "/data/related", ABSENT, "missing"),
    _bad("1 as a boolean", RECEIVED, "/data/related", 1, "bool_type"),
    _bad("a country by name", RECEIVED, "/data/country", "Uzbekistan", "string_pattern_mismatch"),
    _bad("an unknown milestone", MILESTONE, "/data/milestone", "party", "literal_error"),
    _bad("the 0th meeting", MILESTONE, "/data/n", 0, "greater_than_equal"),
    _bad("the year 1", MILESTONE, "/data/year", 1, "greater_than_equal"),
    _bad("an unknown status", INDICATOR, "/data/status", "lost", "literal_error"),
    _bad("a slash in a part", INDICATOR, "/data/project", "a/b", "string_pattern_mismatch"),
    _bad("a huge value", INDICATOR, "/data/value", 1e13, "less_than_equal"),
    # Reference rows, each by its table.
    _bad("no table", WAGES, "/data/table", ABSENT, "missing"),
    _bad("an unknown table", WAGES, "/data/table", "prices", "literal_error"),
    _bad(
        "rows of another table",
        WAGES,
        "/data/table",
        "population",
        "missing",
        place="/data/rows/0/persons",
    ),
    _bad("no wage", WAGES, "/data/rows/1/tenge_per_month", 0, "greater_than"),
    _bad("a text wage", WAGES, "/data/rows/1/tenge_per_month", "400000", "float_type"),
    _bad(
        "9,000 hours a year", WORKING_TIME, "/data/rows/0/hours_per_year", 9_000, "less_than_equal"
    ),
    _bad("rows as an object", WAGES, "/data/rows", {}, "tuple_type"),
    _bad("null rows", WAGES, "/data/rows", None, "tuple_type"),
    _bad("an unknown class", THRESHOLDS, "/data/rows/0/class", "often", "literal_error"),
    _bad(
        "a class by our name", THRESHOLDS, "/data/rows/0/support_class", "single", "extra_forbidden"
    ),
    _bad("an unknown figure", PRINTED, "/data/rows/0/of/table", "prices", "literal_error"),
    _bad("no parts", PRINTED, "/data/rows/0/parts", ABSENT, "missing"),
    _bad(
        "an estimate upside down",
        ESTIMATE,
        "/data/rows/0",
        {"what": "volunteers", "value": 2, "low": 3, "high": 1, "method": "m"},
        "range",
        place="/data/rows/0/high",
        in_schema=False,
    ),
    # Explanations.
    _bad("a finding's number", EXPLAINED, "/data/finding", "12", "string_pattern_mismatch"),
    _bad(
        "capital digits", EXPLAINED, "/data/finding", "3F9D2B7A10C4E586", "string_pattern_mismatch"
    ),
    _bad("no finding", EXPLAINED, "/data/finding", ABSENT, "missing"),
    _bad("an unknown reason", EXPLAINED, "/data/reason", "because", "literal_error"),
    _bad("no reason", EXPLAINED, "/data/reason", ABSENT, "missing"),
    _bad("an explanation without words", EXPLAINED, "/data/text", None, "string_type"),
    _bad("a text difference", EXPLAINED, "/data/difference", "-2874", "float_type"),
    _bad("an explanation of version 0", EXPLAINED, "/data/version", 0, "greater_than_equal"),
    # Nominations.
    _bad("a domestic nominee from nowhere", DOMESTIC, "/data/region", None, "required"),
    _bad("an international one from nowhere", INTERNATIONAL, "/data/country", ABSENT, "required"),
    _bad("a nominee of the whole country", DOMESTIC, "/data/region", "KZ", "literal_error"),
    _bad(
        "an IIN as a nominee's reference",
        DOMESTIC,
        "/data/nominee/volunteer",
        IIN,
        "pii_not_allowed",
        in_schema=False,
    ),
    _bad(
        "an IIN as a reason to withdraw",
        WITHDRAWN,
        "/data/reason",
        f"ИИН {IIN}",
        "pii_not_allowed",
        in_schema=False,
    ),
    _bad("a third track", DOMESTIC, "/data/track", "galactic", "literal_error"),
    _bad(
        "a country in small letters",
        INTERNATIONAL,
        "/data/country",
        "ge",
        "string_pattern_mismatch",
    ),
    _bad("an unknown nominee", DOMESTIC, "/data/nominee/kind", "cat", "literal_error"),
    _bad("a nominee without a name", DOMESTIC, "/data/nominee/name", "", "string_too_short"),
    _bad("nobody to ask", DOMESTIC, "/data/nominee/contact", None, "string_type"),
    _bad("a birth in the year 12", DOMESTIC, "/data/nominee/birth_year", 12, "greater_than_equal"),
    _bad("a text birth year", DOMESTIC, "/data/nominee/birth_year", "1998", "int_type"),
    _bad("a nominator from nowhere", DOMESTIC, "/data/nominator", ABSENT, "missing"),
    _bad("no relation", DOMESTIC, "/data/nominator/relation", ABSENT, "missing"),
    _bad("a long citation", DOMESTIC, "/data/citation", "x" * 4_001, "string_too_long"),
    _bad("no evidence at all", DOMESTIC, "/data/evidence", None, "tuple_type"),
    _bad(
        "too many confirmations",
        DOMESTIC,
        "/data/confirmations",
        [{"organisation": "o"}] * 21,
        "too_long",
    ),
    _bad("a vote", DOMESTIC, "/data/votes", 12, "extra_forbidden"),
    _bad("a field that is already sealed", DOMESTIC, "/data/sealed", "v1.a.b", "extra_forbidden"),
    _bad("a cycle with a slash", DOMESTIC, "/data/cycle", "2023/1", "string_pattern_mismatch"),
    _bad("a withdrawal without a reason", WITHDRAWN, "/data/reason", ABSENT, "missing"),
    _bad("a withdrawal of version 0", WITHDRAWN, "/data/version", 0, "greater_than_equal"),
    _bad("no word on consent", DOMESTIC, "/data/consents/processing", None, "bool_type"),
    _bad("a digest of another kind", PARTNER, "/data/digest", "abc", "string_pattern_mismatch"),
]


@cache
def _schema(type_name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(EVENT_TYPES[type_name]))


def _faults(document: Document) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        EVENT_TYPES[document["type"]].adapter.validate_json(json.dumps(document))
    return [
        (each["type"], "".join(f"/{step}" for step in each["loc"]))
        for each in refused.value.errors(include_url=False)
    ]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_the_model_finds_what_is_wrong_and_where(bad: Bad) -> None:
    assert (bad.fault, bad.place or bad.pointer) in _faults(bad.document())


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.in_schema], ids=lambda bad: bad.name)
def test_the_schema_refuses_what_the_model_refuses(bad: Bad) -> None:
    document = bad.document()
    assert not _schema(document["type"]).is_valid(document)


@pytest.mark.parametrize("bad", [bad for bad in BAD if not bad.in_schema], ids=lambda bad: bad.name)
def test_only_what_the_page_names_is_beyond_the_schema(bad: Bad) -> None:
    document = bad.document()
    assert _schema(document["type"]).is_valid(document)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_the_place_of_every_error_is_a_place_of_the_document(bad: Bad) -> None:
    document = bad.document()
    for _, place in _faults(document):
        *path, _ = place.lstrip("/").split("/")
        node: Any = document
        for step in path:
            node = node[int(step) if isinstance(node, list) else step]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize("name", [ACTIVITY, INDICATOR])
def test_no_number_is_infinite(name: str, text: str) -> None:
    document = example(name)
    field = "hours" if name == ACTIVITY else "value"
    raw = json.dumps(bent(document, f"/data/{field}", "@")).replace('"@"', text)
    with pytest.raises(ValidationError) as refused:
        EVENT_TYPES[document["type"]].adapter.validate_json(raw)
    assert [each["type"] for each in refused.value.errors()] == ["finite_number"]


def test_several_days_over_24_hours_are_all_named() -> None:
    entry = {"volunteer": "v-00000001", "hours": 25}
    document = bent(example(ACTIVITY), "/data/volunteer_hours", [entry, entry])
    assert _faults(document) == [
        ("range", "/data/volunteer_hours/0/hours"),
        ("range", "/data/volunteer_hours/1/hours"),
    ]
