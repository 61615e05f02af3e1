"""The awards' API over the memory store, asked by people whose roles a test chooses."""

from fastapi import FastAPI
from pydantic import SecretStr

from birge_awards.app import create_api
from birge_awards.settings import AwardSettings, AwardsSettings
from birge_common.access.access import Access
from birge_common.access.people import Grant, Person, Role
from birge_common.security.keys import KeyDirectory
from tests.support.awards_house import AT, House
from tests.support.visitors import Visitors, access_at


def person(name: str, *grants: Grant, is_fresh: bool = True) -> Person:
    """Somebody signed in when the tests begin; `is_fresh` as after a step-up."""
    return Person(name, name.title(), grants, AT, AT if is_fresh else None)


def of(role: Role, *regions: str) -> Grant:
    """A role in these regions, or in the country where there are none."""
    return Grant(role, frozenset(regions) or None)


class ApiHouse(Visitors):
    """A house whose people also come over HTTP."""

    def __init__(self, house: House | None = None) -> None:
        self.house = house or House()
        access = access_at(self.house.clock)
        super().__init__(_app_of(self.house, access), access, self.house.clock, "/v1/awards")


def _app_of(house: House, access: Access) -> FastAPI:
    settings = AwardsSettings(awards=AwardSettings(vault_key=SecretStr("k" * 32)))
    return create_api(
        settings, house.store, keys=KeyDirectory("p" * 32), clock=house.clock, access=access
    )
