"""Remakes the README's pictures of console and site: `python -m tests.support.screenshots`."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from birge_awards.pages.public.calendar_pages import DEADLINES
from birge_common.access.people import Role
from birge_common.access.session import Session, digest_of
from birge_common.testing.clock import ManualClock
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import AT, House
from tests.support.browsing import chromium, served
from tests.support.site_2022 import site_2022
from tests.unit.awards.cycle.building import POLICY

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
REGIONS = ("KZ-11", "KZ-63", "KZ-71", "KZ-75")
PICTURES = {
    "console-cycle.png": ("/awards/cycles/2026", "kk"),
    "console-ranking.png": ("/awards/cycles/2026/panels/KZ-11/ranking", "ru"),
}

SITE = {
    "site-country.png": ("/", "kk"),
    "site-regions.png": ("/regions", "ru"),
    "site-matrix.png": ("/representedness", "en"),
}


async def a_cycle_at_work() -> ApiHouse:
    """Four regions, one of which has scored; a manager who is signed in."""
    house = House(clock=ManualClock(AT))
    api = ApiHouse(house)
    first_day = date(2026, 9, 30)
    due = {stage: first_day + timedelta(days=30 * n) for n, stage in enumerate(DEADLINES)}
    await house.opens_nominations(REGIONS, replace(POLICY, due=due))
    nominees = [await house.receives(number) for number in range(1, 6)]
    house.clock.advance(timedelta(days=30))
    await house.opens_regional_stage()
    await house.appoints("KZ-11", ("j-1", "j-2", "j-3"))
    marks = dict(zip(nominees, (9, 7, 7, 5, 4), strict=True))
    await house.sits("KZ-11", marks)
    manager = replace(person("manager", of(Role.AWARD_MANAGER)), name="Айгүл Менеджер")
    api.knows(manager)
    await api.opens("manager", "/account")
    now = house.clock.now()
    await api.access.store.open_session(Session(digest_of("picture"), "manager", now, now, now))
    return api


def main() -> None:
    """Draw every picture anew."""
    draw_console()
    draw_site()


def draw_site() -> None:
    """The public site of 2022, as everybody reads it."""
    with served(site_2022()) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1100, "height": 1000})
        page = context.new_page()
        for name, (path, language) in SITE.items():
            page.goto(f"{address}{path}?language={language}")
            page.screenshot(path=IMAGES / name)
        context.close()


def draw_console() -> None:
    """The awards at work, as a manager sees them."""
    api = asyncio.run(a_cycle_at_work())
    with served(api.app) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1100, "height": 700})
        context.add_cookies([{"name": "birge_session", "value": "picture", "url": address}])
        page = context.new_page()
        for name, (path, language) in PICTURES.items():
            page.goto(f"{address}{path}?language={language}")
            page.screenshot(path=IMAGES / name)
        context.close()


if __name__ == "__main__":
    main()
