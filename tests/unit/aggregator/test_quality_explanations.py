"""A finding is explained by whoever answers for its region, up to the difference explained."""

from typing import Any

import pytest

from tests.support.records import census, explanation, printed
from tests.support.tables import Row, findings, registered


def wrong(men: int = 14, region: str = "KZ-71", version: int = 1) -> bytes:
    """A census with more men than volunteers: by 4 of 10."""
    volunteers = {"total": 10, "gender": {"men": men, "women": 0}}
    return census(region, version=version, volunteers=volunteers)


def printed_wrong() -> bytes:
    """A total whose parts make 2.5 less; it is the country's finding."""
    return printed({"value": 10, "parts": [{"what": "a", "value": 7.5}]})


KEYS = registered(
    {
        "urn:birge:office:KZ-71": ["KZ-71"],
        "urn:birge:office:KZ-75": ["KZ-75"],
        "urn:birge:neighbour": ["KZ-71", "KZ-75"],
        "urn:birge:latecomer": ["KZ-71"],
        "urn:birge:network": None,
        "urn:birge:a": None,
        "urn:birge:b": None,
    }
)


def of_sums(*values: bytes, **asked: Any) -> list[Row]:
    rows = findings(*values, **{"keys": KEYS, **asked})
    return [row for row in rows if row["check"] == "sum_of_parts"]


def named(*values: bytes) -> str:
    """The one finding's name."""
    (row,) = of_sums(*values)
    return str(row["finding"])


NAME, PRINTED_NAME = named(wrong()), named(printed_wrong())
OFFICE = "urn:birge:office:KZ-71"
OPEN = ("open", None, None)


def standing(*values: bytes, **asked: Any) -> tuple[Any, ...]:
    (row,) = of_sums(*values, **asked)
    return (row["state"], row["reason"], row["explained_by"])


def test_a_finding_is_open_until_its_region_explains_it() -> None:
    assert standing(wrong()) == OPEN
    explained = explanation(NAME, reason="counting_rule")
    assert standing(wrong(), explained) == ("explained", "counting_rule", OFFICE)
    assert standing(explained, wrong()) == ("explained", "counting_rule", OFFICE)
    (row,) = of_sums(wrong(), explained)
    assert set(row["detail"]) == {"kk", "ru", "en"}
    assert all(text.endswith("A flood brought them.") for text in row["detail"].values())
    assert len(set(row["detail"].values())) == 3


def test_an_explanation_changes_nothing_else_of_the_finding() -> None:
    said = ("state", "reason", "explained_by", "detail")
    before, after = (
        {name: value for name, value in row.items() if name not in said}
        for row in (of_sums(wrong())[0], of_sums(wrong(), explanation(NAME))[0])
    )
    assert before == after


@pytest.mark.parametrize("region", ["KZ-75", "KZ"])
def test_whoever_names_another_region_explains_nothing(region: str) -> None:
    assert standing(wrong(), explanation(NAME, region)) == OPEN
    assert standing(wrong(), explanation(NAME, region, source=OFFICE)) == OPEN


def test_the_country_s_findings_are_explained_for_the_country() -> None:
    explained = explanation(PRINTED_NAME, "KZ", reason="print_error", source="urn:birge:network")
    assert standing(printed_wrong(), explained) == ("explained", "print_error", "urn:birge:network")
    assert standing(printed_wrong(), explanation(PRINTED_NAME, "KZ-71")) == OPEN


@pytest.mark.parametrize(
    ("source", "is_heard"),
    [
        pytest.param("urn:birge:office:KZ-71", True, id="the office"),
        pytest.param("urn:birge:network", True, id="for all regions"),
        pytest.param("urn:birge:neighbour", False, id="of more regions"),
        pytest.param("urn:birge:latecomer", False, id="registered later"),
        pytest.param("urn:birge:office:KZ-75", False, id="another office"),
        pytest.param("urn:birge:nobody", False, id="nobody"),
    ],
)
def test_only_the_office_and_who_answers_for_all_explain(source: str, is_heard: bool) -> None:
    state = standing(wrong(), explanation(NAME, source=source))
    assert state == (("explained", "real", source) if is_heard else OPEN)


