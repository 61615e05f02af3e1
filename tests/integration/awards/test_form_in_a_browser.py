"""The public form in a real browser, without JavaScript, in three languages, on a phone."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.support.awards_api import ApiHouse
from tests.support.browsing import chromium, grave_faults, served

pytestmark = pytest.mark.integration

Site = tuple[ApiHouse, str, Browser]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    api = ApiHouse()
    asyncio.run(api.house.opens_nominations())
    with served(api.app) as address, chromium() as browser:
        yield api, address, browser


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button").last.click()


def answered(page: Page) -> Iterator[str]:
    """Fill in one page after the other; gives the name of each before it is sent."""
    texts = {
        "nominee_name": "Айгүл Бекова",
        "birth_year": "2010",
        "nominee_contact": "+7 701 000 00 00",
        "guardian_name": "Сәуле Бекова",
        "guardian_contact": "+7 702 000 00 00",
        "nominator_name": "Ерлан Сейітов",
        "nominator_email": "erlan@example.kz",
        "citation": "Өзенді апта сайын тазалайды.",
    }
    choices = ("2026/ecology", "person", "colleague")
    while not page.url.endswith("/check"):
        yield page.url.rsplit("/", 1)[1]
        for name, text in texts.items():
            if page.locator(f"#{name}").count():
                page.fill(f"#{name}", text)
        for value in choices:
            if page.locator(f"input[value='{value}']").count():
                page.check(f"input[value='{value}']")
        if page.locator("#region").count():
            page.select_option("#region", "KZ-11")
        for box in page.locator("input[type=checkbox]").all():
            box.check()
        go_on(page)


def attach(page: Page) -> None:
    letter = {"name": "хат.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    page.set_input_files("#file", letter)
    with page.expect_navigation():
        page.locator("form[enctype] button").click()
    assert "хат.pdf" in page.inner_text("main")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_phone_without_javascript_nominates_a_minor_and_confirms(
    site: Site, language: str
) -> None:
    api, address, browser = site
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/awards/nominate?language={language}")
    page.goto(f"{address}/awards/nominate/award")
    seen = []
    for name in answered(page):
        seen.append(name)
        if name == "files":
            attach(page)
    assert {"guardian", "files"} <= set(seen)
    assert "хат.pdf" in page.inner_text("main")
    api.house.clock.advance(timedelta(minutes=1))
    go_on(page)
    assert page.url.endswith("/sent")
    found = re.search(r"/awards/nominate/confirmations/\S+", api.mail.letters[-1].text)
    assert found
    page.goto(address + found[0])
    go_on(page)
    assert page.locator("main form").count() == 0
    context.close()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_of_the_form_has_a_grave_fault_or_is_wider_than_a_phone(
    site: Site, language: str
) -> None:
    _, address, browser = site
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/awards/nominate?language={language}")
    page.goto(f"{address}/awards/nominate/award")
    for name in answered(page):
        assert grave_faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    assert grave_faults(page) == []
    context.close()
