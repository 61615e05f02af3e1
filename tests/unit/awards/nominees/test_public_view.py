"""The public sees what was agreed to, and nothing of a minor but the age group."""

from dataclasses import replace

import pytest

from birge_awards.domain.nominees.nominee import Consents, Kind
from birge_awards.domain.nominees.public_view import PublicView, initials_of, public_view
from tests.unit.awards.nominees.test_eligibility import AIGUL


@pytest.mark.parametrize(
    ("publication", "birth_year", "guardian", "shown_as", "age_group"),
    [
        (True, 1990, None, "Айгүл Бекова", None),
        (False, 1990, None, "А. Б.", None),
        (True, 2010, None, "А. Б.", "under_18"),
        (True, 2010, True, "Айгүл Бекова", "under_18"),
        (False, 2010, True, "А. Б.", "under_18"),
    ],
)
def test_a_name_is_shown_with_consent_alone(
    publication: bool,
    birth_year: int,
    guardian: bool | None,
    shown_as: str,
    age_group: str | None,
) -> None:
    consents = Consents(processing=True, publication=publication, guardian=guardian)
    nominee = replace(AIGUL, birth_year=birth_year, consents=consents)
    seen = public_view(nominee, region="KZ-71", year=2026)
    is_named = shown_as == "Айгүл Бекова"
    assert seen == PublicView(shown_as, "KZ-71", age_group, is_named)


@pytest.mark.parametrize("kind", [Kind.ORGANISATION, Kind.PROJECT, Kind.GROUP])
def test_nothing_stands_under_its_name_without_consent(kind: Kind) -> None:
    """A project may be called after the person who leads it."""
    none = Consents(processing=True, publication=False)
    project = replace(AIGUL, kind=kind, name="Айгүл Бекованың жобасы", consents=none)
    assert public_view(project, region=None, year=2026).shown_as == "А. Б. Ж."


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Әлия  қызы (Aliya)", "Ә. Қ. A."), ("«Жастар»", "Ж."), ("24/7 «Тазалық»", "Т.")],
)
def test_initials_of_any_name(name: str, initials: str) -> None:
    assert initials_of(name) == initials
