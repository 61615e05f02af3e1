"""The pages of figures in a real Chromium: for everybody, and from a question to a proof."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import chromium, grave_faults, served
from tests.support.edition_2022 import ID
from tests.support.site_2022 import site_2022

pytestmark = pytest.mark.integration
FIGURE = "hours-KZ-71-qamqor-front_office-hours"
PAGES = {
    "directions": "/directions",
    "direction": "/directions/qamqor",
    "representedness": "/representedness",
    "representedness-17": "/representedness?basis=events&map=17",
    "economy": "/economy",
    "inquiries": "/inquiries",
    "findings": "/findings",
    "findings-astana": "/findings?region=KZ-71",
    "publications": "/publications",
    "data": "/data",
    "tables": "/tables",
    "table-hours": "/tables/hours?region=KZ-71",
    "table-volunteers": "/tables/volunteers",
    "table-quality": "/tables/quality",
    "figure": f"/tables/hours/figures/{FIGURE}",
    "methods": "/methods",
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


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize(
    ("language", "width", "colours"),
    [("kk", 320, "dark"), ("ru", 1280, "light"), ("en", 320, "light")],
)
def test_every_page_of_figures_is_for_everybody(
    address: str, browser: Browser, *, name: str, language: str, width: int, colours: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        locale=language,
        base_url=address,
        color_scheme=colours,
    )
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(PAGES[name])
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert grave_faults(page) == []
    assert complaints == []
    if folder := os.environ.get(SCREENSHOTS):
        path = Path(folder) / f"figures-{name}-{language}-{width}.png"
        page.screenshot(path=path, full_page=True)
    context.close()


@pytest.mark.parametrize(
    ("language", "direction", "definitions"),
    [
        ("kk", "Birgemiz: Qamqor (мұқтаж жандарға көмек)", "Барлық анықтамалар"),
        ("ru", "Birgemiz: Qamqor (помощь нуждающимся)", "Все определения"),
        ("en", "Birgemiz: Qamqor (care)", "All definitions"),
    ],
)
def test_one_goes_from_a_direction_to_the_proof_of_a_figure_without_scripts(
    address: str, browser: Browser, language: str, direction: str, definitions: str
) -> None:
    context = browser.new_context(locale=language, base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/publications/{ID}/directions")
    page.get_by_role("link", name=direction).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{direction}, 2022")
    page.locator('.sources a[href$="/tables/directions"]').click()
    cell = page.locator("[id='directions-qamqor-front_office-hours']")
    figure = cell.inner_text()
    cell.get_by_role("link").click()
    expect(page.locator(".headline")).to_have_text(figure)
    expect(page.get_by_text("./birge verify").first).to_be_visible()
    page.get_by_role("link", name=definitions).click()
    assert page.url == f"{address}/publications/{ID}/methods#directions.hours"
    context.close()


def test_the_matrix_is_scrolled_and_switched_by_keyboard(address: str, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, locale="en", base_url=address
    )
    page = context.new_page()
    page.goto("/representedness")
    region = page.get_by_role("region", name="Matrix of regions and directions")
    region.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.querySelector('.matrix').parentElement.scrollLeft > 0", timeout=5_000
    )
    heading = region.get_by_role("rowheader").first
    assert heading.evaluate("one => one.getBoundingClientRect().left") >= 0
    follow(page, "By events")
    assert page.url.endswith("/representedness?basis=events")
    context.close()


def test_the_form_of_findings_works_without_scripts(address: str, browser: Browser) -> None:
    context = browser.new_context(locale="en", base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/findings")
    page.get_by_label("Region").select_option(label="Astana")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("4 of 69")
    context.close()


def follow(page: Page, name: str) -> None:
    """Press Enter on a link that the keyboard has reached."""
    link = page.get_by_role("link", name=name, exact=True)
    link.focus()
    expect(link).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
