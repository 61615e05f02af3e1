"""A juror's way in a real Chromium, from the declaration to the signature, in three languages."""

import asyncio
import os
import re
import shutil
import socket
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.sitting.commands import CloseScoring
from tests.support.awards_house import MANAGER
from tests.support.jury_room import OF_PANEL, PANEL, SEAT, JuryRoom
from tests.unit.awards.pages.tied import CAST, EXTRA, VOTE, a_tie

pytestmark = pytest.mark.integration
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
NOMINEES = 60
ME = "j-1"
Result = TypeVar("Result")


class Served:
    """A jury behind a real server; what others do meanwhile runs in the server's own loop."""

    def __init__(self, room: JuryRoom) -> None:
        self.room = room
        self._loop = asyncio.new_event_loop()
        listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(self.room.api.app, log_level="warning", lifespan="off")
        self._server = uvicorn.Server(config)
        serve = self._server.serve(sockets=[listener])
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(serve))
        self._thread.start()

    def lets(self, others: Coroutine[Any, Any, Result]) -> Result:
        """Wait for what others do."""
        return asyncio.run_coroutine_threadsafe(others, self._loop).result(timeout=60)

    def stop(self) -> None:
        """Let the server end."""
        self._server.should_exit = True
        self._thread.join(timeout=10)


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served(JuryRoom())
    yield served
    served.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)


class Reader:
    """A juror before one screen, who complains about every page that is not for everybody."""

    def __init__(
        self, served: Served, browser: Browser, language: str, width: int, who: str = ME
    ) -> None:
        self.width, self.language = width, language
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=language, base_url=served.address
        )
        headers = served.lets(served.room.api._signs_in(who, steps_up=True))
        name, _, token = headers["Cookie"].partition("=")
        context.add_cookies([{"name": name, "value": token, "url": served.address}])
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text))

    def looks(self, name: str) -> None:
        """The page fits, axe finds nothing grave, and the content policy is silent."""
        page = self.page
        assert page.evaluate("document.documentElement.lang") == self.language
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, name
        found = Axe().run(page).response["violations"]
        grave = [each for each in found if each["impact"] in ("serious", "critical")]
        assert [(each["id"], [n["html"] for n in each["nodes"]]) for each in grave] == [], name
        assert not [each for each in self.complaints if "Content Security Policy" in each]
        if folder := os.environ.get("BIRGE_SCREENSHOTS"):
            path = Path(folder) / f"jury-{name}-{self.language}-{self.width}.png"
            page.screenshot(path=path, full_page=name != "declare")

    def presses(self, selector: str) -> None:
        """Press something, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


@pytest.mark.parametrize(("language", "width"), [("kk", 320), ("ru", 1280), ("en", 320)])
def test_a_juror_declares_reads_scores_and_signs(
    served: Served, browser: Browser, language: str, width: int
) -> None:
    room = served.room
    served.lets(room.opens(NOMINEES))
    reader = Reader(served, browser, language, width)
    page = reader.page
    page.goto("/awards/seats")
    reader.looks("seats")
    reader.presses(f'a[href="{SEAT}/declare"]')
    reader.looks("declare")

    page.locator("#wanted").type("бекова 17")
    expect(page.locator("#nominees select")).to_have_count(1)
    expect(page.locator("#shown")).to_have_text(re.compile(r"\b1\b.*\b60\b"))
    page.locator("#nominees select").select_option("kinship")
    page.locator("#wanted").fill("")
    expect(page.locator("#nominees select")).to_have_count(NOMINEES)
    assert page.locator("#nominees option:checked[value='kinship']").count() == 1
    reader.presses("button[value=check]")
    reader.looks("declare-check")
    reader.presses(".check button[type=submit]")
    reader.looks("seat")
    sitting = served.lets(room.sitting())
    assert [one.nominee for one in sitting.conflicts] == [room.nominees[16]]

    served.lets(room.assigns())
    page.goto(SEAT)
    reader.presses(f'a[href="{SEAT}/reviews"]')
    reader.looks("reviews")
    reader.presses("a[role=button]")
    page.locator("#mark-impact").select_option("9")
    page.locator("#mark-steadiness").select_option("8")
    page.locator("#reason").fill("Forty clean-ups in a year.")
    reader.looks("review")
    reader.presses("button[value=submit]")
    reader.looks("submit")
    reader.presses(".check button[type=submit]")
    reader.looks("submitted")

    served.lets(closed(room))
    page.goto(SEAT)
    reader.presses(f'a[href="{SEAT}/sign"]')
    reader.looks("sign")
    reader.presses(".check button[type=submit]")
    page.goto(f"{OF_PANEL}/minutes")
    reader.looks("minutes")
    assert served.lets(room.sitting()).signatures.keys() == {ME}
    page.context.close()


@pytest.mark.parametrize(
    ("policy", "who", "language"),
    [(VOTE, "j-1", "kk"), (CAST, "j-1", "ru"), (EXTRA, "j-5", "kk")],
    ids=["vote", "cast", "extra"],
)
def test_what_is_left_open_is_decided_on_a_telephone(
    browser: Browser, policy: Policy, who: str, language: str
) -> None:
    # Playwright's own loop runs in this thread.
    with ThreadPoolExecutor(1) as beside:
        room, _, _ = beside.submit(asyncio.run, a_tie(policy)).result()
    served = Served(room)
    try:
        reader = Reader(served, browser, language, 320, who)
        page = reader.page
        page.goto(f"{SEAT}/ties")
        reader.looks("ties")
        reader.presses(f'a[href^="{SEAT}/ties/"]')
        for number, select in enumerate(page.locator("select").all()):
            select.select_option(index=number + 1)
        for box in page.locator("input[type=radio]").all()[:1]:
            box.check()
        for reason in page.locator("#reason").all():
            reason.fill("Reaches more people.")
        reader.looks(f"tie-{policy.tie_chain[0]}")
        reader.presses("button[value=check]")
        reader.looks(f"tie-{policy.tie_chain[0]}-check")
        reader.presses(".check button[type=submit]")
        assert "?done=" in page.url
        page.context.close()
    finally:
        served.stop()


async def closed(room: JuryRoom) -> None:
    """Everybody submits what is left, and the result is proposed."""
    held = await room.held()
    given = {(one.nominee, one.juror) for one in held.sheets if one.submitted_at is not None}
    for place, nominee in enumerate(room.nominees):
        for juror in held.sitting.value.readers_of(nominee):
            if (nominee, juror) not in given:
                mark = 1 + place % 7 if place else 10
                await room.api.house.scores(held, nominee, juror, mark)
    sittings = room.api.house.sittings
    await sittings.does("2026", PANEL, CloseScoring(), MANAGER)
    held = await room.held()
    [standings] = held.facts.standings(held.sitting.value)
    assert standings.outcome is not None
    await room.proposes(standings.outcome.laureates[0].nominee)
