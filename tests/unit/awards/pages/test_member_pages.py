"""Juries and the commission are appointed from people who were invited to that role."""

from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.unit.awards.api.test_a_cycle_over_http import CYCLE, a_house, open_nominations

MEMBERS = "/awards/cycles/2026/panels/KZ-11/members"
COMMISSION = "/awards/cycles/2026/commission"


async def a_cycle() -> ApiHouse:
    api = a_house()
    await open_nominations(api)
    return api


async def test_an_invited_person_can_be_appointed_and_chairs_once() -> None:
    api = await a_cycle()
    invited = await api.posts("north", f"{MEMBERS}/invite", {"name": "Дана"})
    assert "http://birge/invitations/" in invited.text
    [new] = [one for one in await api.access.people() if one.name == "Дана"]
    assert new.roles == {Role.JUROR: frozenset({"KZ-11"})}
    page = await api.opens("north", MEMBERS)
    assert f'value="{new.id}"' in page.text
    chair = {"person": new.id, "country": "kz", "contacts": "dana@jury.kz", "is_chair": "yes"}
    assert (await api.posts("north", MEMBERS, chair)).status_code == 303
    await api.opens("j-1", "/account")
    second = await api.posts("north", MEMBERS, {**chair, "person": "j-1"})
    assert (second.status_code, "There is a chair already." in second.text) == (409, True)
    [member] = (await api.does("north", f"{CYCLE}/panels/KZ-11", method="GET"))["members"]
    assert (member["person"], member["country"], member["region"]) == (new.id, "KZ", "KZ-11")


async def test_a_link_is_shown_once_and_only_managers_of_the_region_make_one() -> None:
    api = await a_cycle()
    await api.posts("north", f"{MEMBERS}/invite", {"name": "Дана"})
    assert "invitations" not in (await api.opens("north", MEMBERS)).text
    for stranger in ("south", "j-1", "m-1"):
        refused = await api.posts(stranger, f"{MEMBERS}/invite", {"name": "Мурат"})
        assert refused.status_code == 403
    assert not [one for one in await api.access.people() if one.name == "Мурат"]


async def test_a_seat_without_a_country_is_refused_at_its_field() -> None:
    api = await a_cycle()
    page = await api.posts("north", MEMBERS, {"person": "j-1", "country": "Қазақстан"})
    assert page.status_code == 409
    assert 'href="#country"' in page.text


async def test_the_commission_is_formed_of_three_countries_with_one_chair() -> None:
    api = await a_cycle()
    for number in range(1, 5):
        await api.opens(f"m-{number}", "/account")
    typed = {"chair": "m-1"}
    for number, country in enumerate(("KZ", "KZ", "UZ"), start=1):
        typed |= {f"member.m-{number}": "yes", f"country.m-{number}": country}
    two = await api.posts("manager", COMMISSION, typed)
    assert "at least three countries" in two.text
    assert 'value="UZ"' in two.text, "what was typed is not lost"
    typed |= {"member.m-4": "yes", "country.m-4": "DE"}
    assert (await api.posts("manager", COMMISSION, typed)).status_code == 303
    view = await api.does("manager", CYCLE, method="GET")
    assert [one["person"] for one in view["commission"]] == ["m-1", "m-2", "m-3", "m-4"]
    again = await api.opens("manager", COMMISSION)
    assert 'id="member.m-4" name="member.m-4" value="yes" checked' in again.text


async def test_only_the_award_manager_forms_the_commission() -> None:
    api = await a_cycle()
    api.knows(person("auditor", of(Role.AUDITOR)))
    for reader in ("north", "auditor"):
        assert "Form the commission</button>" not in (await api.opens(reader, COMMISSION)).text
        assert (await api.posts(reader, COMMISSION, {"member.m-1": "yes"})).status_code in (
            403,
            409,
        )
        refused = await api.posts(reader, f"{COMMISSION}/invite", {"name": "Мурат"})
        assert refused.status_code == 403
