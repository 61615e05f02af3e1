"""No sequence of commands, by whomever and whenever, comes to what must not be."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.awards_history import AnyHistory

BRIEF = settings(
    max_examples=200,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_no_history_breaks_the_award() -> None:
    run_state_machine_as_test(AnyHistory, settings=BRIEF)


@pytest.mark.slow
def test_no_long_history_breaks_the_award() -> None:
    long = settings(BRIEF, max_examples=3_000, stateful_step_count=100)
    run_state_machine_as_test(AnyHistory, settings=long)
