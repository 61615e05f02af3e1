"""Code lists: three languages each, and aliases that lead to one code."""

import typing
from collections.abc import Mapping

import pytest

from birge_common import codelists
from birge_common.codelists import Term, category_of_alias, direction_of_alias, format_of_alias
from birge_common.contracts.activity import Participants

LISTS = {
    "directions": codelists.DIRECTIONS,
    "formats": codelists.FORMATS,
    "categories": codelists.CATEGORIES,
    "layers": codelists.LAYERS,
    "support_kinds": codelists.SUPPORT_KINDS,
    "exclusion_reasons": codelists.EXCLUSION_REASONS,
}


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_name_in_three_languages(name: str) -> None:
    terms: Mapping[str, Term] = LISTS[name]
    assert terms
    for term in terms.values():
        assert all((term.names.kk, term.names.ru, term.names.en)), term.code


def test_silver_has_a_grant_and_a_category_but_is_no_direction() -> None:
    assert len(codelists.DIRECTIONS) == 11
    assert len(codelists.GRANT_DIRECTIONS) == 8
    assert "silver" not in codelists.DIRECTIONS
    assert "silver" in codelists.CATEGORIES


def test_participants_are_counted_in_the_categories_of_the_list() -> None:
    assert list(Participants.model_fields) == list(codelists.CATEGORIES)


@pytest.mark.parametrize(
    ("find", "text", "code"),
    [
        (direction_of_alias, "Birgemiz: Saýlyq (медицина и здоровье)", "saylyq"),
        (direction_of_alias, "QAMOLYR", "qamqor"),
        (direction_of_alias, "Медиа-волонтерство", "media"),
        (direction_of_alias, "Серебряное волонтерство", None),
        (format_of_alias, "Авоволонтерство", "auto"),
        (format_of_alias, "ОНЛАЙН", "online"),
        (category_of_alias, "Серебряное волонтерство", "silver"),
        (category_of_alias, "Про боно", "pro_bono"),
        (category_of_alias, "", None),
    ],
)
def test_an_alias_of_a_document_leads_to_its_code(
    find: typing.Callable[[str], str | None], text: str, code: str | None
) -> None:
    assert find(text) == code
