"""Nominations of one nominee find each other, over any chain, and others do not."""

from dataclasses import replace
from itertools import permutations

import pytest

from birge_awards.domain.nominees.duplicates import Group, likely_duplicates
from birge_awards.domain.nominees.keys import key_of, name_key
from birge_awards.domain.nominees.nominee import Kind, Nominee


def nominee(id_: str, **changes: object) -> Nominee:
    made = Nominee(id_, "ecology", Kind.PERSON, f"Person {id_}", f"{id_}@example.kz")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_strangers_are_no_duplicates() -> None:
    assert likely_duplicates([nominee("a"), nominee("b")]) == []


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"volunteer": "vol-1"}, {"volunteer": "vol-1"}, "volunteer"),
        ({"contact": "8 (701) 123-45-67"}, {"contact": "+7 701 1234567"}, "contact"),
        ({"contact": "A@b.kz"}, {"contact": "a@B.KZ "}, "contact"),
        (
            {"name": "Айгүл Бекова", "birth_year": 1990},
            {"name": "БЕКОВА Айгүл", "birth_year": 1990},
            "name_and_birth_year",
        ),
        (
            {"name": "Дос клубы", "organisation": "Мектеп № 5"},
            {"name": "«Дос» клубы", "organisation": "мектеп № 5"},
            "name_and_organisation",
        ),
    ],
)
def test_what_two_nominations_share_is_named(
    first: dict[str, object], second: dict[str, object], reason: str
) -> None:
    found = likely_duplicates([nominee("b", **second), nominee("a", **first)])
    assert found == [Group(("a", "b"), (reason,))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"name": "Айгүл Бекова", "birth_year": 1990},
            {"name": "Айгүл Бекова", "birth_year": 1991},
        ),
        ({"volunteer": "vol-1"}, {"volunteer": "vol-1", "nomination": "friend"}),
        ({"contact": ""}, {"contact": ""}),
    ],
)
def test_what_only_looks_alike_stays_apart(
    first: dict[str, object], second: dict[str, object]
) -> None:
    assert likely_duplicates([nominee("a", **first), nominee("b", **second)]) == []


def test_a_chain_is_one_group_in_any_order() -> None:
    several = [
        nominee("a", volunteer="vol-1"),
        nominee("b", volunteer="vol-1", contact="x@example.kz"),
        nominee("c", contact="X@example.kz"),
        nominee("d"),
    ]
    for order in permutations(several):
        assert likely_duplicates(order) == [Group(("a", "b", "c"), ("contact", "volunteer"))]


def test_keys_are_equal_where_people_mean_the_same() -> None:
    assert key_of("  «Таза-Өзен» ") == key_of("таза өзен")
    assert name_key("Бекова Айгүл") == name_key("айгүл  бекова")
    assert key_of("8 701 123 45 67") == key_of("+7(701)123-45-67") == "77011234567"