def test_no_office_explains_what_is_of_the_country() -> None:
    of_office = explanation(PRINTED_NAME, "KZ", source=OFFICE)
    assert standing(printed_wrong(), of_office) == OPEN


def test_an_explanation_of_another_finding_explains_nothing() -> None:
    assert standing(wrong(), explanation(PRINTED_NAME), explanation("0" * 16)) == OPEN


@pytest.mark.parametrize(
    ("difference", "is_explained"),
    [(4, True), (-4, True), (3.999999, False), (-3, False), (0, False), (100, True), (None, True)],
)
def test_an_explanation_holds_up_to_its_difference(
    difference: float | None, is_explained: bool
) -> None:
    state = standing(wrong(), explanation(NAME, difference=difference))[0]
    assert state == ("explained" if is_explained else "open")


@pytest.mark.parametrize(
    ("difference", "is_explained"), [(2.5, True), (-2.5, True), (2.49, False), (2.6, True)]
)
def test_the_size_of_a_fall_counts_too(difference: float, is_explained: bool) -> None:
    explained = explanation(PRINTED_NAME, "KZ", difference=difference, source="urn:birge:network")
    assert (standing(printed_wrong(), explained) != OPEN) is is_explained


def test_a_larger_difference_opens_the_finding_again_and_a_smaller_one_does_not() -> None:
    explained = explanation(NAME, difference=4)
    assert standing(wrong(), explained, wrong(15, version=2)) == OPEN
    assert standing(wrong(), explained, wrong(13, version=2))[0] == "explained"
    assert standing(wrong(), explained, wrong(6, version=2))[0] == "explained"
    any_size = explanation(NAME)
    assert standing(wrong(), any_size, wrong(900, version=2))[0] == "explained"


def test_a_finding_without_a_difference_is_explained_by_any() -> None:
    missing = printed({"value": 5, "of": {"table": "volunteers"}})
    (row,) = findings(missing)
    assert row["difference"] is None
    for difference in (0, 1, None):
        said = {"difference": difference, "source": "urn:birge:network"}
        explained = explanation(row["finding"], "KZ", **said)
        assert findings(missing, explained, keys=KEYS)[0]["state"] == "explained"


def test_a_higher_version_replaces_an_explanation() -> None:
    first = explanation(NAME)
    for later in (
        explanation(NAME, version=2, difference=3),
        explanation(NAME, "KZ-75", version=2, source=OFFICE),
    ):
        assert standing(wrong(), first, later) == OPEN
        assert standing(wrong(), later, first) == OPEN
    other = explanation(NAME, version=2, reason="boundary")
    assert standing(wrong(), first, other) == ("explained", "boundary", OFFICE)
    same_version = explanation(NAME, reason="boundary")
    assert standing(wrong(), first, same_version) == ("explained", "real", OFFICE)


def test_of_several_that_hold_the_lowest_source_is_shown() -> None:
    of_b = explanation(NAME, source="urn:birge:b", reason="coverage")
    of_a = explanation(NAME, source="urn:birge:a", reason="other")
    for order in ((of_a, of_b), (of_b, of_a)):
        assert standing(wrong(), *order) == ("explained", "other", "urn:birge:a")
    too_small = explanation(NAME, source="urn:birge:a", reason="other", difference=1)
    for order in ((too_small, of_b), (of_b, too_small)):
        assert standing(wrong(), *order) == ("explained", "coverage", "urn:birge:b")


def test_an_explanation_holds_in_every_window_and_for_the_region_asked_for() -> None:
    for asked in ({"window": "2022-H2"}, {"window": "2022-12~12m"}, {"region": "KZ-71"}):
        assert standing(wrong(), explanation(NAME), **asked)[0] == "explained"


def test_explained_findings_stay_in_their_order() -> None:
    values = [wrong(99), wrong(14, "KZ-75")]
    rows = of_sums(*values, explanation(NAME))
    assert [(row["region"], row["state"]) for row in rows] == [
        ("KZ-71", "explained"),
        ("KZ-75", "open"),
    ]
