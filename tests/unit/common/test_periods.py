"""Periods as text and their days."""

from datetime import date

import pytest

from birge_common.periods import first_day, is_period, is_window, last_day


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2022-03", date(2022, 3, 1), date(2022, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-H1", date(2022, 1, 1), date(2022, 6, 30)),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-10~12m", date(2021, 11, 1), date(2022, 10, 31)),
        ("2022-12~12m", date(2022, 1, 1), date(2022, 12, 31)),
        ("1900-01~12m", date(1899, 2, 1), date(1900, 1, 31)),
        ("2199", date(2199, 1, 1), date(2199, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(period: str, first: date, last: date) -> None:
    assert (first_day(period), last_day(period)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "22", "2022-13", "2022-00", "2022-H3", "2022-h1", "2022-3", "1899", "2200", "2022\n"),
        *("2022-03\n", " 2022", "2022-Q1", "2022-03-01", "٢٠٢٢", "2022-H1~12m", "2022~12m"),
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    assert not is_period(text)
    assert not is_window(text)
    with pytest.raises(ValueError, match="not a period"):
        first_day(text)


def test_a_rolling_window_can_be_asked_for_but_not_stated() -> None:
    assert is_window("2022-10~12m")
    assert not is_period("2022-10~12m")
    assert not is_window("2022-10~12m\n")
