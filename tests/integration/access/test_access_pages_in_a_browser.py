"""The pages of accounts in a real Chromium, in each language: somebody comes in, axe is calm."""

import asyncio
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from birge_common.access.accounts import Invitation
from birge_common.access.people import Grant, Role
from birge_common.access.second_factor import code_at
from tests.support.access_house import PASSWORD, AccessHouse

pytestmark = pytest.mark.integration
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
def house() -> Iterator[AccessHouse]:
    listener = socket.create_server(("127.0.0.1", 0))
    house = AccessHouse(address=f"http://127.0.0.1:{listener.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(house.app(), log_level="warning", lifespan="off"))
    serve = server.serve(sockets=[listener])
    thread = threading.Thread(target=lambda: asyncio.run(serve))
    thread.start()
    yield house
    server.should_exit = True
    thread.join(timeout=10)


async def invite(house: AccessHouse) -> tuple[Invitation, bytes]:
    invitation = await house.access.invite("Айгүл Серікқызы", [Grant(Role.ADMINISTRATOR)])
    _, secret = await house.access.invited(invitation.token)
    return invitation, secret


@pytest.fixture
def invited(house: AccessHouse) -> tuple[Invitation, bytes]:
    """On a thread of its own, since the browser's driver keeps a loop running on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, invite(house)).result()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)


def look(page: Page, width: int) -> None:
    """Nothing grave for axe, nothing wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [n["html"] for n in each["nodes"]]) for each in grave] == []


@pytest.mark.parametrize(("language", "width"), [("kk", 320), ("ru", 1280), ("en", 1280)])
def test_an_invited_administrator_comes_in_and_invites(
    house: AccessHouse,
    invited: tuple[Invitation, bytes],
    browser: Browser,
    *,
    language: str,
    width: int,
) -> None:
    invitation, secret = invited
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{house.address}/invitations/{invitation.token}?language={language}")
    look(page, width)
    page.fill("#login", "aigul")
    page.fill("#password", PASSWORD)
    page.fill("#code", code_at(secret, house.clock.now()))
    page.click("main button[type=submit]")
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.content())
    assert len(codes) == 10
    look(page, width)
    page.goto(f"{house.address}/people")
    assert "/sign-in?next=/people" in page.url
    look(page, width)
    page.fill("#login", "aigul")
    page.fill("#password", PASSWORD)
    page.fill("#code", codes[0])
    page.click("main button[type=submit]")
    assert page.url == f"{house.address}/people"
    person = f"/people/{invitation.person}"
    for path in ("/people", person, f"{person}/proposal", f"{person}/closing", "/account"):
        page.goto(f"{house.address}{path}")
        look(page, width)
    page.goto(f"{house.address}/people/invitation")
    page.fill("#name", "Дана")
    page.check("input[name=scope-juror][value=regions]")
    page.click("details:has(input[name=regions-juror]) summary")
    page.check("input[name=regions-juror][value=KZ-35]")
    look(page, width)
    page.click("main button[type=submit]")
    assert f"{house.address}/invitations/" in page.content()
    look(page, width)
    page.click("header form button")
    assert page.url.startswith(f"{house.address}/sign-in")
    context.close()
