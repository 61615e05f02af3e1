"""The shell in a real Chromium: axe finds nothing, the policy stays silent, 320 px suffice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browsing import chromium, grave_faults, served
from tests.support.pages_demo.demo import demo_app

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(demo_app()) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/demo?person=Айгүл&name=wrong&", "/demo?", "/nowhere?"])
def test_a_page_is_accessible(
    address: str, browser: Browser, *, path: str, width: int, colours: str, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if colours == "dark" else "light",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(f"{address}{path}language={language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert grave_faults(page) == []
    assert not [each for each in complaints if "Content Security Policy" in each]
    context.close()


def test_the_first_key_leads_past_the_header(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}/demo?language=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()
