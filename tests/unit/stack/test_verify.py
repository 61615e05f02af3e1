import copy
from typing import Any

import pytest

from birge_stack.oracle import TABLES
from birge_stack.verify.comparing import Comparison
from birge_stack.verify.questions import Question, questions, windows_of
from birge_stack.verify.statistics_api import positions_of

RECOUNTED: dict[str, Any] = {
    "rows": [
        {"region": "KZ", "direction": "umit", "hours": 10.5, "events": None, "age": {"pension": 1}},
        {"region": "KZ", "direction": None, "hours": 0, "events": 0, "age": {"pension": None}},
    ],
    "totals": {"front_office": 10.5, "grand_total": 10},
    "missing": [{"region": "KZ-75", "what": "hours", "reason": "no_submission"}],
    "not_attributable": [{"period": "2022", "region": "KZ", "direction": None, "hours": 3}],
}


def differences(answered: dict[str, Any]) -> list[str]:
    comparison = Comparison()
    comparison.table("t", RECOUNTED, answered)
    return [each.address for each in comparison.differences]


def changed(*path: str | int, value: Any) -> dict[str, Any]:
    answered: Any = copy.deepcopy(RECOUNTED)
    parent = answered
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    found: dict[str, Any] = answered
    return found


def test_an_equal_answer_has_no_difference_and_more_fields_are_growth() -> None:
    answered = changed("rows", 0, "new_field", value=1)
    assert differences({**answered, "caveats": []}) == []


def test_whole_numbers_may_be_written_either_way() -> None:
    assert differences(changed("totals", "grand_total", value=10.0)) == []


@pytest.mark.parametrize(
    ("answered", "address"),
    [
        (changed("rows", 0, "hours", value=10.51), "t rows[KZ,umit].hours"),
        (changed("rows", 0, "events", value=0), "t rows[KZ,umit].events"),
        (changed("rows", 1, "events", value=None), "t rows[KZ,null].events"),
        (changed("rows", 0, "age", "pension", value=2), "t rows[KZ,umit].age.pension"),
        (changed("rows", 0, "age", value=None), "t rows[KZ,umit].age"),
        (changed("rows", 1, "region", value="KZ-71"), "t rows[KZ,null]"),
        (changed("rows", value=[]), "t rows[KZ,umit]"),
        (changed("rows", value=RECOUNTED["rows"][::-1]), "t rows order"),
        (changed("totals", "grand_total", value=9), "t totals.grand_total"),
        (changed("totals", value=None), "t totals"),
        (changed("missing", value=[]), "t missing"),
        (changed("missing", 0, "reason", value="not_provided"), "t missing"),
        (
            changed("not_attributable", 0, "hours", value=4),
            "t not_attributable[2022,KZ,null].hours",
        ),
    ],
)
def test_every_changed_figure_is_found_at_its_address(
    answered: dict[str, Any], address: str
) -> None:
    assert address in differences(answered)


def test_a_row_told_twice_is_a_difference() -> None:
    assert differences(changed("rows", value=[*RECOUNTED["rows"], RECOUNTED["rows"][0]])) != []


def test_figures_are_counted_one_by_one() -> None:
    comparison = Comparison()
    comparison.table("t", RECOUNTED, RECOUNTED)
    assert comparison.figures == 10 + 2 + 1 + 4


def test_every_table_is_asked_for_the_country_each_region_and_on_the_map_of_17() -> None:
    asked = list(questions(["2022", "2022-03"], ["KZ-71", "KZ-75"]))
    assert len(asked) == len(set(asked))
    for table in TABLES:
        for window in ("2022", "2022-03"):
            assert Question(table, window) in asked
            assert Question(table, window, "KZ-75") in asked
            assert Question(table, window, is_map_17=True) in asked
    assert Question("hours", "2022", layer="grant") in asked
    assert Question("representedness", "2022", basis="events") in asked


def test_an_address_spells_every_option() -> None:
    question = Question("hours", "2022-10~12m", "KZ-71", layer="grant", is_map_17=True)
    assert question.address == (
        "/v1/statistics/hours?period=2022-10~12m&region=KZ-71&layer=grant&map=17"
    )


def test_windows_cover_months_halves_years_and_rolling_ones() -> None:
    windows = windows_of([2022], [2021, 2022])
    assert {"2021", "2021-H2", "2022", "2022-H1", "2022-01", "2022-12", "2022-10~12m"} <= set(
        windows
    )
    assert "2021-05" not in windows
    assert len(windows) == len(set(windows))


def test_positions_are_read_by_topic_and_partition() -> None:
    answer = {"as_of": {"positions": {"a": {"0": 5, "11": 7}}}}
    assert positions_of(answer) == {("a", 0): 5, ("a", 11): 7}
