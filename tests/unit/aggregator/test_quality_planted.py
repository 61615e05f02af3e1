"""A clean year has no findings; one planted error is found, and gone when it is put right."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import planted_censuses, planted_prints, planted_reports
from tests.support.clean_year import CleanYear, clean_year, counted_year
from tests.support.planting import Plant, Wanted
from tests.support.tables import copied, counted, table_of

SEEDS = st.integers(0, 4)
ERRORS = (
    planted_reports.silent_month,
    planted_reports.late_reports,
    planted_reports.empty_month,
    planted_reports.repeated_month,
    planted_reports.outlying_month,
    planted_reports.hours_nobody_had,
    planted_reports.more_elsewhere_than_hours,
    planted_reports.more_of_a_kind_than_volunteers,
    planted_reports.held_on_another_day,
    planted_reports.double_report,
    planted_censuses.missing_census,
    planted_censuses.empty_census,
    planted_censuses.repeated_census,
    planted_censuses.wrong_parts,
    planted_censuses.second_census,
    planted_censuses.change_of_total,
    planted_prints.wrong_printed_parts,
    planted_prints.wrong_print,
    planted_prints.wrong_mark,
    planted_prints.impossible_share,
)
NAMES = ("check", "importance", "region", "period", "what", "expected", "found", "difference")


def name_of(error: Callable[..., Plant]) -> str:
    return error.__name__


def id_of(wanted: Wanted) -> str:
    """The finding's name, by rule 29."""
    about = "|".join(
        (wanted.check, wanted.region or "", wanted.period, wanted.what, wanted.key)
    ).encode()
    return hashlib.sha256(about).hexdigest()[:16]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), months=st.integers(1, 12))
def test_a_clean_year_has_no_findings(seed: int, months: int) -> None:
    store = counted(clean_year(seed, months).records())
    for map_17 in (False, True):
        assert table_of("quality", store, map_17=map_17).rows == []
    assert table_of("quality", store, window="2022-06~12m").rows == []


@pytest.mark.parametrize("error", ERRORS, ids=name_of)
@settings(max_examples=4, deadline=None)
@given(seed=SEEDS, data=st.data())
def test_a_planted_error_is_found_and_nothing_else(
    error: Callable[[st.DrawFn, CleanYear], Plant], seed: int, data: st.DataObject
) -> None:
    year = clean_year(seed)
    plant = error(data.draw, year)
    whole = counted_year(seed) if not plant.without else counted(year.records(plant.without))
    store = counted(plant.planted, copied(whole))
    found = [
        (row["finding"], *(row[name] for name in NAMES)) for row in table_of("quality", store).rows
    ]
    assert sorted(found, key=str) == sorted(
        [(id_of(one), *one[:-1]) for one in plant.wanted], key=str
    )
    assert table_of("quality", counted(plant.corrected, store)).rows == []
