"""What an edition freezes is found by its question, and its hash stands for all of it."""

import pytest

from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.publication.frozen import (
    AnswerKey,
    content_hash,
    frame_bytes,
    may_be_published,
    windows_of,
)

HOURS, FORMATS = AnswerKey("hours", "2022"), AnswerKey("formats", "2022", "KZ-71", map_17=True)


@pytest.mark.parametrize(
    ("period", "windows"),
    [
        ("2022", ("2022", "2022-H1", "2022-H2")),
        ("2022-H1", ("2022-H1", "2022-06~12m")),
        ("2022-H2", ("2022-H2",)),
    ],
)
def test_an_edition_answers_for_its_period_and_what_belongs_to_it(
    period: str, windows: tuple[str, ...]
) -> None:
    assert windows_of(period) == windows


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2022", True), ("2022-H2", True), ("2022-03", False), ("2022-06~12m", False), ("x", False)],
)
def test_half_years_and_years_are_published(period: str, expected: bool) -> None:
    assert may_be_published(window_from(period)) is expected


def test_a_question_has_one_name() -> None:
    assert (HOURS.name, FORMATS.name) == (
        "hours/2022/KZ/reported/hours",
        "formats/2022/KZ-71/17/hours",
    )


def test_a_frame_is_written_in_one_way() -> None:
    assert frame_bytes({"b": "ө", "a": [1.5, None]}) == '{"a":[1.5,null],"b":"ө"}'.encode()


def test_the_hash_does_not_depend_on_the_order_of_answers() -> None:
    one, other = {HOURS: b"1", FORMATS: b"2"}, {FORMATS: b"2", HOURS: b"1"}
    assert content_hash(one, {}) == content_hash(other, {})


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({HOURS: b"1", FORMATS: b"3"}, {"note": "a"}),
        ({HOURS: b"2", FORMATS: b"1"}, {"note": "a"}),
        ({HOURS: b"1"}, {"note": "a"}),
        ({HOURS: b"1", FORMATS: b"2"}, {"note": "b"}),
        ({HOURS: b"1", FORMATS._replace(region="KZ-75"): b"2"}, {"note": "a"}),
    ],
)
def test_the_hash_changes_with_every_part(
    answers: dict[AnswerKey, bytes], words: dict[str, str]
) -> None:
    assert content_hash(answers, words) != content_hash({HOURS: b"1", FORMATS: b"2"}, {"note": "a"})
