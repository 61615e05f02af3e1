"""What is too small is hidden with all that would give it away, and nothing else is."""

from collections.abc import Mapping
from typing import Any

import pytest

from birge_aggregator.domain.disclosure.cell import SUCCESSORS
from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers
from birge_common.regions import REGIONS
from tests.support.records import census, event, report
from tests.support.small_editions import Answered, answers_of, census_of, reports

MANY = reports(
    *((region, name, 40) for region in ("KZ-71", "KZ-63", "KZ-75") for name in ("umit", "bilim"))
)


def rows(answers: Answers, table: str, asked: str = "KZ", **named: Any) -> list[Mapping[str, Any]]:
    frame = answers[AnswerKey(table, "2022", asked)]
    return [row for row in frame["rows"] if named.items() <= row.items()]


def hidden_cells(answers: Answers, table: str = "hours") -> set[tuple[str, str]]:
    return {
        (row["region"], row["direction"])
        for row in rows(answers, table)
        if row["volunteers"] is None
    }


def suppressed(answers: Answers) -> set[AnswerKey]:
    return {
        key
        for key, frame in answers.items()
        if any(one["reason"] == "suppressed" for one in frame["missing"])
    }


@pytest.fixture(scope="module")
def with_one_volunteer() -> Answered:
    return answers_of([*MANY, *reports(("KZ-10", "umit", 1), period="2022-07")])


def test_an_edition_without_small_groups_is_not_changed() -> None:
    answers = answers_of(MANY)
    public = protect(answers)
    assert public == answers
    assert all(public[key] is frame for key, frame in answers.items())


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("hours", ["hours", "events", "volunteers", "already_counted", "share_of_direction_pct"]),
        ("formats", ["hours", "events", "share_pct"]),
        ("steady_work", ["not_stated"]),
        ("economy", ["hours", "tenge", "fte"]),
        ("representedness", ["share_pct"]),
    ],
)
@pytest.mark.parametrize("asked", ["KZ", "KZ-10"])
def test_a_region_with_one_volunteer_shows_nothing_of_him(
    with_one_volunteer: Answered, table: str, columns: list[str], asked: str
) -> None:
    public = protect(with_one_volunteer)
    of_region = rows(public, table, asked, region="KZ-10")
    assert of_region
    assert {row[name] for row in of_region for name in columns} == {None}


def test_his_hours_are_in_no_total_and_in_no_direction_of_his_region(
    with_one_volunteer: Answered,
) -> None:
    public = protect(with_one_volunteer)
    totals = public[AnswerKey("hours", "2022", "KZ-10")]["totals"]
    assert (totals["front_office"], totals["grand_total"]) == (None, None)
    assert [row["hours"] for row in rows(public, "directions", "KZ-10")] == [None]


def test_another_region_is_hidden_so_that_he_is_not_the_difference(
    with_one_volunteer: Answered,
) -> None:
    hidden = hidden_cells(protect(with_one_volunteer))
    assert ("KZ-10", "umit") in hidden
    assert len([cell for cell in hidden if cell[1] == "umit"]) >= 2


def test_the_row_is_kept_and_the_frame_says_that_it_is_suppressed(
    with_one_volunteer: Answered,
) -> None:
    key = AnswerKey("hours", "2022")
    before, after = with_one_volunteer[key], protect(with_one_volunteer)[key]
    assert len(after["rows"]) == len(before["rows"])
    told = [one for one in after["missing"] if one["reason"] == "suppressed"]
    assert {"region": "KZ-10", "what": "umit/front_office", "reason": "suppressed"} in told
    (said,) = [one for one in after["caveats"] if one["code"] == "suppressed"]
    assert "KZ-10" in said["regions"]
    assert set(said["text"]) == {"kk", "ru", "en"}


def test_the_answers_that_were_given_are_not_altered(with_one_volunteer: Answered) -> None:
    protect(with_one_volunteer)
    assert not suppressed(with_one_volunteer)


