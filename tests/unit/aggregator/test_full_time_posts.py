"""How many full-time posts hours are: the report's own arithmetic, and windows of other lengths."""

from fractions import Fraction

import pytest

from birge_aggregator.domain.tables.economy import fte

A_YEAR = Fraction(1_816)
"""227 working days of 8 hours."""


def test_the_report_s_hours_are_742_posts() -> None:
    assert A_YEAR == 227 * 8
    assert round(fte(Fraction(1_347_378), A_YEAR)) == 742


@pytest.mark.parametrize(("hours", "months"), [(1_816, 12), (908, 6), (Fraction(1_816, 12), 1)])
def test_a_post_works_as_much_as_its_window_has_months(hours: Fraction, months: int) -> None:
    assert fte(Fraction(hours), A_YEAR, months) == 1
