"""The public site in a real Chromium: for everybody, in three languages, and without scripts."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import chromium, grave_faults, served
from tests.support.edition_2022 import ID
from tests.support.site_2022 import site_2022

pytestmark = pytest.mark.integration
PAGES = {
    "country": "/",
    "regions": "/regions",
    "regions-17": "/regions?map=17&show=coverage",
    "astana": "/regions/KZ-71",
    "almaty": "/regions/KZ-75",
    "abai": "/regions/KZ-10",
}
SCREENSHOTS = "BIRGE_SCREENSHOTS"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(site_2022()) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def opened(browser: Browser, address: str, language: str, width: int, **more: Any) -> Page:
    """A reader of a language before a screen of that width."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, base_url=address, **more
    )
    return context.new_page()


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize(
    ("language", "width", "colours"),
    [("kk", 320, "light"), ("ru", 1280, "dark"), ("en", 320, "dark"), ("kk", 1280, "light")],
)
def test_every_page_is_for_everybody(
    address: str, browser: Browser, *, name: str, language: str, width: int, colours: str
) -> None:
    page = opened(browser, address, language, width, color_scheme=colours)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(PAGES[name])
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert grave_faults(page) == []
    assert complaints == []
    if folder := os.environ.get(SCREENSHOTS):
        path = Path(folder) / f"site-{name}-{language}-{width}-{colours}.png"
        page.screenshot(path=path, full_page=True)
    page.context.close()


def test_one_reads_from_the_country_to_a_region_by_keyboard_alone(
    address: str, browser: Browser
) -> None:
    page = opened(browser, address, "en", 1280)
    page.goto("/")
    follow(page, "Regions")
    expect(page.get_by_role("heading", level=1)).to_have_text("Regions of Kazakhstan: 2022")
    follow(page, "Astana: Other social volunteering")
    expect(page.get_by_role("heading", level=1)).to_have_text("Astana: volunteering, 2022")
    follow(page, "After it by name Atyrau Region")
    expect(page.get_by_role("heading", level=1)).to_have_text("Atyrau Region: volunteering, 2022")
    page.context.close()


def test_without_scripts_everything_is_there_and_links_stay_in_the_edition(
    address: str, browser: Browser
) -> None:
    page = opened(browser, address, "ru", 320, java_script_enabled=False)
    page.goto(f"/publications/{ID}")
    expect(page.get_by_text("139\u00a0671").first).to_be_visible()
    page.get_by_role("link", name="Регионы", exact=True).click()
    page.get_by_role("link", name="17 регионов").click()
    page.get_by_role("link", name="область").first.click()
    assert page.url.startswith(f"{address}/publications/{ID}/regions/KZ-")
    assert page.url.endswith("?map=17")
    page.context.close()


def test_the_language_is_changed_on_the_same_page(address: str, browser: Browser) -> None:
    page = opened(browser, address, "en", 1280)
    page.goto("/regions/KZ-71?map=17")
    page.get_by_role("link", name="Қазақша").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Астана қаласы: волонтёрлік, 2022")
    assert "map=17" in page.url
    page.context.close()


def test_on_paper_there_are_figures_and_no_navigation(address: str, browser: Browser) -> None:
    page = opened(browser, address, "en", 1280)
    page.emulate_media(media="print")
    page.goto("/")
    expect(page.get_by_role("navigation", name="Sections of the site")).to_be_hidden()
    expect(page.get_by_role("table", name="Hours by source")).to_be_visible()
    page.context.close()


def follow(page: Page, name: str) -> None:
    """Walk to a link by the tabulator, see where one is, and press Enter."""
    link = page.get_by_role("link", name=name, exact=True)
    expect(link).to_have_count(1)
    for _ in range(200):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    expect(link).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
