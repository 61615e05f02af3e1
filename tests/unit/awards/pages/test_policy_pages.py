"""A policy is written on its forms, one subject a page, and frozen when nominations open."""

import inspect
import re

import pytest

from birge_awards.domain.cycle import policy
from birge_awards.domain.cycle.policy import problems_of
from birge_awards.pages.console.policy_form import (
    NEW,
    general_typed,
    nomination_from,
    nomination_typed,
    with_general,
    with_nomination,
    without_nomination,
)
from birge_awards.pages.console.policy_pages import PROBLEMS
from birge_awards.pages.fields import Mistyped
from tests.support.awards_api import ApiHouse
from tests.unit.awards.api.test_a_cycle_over_http import a_house, open_nominations
from tests.unit.awards.cycle.building import ECOLOGY, FRIEND, POLICY

ADDRESS = "/awards/cycles/2026/policy"


async def a_draft() -> ApiHouse:
    api = a_house()
    await api.does("manager", "/cycles/2026", method="PUT")
    return api


def test_what_stands_in_the_fields_is_the_policy_again() -> None:
    assert with_general(NEW, general_typed(POLICY)).scale == POLICY.scale
    again = with_general(POLICY, general_typed(POLICY))
    assert again == POLICY
    for nomination in (ECOLOGY, FRIEND):
        assert nomination_from(nomination_typed(nomination)) == nomination


def test_a_nomination_is_put_in_its_place_and_taken_out() -> None:
    changed = nomination_from({**nomination_typed(ECOLOGY), "prizes": "900, 100"})
    held = with_nomination(POLICY, "ecology", changed)
    assert [one.code for one in held.nominations] == ["ecology", "friend"]
    assert held.nominations[0].prizes == (900, 100)
    assert without_nomination(held, "ecology").nominations == (FRIEND,)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("reviews", "three"),
        ("reviews", ""),
        ("reviews", "-1"),
        ("fund_tenge", "9" * 16),
        ("quorum", "1/0"),
        ("quorum", "most"),
        ("due.regional", "31.02.2027"),
    ],
)
def test_a_field_that_is_no_number_share_or_day_is_named(field: str, text: str) -> None:
    with pytest.raises(Mistyped) as mistyped:
        with_general(POLICY, {**general_typed(POLICY), field: text})
    assert mistyped.value.field == field


@pytest.mark.parametrize(
    ("field", "text"), [("code", "Экология"), ("prizes", "1000; 2"), ("criterion.0.weight", "")]
)
def test_a_nominations_field_is_named_too(field: str, text: str) -> None:
    with pytest.raises(Mistyped) as mistyped:
        nomination_from({**nomination_typed(ECOLOGY), field: text})
    assert mistyped.value.field == field


async def test_a_policy_is_written_on_its_pages_until_nothing_is_missing() -> None:
    api = await a_draft()
    assert "Nominations cannot open yet:" in (await api.opens("manager", ADDRESS)).text
    general = {**general_typed(POLICY), "fund_tenge": "1000"}
    assert (await api.posts("manager", f"{ADDRESS}/general", general)).status_code == 303
    typed = nomination_typed(ECOLOGY)
    added = await api.posts("manager", f"{ADDRESS}/nominations/new", typed)
    assert added.headers["location"] == ADDRESS
    page = (await api.opens("manager", ADDRESS)).text
    assert "Nominations cannot open yet:" not in page
    assert "Impact" in page
    kept = (await api.house.cycles.load("2026")).value.policy
    assert kept is not None
    assert problems_of(kept) == []
    assert kept.nominations == (ECOLOGY,)


async def test_what_was_typed_wrongly_is_shown_again_with_the_error_at_its_field() -> None:
    api = await a_draft()
    wrong = {**general_typed(POLICY), "reviews": "three", "quorum": "3/4"}
    page = await api.posts("manager", f"{ADDRESS}/general", wrong)
    assert page.status_code == 422
    assert 'href="#reviews"' in page.text
    assert 'value="three"' in page.text
    assert 'value="3/4"' in page.text
    assert (await api.house.cycles.load("2026")).value.policy is None


async def test_only_the_award_manager_writes_and_nobody_after_the_opening() -> None:
    api = await a_draft()
    assert (await api.opens("north", f"{ADDRESS}/general")).status_code == 403
    refused = await api.posts("north", f"{ADDRESS}/general", general_typed(POLICY))
    assert refused.status_code == 403
    opened = a_house()
    await open_nominations(opened)
    page = (await opened.opens("manager", ADDRESS)).text
    assert "Change these rules" not in page
    assert "It was frozen when nominations opened" in page
    late = await opened.posts("manager", f"{ADDRESS}/general", general_typed(POLICY))
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("language", "said"), [("en", "at least one category"), ("kk", "аталымды"), ("ru", "номинацию")]
)
async def test_what_is_missing_is_told_in_the_readers_language(language: str, said: str) -> None:
    api = await a_draft()
    assert said in (await api.opens("manager", ADDRESS, language=language)).text


def test_every_problem_of_a_policy_has_its_words() -> None:
    source = inspect.getsource(policy)
    codes = set(re.findall(r'(?:Problem|problem)\(\s*"(\w+)"', source))
    assert codes == PROBLEMS.keys()
