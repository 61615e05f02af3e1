"""The checklist finds what is broken in a draft, and nothing in one that is whole."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from birge_aggregator.domain.publication.checklist import ERROR, Note, notes_of
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers
from tests.support.edition_2022 import frozen_2022

YEAR = AnswerKey("hours", "2022")
OF_QUALITY = ("open_error", "open_warning")
Breaks = Callable[[dict[str, Any]], None]


def of_figures(answers: Answers) -> list[Note]:
    return [one for one in notes_of(answers, "2022") if one.code not in OF_QUALITY]


def broken(key: AnswerKey, breaks: Breaks) -> list[Note]:
    frame = copy.deepcopy(dict(frozen_2022().answers[key]))
    breaks(frame)
    return of_figures({**frozen_2022().answers, key: frame})


def row_of(frame: dict[str, Any], **where: object) -> dict[str, Any]:
    return next(row for row in frame["rows"] if where.items() <= row.items())


def test_2022_adds_up() -> None:
    assert of_figures(frozen_2022().answers) == []


def test_open_findings_of_errors_block_and_others_inform() -> None:
    notes = notes_of(frozen_2022().answers, "2022")
    assert {(one.importance, one.code) for one in notes} == {
        (ERROR, "open_error"),
        ("warning", "open_warning"),
    }
    assert [one.count for one in notes if one.what == "sum_of_parts"] == [1]


def test_an_explained_error_no_longer_blocks() -> None:
    key = AnswerKey("quality", "2022")
    frame = copy.deepcopy(dict(frozen_2022().answers[key]))
    for row in frame["rows"]:
        row["state"] = "explained"
    assert notes_of({**frozen_2022().answers, key: frame}, "2022") == []


def add_an_hour(frame: dict[str, Any]) -> None:
    row_of(frame, region="KZ-71", layer="front_office")["hours"] += 1


def add_to_the_country(frame: dict[str, Any]) -> None:
    row_of(frame, region="KZ", layer="grant")["hours"] += 0.01


def add_to_the_total(frame: dict[str, Any]) -> None:
    frame["totals"]["grand_total"] += 1


def add_what_is_counted_twice(frame: dict[str, Any]) -> None:
    frame["totals"]["already_counted"] -= 1


@pytest.mark.parametrize(
    ("breaks", "what"),
    [
        (add_an_hour, {"front_office of all regions"}),
        (add_to_the_country, {"grant"}),
        (add_to_the_total, {"grand_total"}),
        (add_what_is_counted_twice, {"already_counted", "grand_total"}),
    ],
)
def test_a_sum_that_does_not_hold_is_found(breaks: Breaks, what: set[str]) -> None:
    notes = broken(YEAR, breaks)
    assert {one.what for one in notes} >= what
    assert {one.importance for one in notes} == {ERROR}
    assert {one.table for one in notes if one.code == "sum"} == {"hours"}


def test_a_year_that_is_not_its_halves_is_found() -> None:
    half = YEAR._replace(window="2022-H1")

    def more(frame: dict[str, Any]) -> None:
        frame["totals"]["front_office"] += 1
        frame["totals"]["grand_total"] += 1

    notes = broken(half, more)
    assert "front_office of both halves" in {one.what for one in notes}


def test_a_country_with_fewer_people_than_its_regions_is_found() -> None:
    def fewer(frame: dict[str, Any]) -> None:
        row_of(frame, region="KZ")["age"]["under_18"] -= 1

    [note] = broken(AnswerKey("volunteers", "2022"), fewer)
    assert (note.what, note.expected, note.found) == ("age.under_18", 42159, 42158)


@pytest.mark.parametrize("table", ["hours", "volunteers", "economy", "capture_recapture"])
def test_a_caveat_that_is_left_out_is_found(table: str) -> None:
    key = AnswerKey(table, "2022", "KZ-71")
    [*notes] = broken(key, lambda frame: frame.update(caveats=[]))
    assert {(one.code, one.table, one.region) for one in notes} == {("no_caveat", table, "KZ-71")}


@pytest.mark.parametrize(("table", "what"), [("economy", "wage_source"), ("coverage", "method")])
def test_a_figure_without_its_method_is_found(table: str, what: str) -> None:
    def hide(frame: dict[str, Any]) -> None:
        frame["rows"][0][what] = None

    [note] = broken(AnswerKey(table, "2022"), hide)
    assert (note.importance, note.code, note.what) == (ERROR, "no_method", what)


def test_a_silent_region_is_told() -> None:
    silent = {"region": "KZ-10", "what": "hours", "reason": "no_submission"}
    caveat = {"code": "missing_submissions", "regions": ["KZ-10"], "text": {}}

    def lacking(frame: dict[str, Any]) -> None:
        frame["missing"].append(silent)
        frame["caveats"].append(caveat)

    [note] = broken(YEAR, lacking)
    assert (note.importance, note.code, note.region) == ("warning", "region_silent", "KZ-10")


def test_a_silent_region_without_its_caveat_blocks() -> None:
    silent = {"region": "KZ-10", "what": "hours", "reason": "no_submission"}
    notes = broken(YEAR, lambda frame: frame["missing"].append(silent))
    assert (ERROR, "missing_submissions") in {(one.importance, one.what) for one in notes}


def test_an_edition_about_which_nothing_was_reported_is_kept_back() -> None:
    nothing = {
        key: {**frame, "rows": []} if key.table in ("hours", "volunteers") else frame
        for key, frame in frozen_2022().answers.items()
    }
    assert "nothing_reported" in {one.code for one in of_figures(nothing)}
