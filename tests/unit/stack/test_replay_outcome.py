from typing import Any

import pytest

from birge_stack.replay.outcome import REPEATED, Outcome, verdict
from birge_stack.year2022.envelope import ACCEPTED, DUPLICATE, REJECTED, Planned


def planned(status: str, code: str | None = None) -> Planned:
    return Planned(0, "a", {"id": "e", "source": "s"}, status, code)


def answered(status: str, *codes: str, event_id: str = "e") -> dict[str, Any]:
    return {"id": event_id, "status": status, "errors": [{"code": code} for code in codes]}


@pytest.mark.parametrize(
    ("due", "answer", "kept"),
    [
        (planned(ACCEPTED), answered("accepted"), "accepted"),
        (planned(ACCEPTED), answered("duplicate"), REPEATED),
        (planned(ACCEPTED), answered("rejected", "range"), None),
        (planned(DUPLICATE), answered("duplicate"), "duplicate"),
        (planned(DUPLICATE), answered("accepted"), None),
        (planned(REJECTED, "range"), answered("rejected", "range"), "rejected: range"),
        (planned(REJECTED, "range"), answered("rejected", "type"), None),
        (planned(REJECTED, "range"), answered("accepted"), None),
        (planned(ACCEPTED), answered("accepted", event_id="other"), None),
    ],
)
def test_an_answer_is_held_against_the_plan(
    due: Planned, answer: dict[str, Any], kept: str | None
) -> None:
    assert verdict(due, answer) == kept


def test_surprises_are_counted_and_the_first_are_told() -> None:
    outcome = Outcome()
    outcome.note([planned(ACCEPTED)] * 30, [answered("rejected", "type")] * 30)
    assert (outcome.surprises, len(outcome.shown), outcome.events) == (30, 20, 30)
    assert "due accepted" in outcome.shown[0]


def test_results_that_do_not_match_their_events_are_a_surprise() -> None:
    outcome = Outcome()
    outcome.note([planned(ACCEPTED)], [])
    assert outcome.surprises == 1
