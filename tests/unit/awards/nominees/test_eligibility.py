"""Who may stand, and what is missing where somebody may not."""

from dataclasses import replace
from typing import Any

import pytest

from birge_awards.domain.nominees.eligibility import independent_confirmations, obstacles_of
from birge_awards.domain.nominees.nominee import Consents, Kind, Nominee

AIGUL = Nominee(
    id="n-1",
    nomination="ecology",
    kind=Kind.PERSON,
    name="Айгүл Бекова",
    contact="aigul@example.kz",
    volunteer="vol-0001",
    birth_year=1990,
    organisation="Таза өзен",
    nominator_name="Марат Исаев",
    nominator_contact="marat@example.kz",
    nominator_organisation="Жасыл ел",
    consents=Consents(processing=True, publication=True),
)


def codes(hours: float = 60, *, hours_min: int = 50, **changes: Any) -> list[str]:
    nominee = replace(AIGUL, **changes)
    found = obstacles_of(
        nominee, year=2026, hours_min=hours_min, verified_hundredths=round(100 * hours)
    )
    assert all(one.detail for one in found)
    return [one.code for one in found]


def test_somebody_active_with_consent_may_stand() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("hours", "confirmations", "may_stand"),
    [
        (50, (), True),
        (49.99, (), False),
        (0, ("Қызыл жарты ай", "Мейірім"), True),
        (0, ("Қызыл жарты ай",), False),
        (49.99, ("Қызыл жарты ай", "«ҚЫЗЫЛ  жарты ай»"), False),
    ],
)
def test_hours_or_two_organisations_show_that_somebody_is_active(
    hours: float, confirmations: tuple[str, ...], may_stand: bool
) -> None:
    found = codes(hours, confirmations=confirmations)
    assert found == ([] if may_stand else ["not_shown_to_be_active"])


def test_without_a_least_number_some_hours_are_needed_all_the_same() -> None:
    assert codes(0, hours_min=0) == ["not_shown_to_be_active"]
    assert codes(0.01, hours_min=0) == []


def test_neither_ones_own_organisation_confirms_nor_the_nominators() -> None:
    named = ("ТАЗА ӨЗЕН", "Жасыл-ел", "Мейірім", " ")
    assert independent_confirmations(replace(AIGUL, confirmations=named)) == {"мейірім"}
    group = replace(AIGUL, kind=Kind.GROUP, name="Дос", organisation=None)
    assert independent_confirmations(replace(group, confirmations=("дос", "Мейірім"))) == {
        "мейірім"
    }


def test_an_organisation_confirms_once_however_its_legal_form_is_written() -> None:
    named = ("ТОО «Жасыл дала»", "Жасыл дала ЖШС", "жасыл дала")
    assert len(independent_confirmations(replace(AIGUL, confirmations=named))) == 1


def test_nobody_nominates_himself_by_turning_his_name() -> None:
    assert codes(name="Сейітов Ерлан", nominator_name="Ерлан  Сейітов") == ["self_nomination"]


@pytest.mark.parametrize(
    ("birth_year", "guardian", "found"),
    [
        (2007, None, []),
        (2008, None, ["no_guardian"]),
        (2008, False, ["no_guardian"]),
        (2008, True, []),
        (None, None, ["no_birth_year"]),
    ],
)
def test_who_may_be_a_minor_needs_a_guardian(
    birth_year: int | None, guardian: bool | None, found: list[str]
) -> None:
    consents = Consents(processing=True, publication=True, guardian=guardian)
    assert codes(birth_year=birth_year, consents=consents) == found


def test_an_organisation_has_no_age() -> None:
    assert codes(kind=Kind.ORGANISATION, birth_year=None) == []


def test_without_consent_nobody_is_considered() -> None:
    none = Consents(processing=False, publication=False)
    assert codes(consents=none) == ["no_processing_consent"]


@pytest.mark.parametrize(
    "nominator",
    [
        {"nominator_name": "айгүл  БЕКОВА"},
        {"nominator_contact": "Aigul@Example.kz"},
    ],
)
def test_nobody_nominates_himself(nominator: dict[str, str]) -> None:
    assert codes(**nominator) == ["self_nomination"]


def test_a_nominator_who_said_nothing_of_himself_is_not_the_nominee() -> None:
    assert codes(contact="", nominator_contact="") == []