@pytest.mark.parametrize(("persons", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_four_persons_are_too_few_and_nobody_is_not(persons: int, is_hidden: bool) -> None:
    public = protect(answers_of([*MANY, *reports(("KZ-71", "media", persons))]))
    assert (("KZ-71", "media") in hidden_cells(public)) is is_hidden


@pytest.mark.parametrize(
    ("category", "persons", "is_hidden"),
    [("child", 9, True), ("child", 10, False), ("silver", 9, False), ("silver", 4, True)],
)
def test_nine_children_are_too_few(category: str, persons: int, is_hidden: bool) -> None:
    taking_part = {"child": 30, "silver": 30, "general": 50, category: persons}
    values = [
        report(f"p-{region}", region=region, volunteers=90, hours=50, participants=of)
        for region, of in (
            ("KZ-71", taking_part),
            ("KZ-75", {"child": 40, "silver": 41, "general": 42}),
            ("KZ-63", {"child": 50, "silver": 51, "general": 52}),
        )
    ]
    public = protect(answers_of(values))
    (row,) = rows(public, "participants", region="KZ-71", category=category)
    assert (row["volunteers"] is None) is is_hidden


@pytest.mark.parametrize(("pupils", "is_hidden"), [(9, True), (10, False), (0, False)])
def test_nine_pupils_of_a_census_are_too_few(pupils: int, is_hidden: bool) -> None:
    values = [
        census_of(
            region,
            total=100 + number,
            occupation={"school_pupil": few, "student": 60 + number, "employed": 40 - few},
        )
        for number, (region, few) in enumerate((("KZ-71", pupils), ("KZ-63", 20), ("KZ-75", 30)))
    ]
    public = protect(answers_of(values))
    (row,) = rows(public, "volunteers", region="KZ-71")
    assert (row["occupation"]["school_pupil"] is None) is is_hidden
    assert (row["occupation_pct"]["school_pupil"] is None) is is_hidden
    if is_hidden:
        others = rows(public, "volunteers", region="KZ-71")[0]["occupation"]
        assert None in (others["student"], others["employed"], row["total"])


def test_women_are_hidden_with_the_few_men_because_both_make_the_total() -> None:
    values = [
        census_of(region, total=men + women, gender={"men": men, "women": women})
        for region, men, women in (("KZ-71", 2, 60), ("KZ-75", 30, 50), ("KZ-63", 41, 43))
    ]
    public = protect(answers_of(values))
    (row,) = rows(public, "volunteers", region="KZ-71")
    assert (row["men"], row["women"], row["men_pct"], row["prevailing"]) == (None,) * 4
    assert row["total"] == 62


def test_a_few_of_whom_nobody_gave_the_gender_are_not_the_difference() -> None:
    values = [
        census_of(region, total=total, gender={"men": 40, "women": 50})
        for region, total in (("KZ-71", 93), ("KZ-75", 90), ("KZ-63", 90))
    ]
    (row,) = rows(protect(answers_of(values)), "volunteers", region="KZ-71")
    assert None in (row["total"], row["men"], row["women"])


def test_the_smallest_other_group_is_taken_as_complement() -> None:
    sizes = {"umit": 2, "bilim": 30, "media": 300, "qamqor": 301}
    values = [
        one
        for region in ("KZ-71", "KZ-75")
        for one in reports(
            *(
                (region, name, persons if region == "KZ-71" else persons + 20)
                for name, persons in sizes.items()
            )
        )
    ]
    hidden = hidden_cells(protect(answers_of(values)))
    assert hidden == {(of, name) for of in ("KZ-71", "KZ-75") for name in ("umit", "bilim")}


def test_two_small_groups_do_not_protect_each_other() -> None:
    values = [*MANY, *reports(("KZ-71", "media", 1), ("KZ-71", "qamqor", 1))]
    of_region = {cell for cell in hidden_cells(protect(answers_of(values))) if cell[0] == "KZ-71"}
    assert {name for _, name in of_region} > {"media", "qamqor"}


def test_a_half_year_is_not_the_difference_of_the_year_and_the_other() -> None:
    values = [*MANY, *reports(("KZ-71", "umit", 3), period="2022-09", hours=77)]
    public = protect(answers_of(values))
    shown = [
        public[AnswerKey("directions", window, "KZ-71")]["rows"][1]["hours"]
        for window in ("2022", "2022-H1")
    ]
    assert None in shown


def test_what_was_stated_for_the_year_alone_is_not_the_difference_either() -> None:
    months = [*MANY, *reports(("KZ-71", "umit", 60), period="2022-09", hours=77)]
    public = protect(answers_of([*months, *reports(("KZ-71", "umit", 2), period="2022")]))
    hours = [
        row["hours"]
        for window in ("2022", "2022-H1", "2022-H2")
        for row in public[AnswerKey("hours", window, "KZ-71")]["rows"]
        if row["direction"] == "umit"
    ]
    pages = public[AnswerKey("hours", "2022-H1", "KZ-71")]["not_attributable"]
    assert None in hours
    assert [page["hours"] for page in pages] == [None]


def test_twelve_months_do_not_tell_the_half_year_before() -> None:
    values = [*MANY, *reports(("KZ-71", "umit", 2), period="2021-10")]
    public = protect(answers_of(values, "2022-H1"))
    shown = [
        row["hours"]
        for window in ("2022-H1", "2022-06~12m")
        for row in public[AnswerKey("directions", window, "KZ-71")]["rows"]
        if row["direction"] == "umit"
    ]
    assert None in shown


def test_the_older_map_does_not_tell_the_newer_region(with_one_volunteer: Answered) -> None:
    public = protect(with_one_volunteer)
    told = [
        row["hours"]
        for key in (
            AnswerKey("directions", "2022", "KZ-63"),
            AnswerKey("directions", "2022", "KZ-63", map_17=True),
        )
        for row in public[key]["rows"]
        if row["direction"] == "umit"
    ]
    assert len(told) == 2
    assert None in told


def test_every_region_formed_in_2022_is_known_by_the_one_it_was_part_of() -> None:
    formed = {one.predecessor: one.code for one in REGIONS.values() if one.predecessor}
    assert dict(SUCCESSORS) == formed


def test_worth_at_public_wages_does_not_tell_two_hidden_directions_apart() -> None:
    wages = event(
        "kz.birge.reference.published.v1",
        "wages_by_activity/2022",
        {
            "table": "wages_by_activity",
            "period": "2022",
            "version": 1,
            "publisher": "bureau",
            "rows": [
                {"activity": "a", "directions": ["umit"], "tenge_per_month": 210_000},
                {"activity": "b", "directions": ["bilim", "media"], "tenge_per_month": 150_000},
            ],
        },
    )
    working = event(
        "kz.birge.reference.published.v1",
        "working_time/2022",
        {
            "table": "working_time",
            "period": "2022",
            "version": 1,
            "publisher": "bureau",
            "rows": [{"hours_per_year": 1816}],
        },
    )
    values = [*MANY, *reports(("KZ-71", "media", 2)), wages, working]
    answers = answers_of(values)
    (before,) = rows(answers, "economy", region="KZ-71", method="activity_wage")
    (after,) = rows(protect(answers), "economy", region="KZ-71", method="activity_wage")
    assert before["tenge"]
    assert (after["tenge"], after["tenge_per_hour"]) == (None, None)
    assert after["hours"] == before["hours"]


def test_few_inquiries_of_a_kind_are_hidden() -> None:
    def inquiry(number: int, region: str, channel: str) -> bytes:
        said = {"region": region, "channel": channel, "received_on": "2022-03-05", "related": True}
        return event("kz.birge.inquiry.received.v1", f"q-{number}", said)

    channels = ["phone"] * 20 + ["email"] * 30 + ["post"] * 2
    values = [
        inquiry(n * 100 + m, region, channel)
        for n, region in enumerate(("KZ-71", "KZ-75"))
        for m, channel in enumerate(channels)
    ]
    public = protect(answers_of(values))
    by_channel = {row["value"]: row["received"] for row in rows(public, "inquiries", by="channel")}
    assert by_channel["post"] is None
    assert sum(value is None for value in by_channel.values()) == 2
    assert rows(public, "inquiries", by="total")[0]["received"] == 104


def test_a_protected_edition_is_protected_again_to_the_same() -> None:
    answers = answers_of([*MANY, *reports(("KZ-71", "media", 2), ("KZ-63", "qamqor", 70))])
    public = protect(answers)
    assert protect(answers, public) == public


def test_what_was_hidden_stays_hidden_when_the_next_edition_would_show_it() -> None:
    first = [*MANY, *reports(("KZ-71", "media", 2), ("KZ-75", "media", 30), ("KZ-63", "media", 90))]
    before = protect(answers_of(first, "2022-H1"))
    later = reports(("KZ-71", "media", 80), period="2022-09")
    after = protect(answers_of([*first, *later]), before)
    for key in suppressed(before) & after.keys():
        if key.table == "hours":
            for old, new in zip(before[key]["rows"], after[key]["rows"], strict=True):
                assert old["volunteers"] is not None or new["volunteers"] is None


def test_a_complement_that_is_out_already_protects_nothing() -> None:
    first = [*MANY, *reports(("KZ-71", "media", 30), ("KZ-75", "media", 35))]
    amended = [*first, report("late", region="KZ-63", direction="media", volunteers=2, hours=5)]
    before = protect(answers_of(first))
    assert not suppressed(before)
    after = protect(answers_of(amended), before)
    kept = {("KZ-71", "media"), ("KZ-75", "media")}
    assert ("KZ-63", "media") in hidden_cells(after)
    assert ("KZ", "media") in hidden_cells(after)
    assert not kept <= hidden_cells(after)


@pytest.mark.parametrize(
    ("check", "what", "region", "is_hidden"),
    [
        ("outlier", "hours of the office", "KZ-10", True),
        ("outlier", "hours of the office", "KZ-79", False),
        ("completeness", "reports of the office", "KZ-10", False),
        ("change_without_reason", "volunteers.total", "KZ-10", False),
    ],
)
def test_a_finding_loses_its_numbers_where_what_it_is_about_is_hidden(
    with_one_volunteer: Answered, check: str, what: str, region: str, is_hidden: bool
) -> None:
    finding = {
        "finding": "f-1",
        "check": check,
        "what": what,
        "region": region,
        "expected": 40,
        "found": 14,
        "difference": -26,
        "detail": {"kk": "14", "ru": "14", "en": "14"},
    }
    key = AnswerKey("quality", "2022")
    frame = {"table": "quality", "rows": [finding], "missing": [], "caveats": []}
    public = protect({**with_one_volunteer, key: frame})[key]
    if not is_hidden:
        assert public is frame
        return
    [row] = public["rows"]
    assert "14" not in str(row)
    assert (row["check"], row["found"]) == (check, None)
    assert public["missing"] == [{"region": region, "what": "f-1", "reason": "suppressed"}]


def test_what_few_people_asked_is_not_repeated() -> None:
    def inquiry(number: int, content: str) -> bytes:
        said = {"channel": "phone", "content": content, "received_on": "2022-03-05"}
        return event("kz.birge.inquiry.received.v1", f"q-{number}", {**said, "related": True})

    contents = ["how to join"] * 20 + ["training"] * 9 + ["about Aigul of Abai street"] * 2
    public = protect(answers_of([inquiry(*one) for one in enumerate(contents)]))
    frame = public[AnswerKey("inquiries", "2022")]
    assert "Aigul" not in str(frame)
    assert "how to join" in str(frame)
    assert {"region": "KZ", "what": "content", "reason": "suppressed"} in frame["missing"]


def test_an_empty_census_is_no_small_one() -> None:
    answers = answers_of([census("KZ-71", "2022-H1", volunteers=None)])
    assert protect(answers) == answers
