"""Regions on the map of a day, and the names documents use for them."""

from datetime import date

import pytest

from birge_common.regions import (
    REGIONS,
    is_valid_in,
    predecessor_of,
    region_of_alias,
    regions_on,
)


def test_there_were_17_regions_until_the_seventh_of_june_2022_and_20_since() -> None:
    before, after = regions_on(date(2022, 6, 7)), regions_on(date(2022, 6, 8))
    assert (len(before), len(after)) == (17, 20)
    assert set(after) - set(before) == {"KZ-10", "KZ-33", "KZ-62"}
    assert list(after) == sorted(after)


@pytest.mark.parametrize(
    ("code", "period", "valid"),
    [
        ("KZ-10", "2022-05", False),
        ("KZ-10", "2022-06", True),
        ("KZ-10", "2022-H1", True),
        ("KZ-10", "2021", False),
        ("KZ-10", "2022", True),
        ("KZ-10", "2022-05~12m", False),
        ("KZ-63", "2022-05", True),
        ("KZ-63", "2030", True),
        ("KZ-63", "2017", False),
        ("KZ", "1900", True),
        ("KZ-99", "2022", False),
    ],
)
def test_a_region_may_report_a_period_with_a_day_of_its_own(
    code: str, period: str, valid: bool
) -> None:
    assert is_valid_in(code, period) is valid


@pytest.mark.parametrize(
    ("new", "old"),
    [("KZ-10", "KZ-63"), ("KZ-33", "KZ-19"), ("KZ-62", "KZ-35"), ("KZ-71", None), ("KZ", None)],
)
def test_a_new_region_names_the_one_it_was_taken_from(new: str, old: str | None) -> None:
    assert predecessor_of(new) == old


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ВКО", "KZ-63"),
        ("ЗКО", "KZ-27"),
        ("БҚО", "KZ-27"),
        ("СКО", "KZ-59"),
        ("Караганда", "KZ-35"),
        ("  КАРАГАНДИНСКАЯ   область ", "KZ-35"),
        ("г.Алматы", "KZ-75"),
        ("Алматы", "KZ-75"),
        ("Алматинская область", "KZ-19"),
        ("Нур-Султан", "KZ-71"),
        ("область Абай", "KZ-10"),
        ("Жетысу", "KZ-33"),
        ("kz-61", "KZ-61"),
        ("Республика Казахстан", "KZ"),
    ],
)
def test_a_name_of_a_document_leads_to_its_region(text: str, code: str) -> None:
    assert region_of_alias(text) == code


@pytest.mark.parametrize("text", ["", "Ташкент", "KZ-99", "область"])
def test_an_unknown_name_leads_to_no_region(text: str) -> None:
    assert region_of_alias(text) is None


def test_every_recorded_spelling_leads_to_one_region_only() -> None:
    for region in REGIONS.values():
        for text in (region.names.kk, region.names.ru, region.names.en, *region.aliases):
            assert region_of_alias(text) == region.code, text
