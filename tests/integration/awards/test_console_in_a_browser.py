"""The console in a real Chromium: from an invitation to an open cycle, and every page readable."""

import asyncio
import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pydantic import SecretStr

from birge_awards.app import access_over, create_api
from birge_awards.settings import AwardSettings, AwardsSettings
from birge_awards.stores.evidence_memory import MemoryEvidenceStore
from birge_awards.stores.form_memory import MemoryDraftStore
from birge_common.access.access import Access
from birge_common.access.people import Grant, Role
from birge_common.access.second_factor import STEP_SECONDS, code_at
from birge_common.access.stores.failures_memory import MemoryFailures
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.clock import SystemClock
from birge_common.security.keys import KeyDirectory
from birge_common.testing.clock import ManualClock
from tests.support.awards_api import MemoryMail
from tests.support.awards_house import MANAGER, House
from tests.support.browsing import chromium, grave_faults, served

pytestmark = pytest.mark.integration
PASSWORD = "a long sentence is good"
HELD = "2026"
"""A cycle whose first region has scored; the story begins another one."""


class Console:
    """The awards over memory, at an address, with a browser."""

    def __init__(
        self, address: str, browser: Browser, nominee: str, invitations: dict[Role, str]
    ) -> None:
        self.address, self.browser, self.nominee = address, browser, nominee
        self.invitations = invitations

    def accepts(self, page: Page, path: str, login: str) -> bytes:
        """Go through an invitation; gives the secret that a device would keep."""
        page.goto(f"{self.address}{path}?language=en")
        secret = base64.b32decode(page.locator("form code").inner_text())
        page.get_by_label("Login").fill(login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Code").fill(code_at(secret, datetime.now(UTC)))
        page.get_by_role("button", name="Make the account").click()
        assert page.locator("ul.codes li").count() == 10
        return secret

    def signs_in(self, page: Page, login: str, secret: bytes) -> None:
        """Sign in with the device's next code, since one is taken once."""
        following = datetime.now(UTC) + timedelta(seconds=STEP_SECONDS)
        page.goto(f"{self.address}/sign-in?language=en&next=/awards/cycles")
        page.get_by_label("Login").fill(login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Code").fill(code_at(secret, following))
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name="Sign in").click()


def enter(page: Page) -> None:
    """Follow the link, or send the form, that has the focus; come back on the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


async def invitations_to(access: Access) -> dict[Role, str]:
    """The path of an invitation to each of two roles."""
    names = {Role.AWARD_MANAGER: "Айгүл Менеджер", Role.AUDITOR: "Нұрлан Аудитор"}
    made = {role: await access.invite(name, [Grant(role)]) for role, name in names.items()}
    return {role: f"/invitations/{one.token}" for role, one in made.items()}


async def a_held_region(house: House) -> str:
    await house.opens_nominations()
    first, second = await house.receives(1), await house.receives(2)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", ("j-1", "j-2", "j-3"))
    await house.sits("KZ-11", {first: 7, second: 5})
    third = await house.receives(3, admit=False)
    assert third
    await house.sittings.load(HELD, "KZ-11", MANAGER.scope)
    return first


@pytest.fixture(scope="module")
def console() -> Iterator[Console]:
    house = House(clock=ManualClock(datetime.now(UTC)))
    nominee = asyncio.run(a_held_region(house))
    clock = SystemClock()
    settings = AwardsSettings(awards=AwardSettings(vault_key=SecretStr("k" * 32)))
    access = access_over(settings, MemoryPeopleStore(), clock, MemoryFailures())
    app = create_api(
        settings,
        house.store,
        access=access,
        drafts=MemoryDraftStore(),
        evidence_files=MemoryEvidenceStore(),
        mail=MemoryMail(),
        keys=KeyDirectory("p" * 32),
        clock=clock,
    )
    # Before the browser, whose driver keeps the thread's event loop for itself.
    invitations = asyncio.run(invitations_to(access))
    with served(app) as address, chromium() as browser:
        yield Console(address, browser, nominee, invitations)


@pytest.fixture(scope="module")
def manager(console: Console) -> Iterator[BrowserContext]:
    """A browser in which an award manager is signed in."""
    context = console.browser.new_context()
    page = context.new_page()
    secret = console.accepts(page, console.invitations[Role.AWARD_MANAGER], "aigul@example.kz")
    console.signs_in(page, "aigul@example.kz", secret)
    assert "Айгүл Менеджер" in page.locator("header").inner_text()
    page.close()
    yield context
    context.close()


def test_a_manager_begins_a_cycle_writes_its_policy_and_opens_it_by_keyboard_alone(
    console: Console, manager: BrowserContext
) -> None:
    page = manager.new_page()
    page.goto(f"{console.address}/awards/cycles?language=en")
    page.get_by_label("Name of the cycle").focus()
    page.keyboard.type("2031")
    enter(page)
    page.get_by_role("link", name="Write the policy").focus()
    enter(page)
    assert "Nominations cannot open yet" in page.locator("main").inner_text()
    page.get_by_role("button", name="Add a category").focus()
    enter(page)
    for label, text in {
        "Code": "ecology",
        "Title in Kazakh": "Экология",
        "Title in Russian": "Экология",
        "Title in English": "Ecology",
        "Prizes by place, in tenge": "500000, 300000",
    }.items():
        page.get_by_label(label, exact=True).focus()
        page.keyboard.type(text)
    first = page.get_by_role("group", name="Criterion 1")
    for tongue in ("Kazakh", "Russian", "English"):
        first.get_by_label(f"What is asked in {tongue}").fill("Impact")
    first.get_by_label("Weight").fill("3")
    page.get_by_role("button", name="Save").focus()
    enter(page)
    page.get_by_role("button", name="Change these rules").focus()
    enter(page)
    page.get_by_label("Prize fund, in tenge").fill("800000")
    page.get_by_role("button", name="Save").focus()
    enter(page)
    assert "Nominations cannot open yet" not in page.locator("main").inner_text()
    page.goto(f"{console.address}/awards/cycles/2031")
    page.get_by_role("link", name="Open nominations").focus()
    enter(page)
    assert "all 20 regions" in page.locator("main").inner_text()
    page.get_by_role("button", name="Open nominations").focus()
    enter(page)
    assert "Nominations are open." in page.locator("main").inner_text()
    page.close()


PATHS = (
    "/sign-in",
    "/account",
    "/step-up",
    "/awards/cycles",
    f"/awards/cycles/{HELD}",
    f"/awards/cycles/{HELD}/policy",
    f"/awards/cycles/{HELD}/nominations",
    "/awards/nominations/{nominee}",
    "/awards/nominations/{nominee}/withdraw",
    f"/awards/cycles/{HELD}/sign_waiver?region=KZ-71",
    f"/awards/cycles/{HELD}/commission",
    f"/awards/cycles/{HELD}/panels/KZ-11",
    f"/awards/cycles/{HELD}/panels/KZ-11/members",
    f"/awards/cycles/{HELD}/panels/KZ-11/ranking",
    f"/awards/cycles/{HELD}/panels/KZ-11/propose",
)


@pytest.mark.parametrize(("language", "width"), [("kk", 320), ("ru", 1280), ("en", 320)])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible(
    console: Console, manager: BrowserContext, *, path: str, width: int, language: str
) -> None:
    page = manager.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    joint = "&" if "?" in path else "?"
    answer = page.goto(
        f"{console.address}{path.format(nominee=console.nominee)}{joint}language={language}"
    )
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert grave_faults(page) == []
    assert not [each for each in complaints if "Content Security Policy" in each]
    page.close()


def test_a_stranger_is_led_to_the_sign_in_and_back(console: Console) -> None:
    context = console.browser.new_context()
    page = context.new_page()
    page.goto(f"{console.address}/awards/cycles/{HELD}?language=en")
    assert "/sign-in?next=/awards/cycles/2026" in page.url
    context.close()


def test_nothing_is_left_to_see_after_signing_out(console: Console) -> None:
    context = console.browser.new_context()
    page = context.new_page()
    secret = console.accepts(page, console.invitations[Role.AUDITOR], "nurlan@example.kz")
    console.signs_in(page, "nurlan@example.kz", secret)
    page.goto(f"{console.address}/awards/cycles/{HELD}")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    page.go_back()
    assert "/sign-in" in page.url or "Steps of the cycle" not in page.locator("main").inner_text()
    context.close()
