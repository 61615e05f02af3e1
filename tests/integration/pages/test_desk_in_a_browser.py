"""The desk of those who publish in a real Chromium: readable for everybody, on a phone too."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from birge_common.access.session import Session, digest_of
from tests.support.browsing import chromium, grave_faults, served
from tests.support.desk_room import DESK, ID, DeskRoom
from tests.support.publication_house import NOW, PERIOD, clean_figures

pytestmark = pytest.mark.integration
HOME = "/desk/publications"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    clean_figures()
    room = DeskRoom()
    asyncio.run(prepared(room))
    with served(room.app) as address:
        yield address


async def prepared(room: DeskRoom) -> None:
    """A draft whose figures are frozen; an editor who is signed in."""
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    await room.opens("editor", "/account")
    await room.access.store.open_session(Session(digest_of("picture"), "editor", NOW, NOW, NOW))


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    # After the address: playwright's own loop would be in the way of the one that prepares it.
    assert address
    with chromium() as browser:
        yield browser


def editor(browser: Browser, address: str, width: int) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 700}, base_url=address)
    context.add_cookies([{"name": "birge_session", "value": "picture", "url": address}])
    return context


PATHS = ["", f"/{ID}", f"/{ID}/check", f"/{ID}/commentary/KZ-71", f"/{ID}/recommendations/new"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("language", "width"), [("kk", 320), ("ru", 1100)])
def test_every_page_is_for_everybody(
    browser: Browser, address: str, path: str, language: str, width: int
) -> None:
    with editor(browser, address, width) as context:
        page = context.new_page()
        page.goto(f"{HOME}{path}?language={language}")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert grave_faults(page) == []


def test_a_text_is_written_by_a_plain_form(browser: Browser, address: str) -> None:
    with editor(browser, address, 800) as context:
        page = context.new_page()
        page.goto(f"{HOME}/{ID}/commentary/KZ-75?language=en")
        for language, text in (("kk", "Алматы"), ("ru", "Алматы"), ("en", "Almaty")):
            page.fill(f"#{language}", text)
        page.click("button[type=submit] >> text=Save")
        page.wait_for_url(f"**{HOME}/{ID}")
        assert "Almaty: written" in page.inner_text("main")


def test_a_recommendation_is_written_and_seen_in_the_preview(
    browser: Browser, address: str
) -> None:
    with editor(browser, address, 800) as context:
        page = context.new_page()
        page.goto(f"{HOME}/{ID}/recommendations/new?language=en")
        page.fill("#since", "2021")
        for language in ("kk", "ru", "en"):
            page.fill(f"#text_{language}", f"Count hours once ({language})")
        page.check("text=done in part")
        page.click("button[type=submit] >> text=Save")
        page.wait_for_url(f"**{HOME}/{ID}/recommendations")
        page.click("text=Back to the publication")
        page.click("text=See it as everybody will")
        assert "This is a draft" in page.inner_text("main")
        assert "Count hours once (en)" in page.inner_text("main")
        assert grave_faults(page) == []
