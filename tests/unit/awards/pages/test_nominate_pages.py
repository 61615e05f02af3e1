"""Anybody nominates without an account; a nomination counts once its sender has confirmed."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest

from birge_awards.domain.acting import Refused
from birge_awards.domain.nominees.candidacy import Candidacy, State
from birge_awards.handlers.evidence import Evidence
from birge_awards.handlers.form_submissions import (
    NOMINEE_CONFIRMED_MAX,
    SENDER_WAITING_MAX,
    SOURCE,
    WAITING_FOR,
    FormSubmissions,
)
from birge_awards.pages.public.nominate_pages import BASE, COOKIE
from birge_awards.ports import EVERYWHERE
from tests.support.awards_api import ApiHouse
from tests.support.awards_house import MANAGER, House, nomination

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "award": {"category": "2026/ecology"},
    "place": {"region": "KZ-11"},
    "nominee": {
        "kind": "person",
        "nominee_name": "Айгүл Бекова",
        "birth_year": "1990",
        "nominee_contact": "+7 701 000 00 00",
        "nominee_organisation": "",
    },
    "nominator": {
        "nominator_name": "Ерлан Сейітов",
        "nominator_email": "erlan@example.kz",
        "nominator_organisation": "",
        "relation": "colleague",
    },
    "deeds": {"citation": "Өзенді апта сайын тазалайды.", "links": "https://example.kz/a"},
    "files": {},
    "confirming": {"organisation_1": "Жасыл дала", "organisation_2": "Мейірім"},
    "consents": {"processing": "yes", "publication": "yes"},
}
GUARDIAN = {
    "guardian_name": "Сәуле Бекова",
    "guardian_contact": "+7 702 000 00 00",
    "guardian_consent": "yes",
}
IIN = "900101300017"


@dataclass
class Visitor:
    """Somebody with a browser that keeps the form's cookie."""

    api: ApiHouse
    language: str = "en"
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    async def asks(self, method: str, path: str, data: Any = None) -> httpx.Response:
        transport = httpx.ASGITransport(self.api.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport,
            base_url="http://localhost",
            headers={"Accept": "text/html", "Accept-Language": self.language},
            cookies=self.cookies,
        ) as client:
            answer = await client.request(method, path, data=data)
            self.cookies = client.cookies
            return answer

    @property
    def submissions(self) -> FormSubmissions:
        house = self.api.house
        evidence = Evidence(self.api.evidence_files, house.vault, house.clock, "http://x")
        return FormSubmissions(self.api.drafts, house.nominations, evidence)

    async def opens(self, page: str = "") -> httpx.Response:
        return await self.asks("GET", f"{BASE}{page}")

    async def answers(self, page: str, **typed: str) -> httpx.Response:
        """Open a page, fill it in with the token that it carries, and send it."""
        own = {"form_token": token_in((await self.opens(page)).text)}
        return await self.asks("POST", BASE + page, own | typed)

    async def fills_in(self, **changed: Mapping[str, str]) -> None:
        """Every page is answered; `changed` has other answers by page."""
        await self.opens()
        typed = {"nomination_id": "given-with-the-draft"}
        for page, own in (ANSWERS | changed).items():
            typed |= {**own, f"done.{page}": "yes"}
        await self.submissions.save(self.cookies[COOKIE], typed)

    async def sends(self) -> httpx.Response:
        self.api.house.clock.advance(timedelta(minutes=5))
        return await self.answers("/check")

    async def nominates(self, **changed: Mapping[str, str]) -> str:
        """The path of the link in the letter."""
        await self.fills_in(**changed)
        sent = await self.sends()
        assert sent.headers["location"] == f"{BASE}/sent", sent.text
        return link_in(self.api)

    async def confirms(self, path: str) -> httpx.Response:
        return await self.answers(path.removeprefix(BASE))


def token_in(page: str) -> str:
    found = re.search('name="form_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def link_in(api: ApiHouse) -> str:
    found = re.search(rf"{BASE}/confirmations/[\w-]+", api.mail.letters[-1].text)
    assert found
    return found[0]


async def nominations(api: ApiHouse) -> list[Candidacy]:
    return [one.value for one in await api.house.store.candidacies("2026", EVERYWHERE)]


@pytest.fixture
async def visitor() -> Visitor:
    api = ApiHouse(House())
    await api.house.opens_nominations()
    return Visitor(api)


async def test_a_confirmed_nomination_is_one_as_a_partner_sends_it(visitor: Visitor) -> None:
    for page, typed in ANSWERS.items():
        assert (await visitor.answers(f"/{page}", **typed)).status_code == 303, page
    assert (await visitor.sends()).headers["location"] == f"{BASE}/sent"
    path = link_in(visitor.api)
    assert await nominations(visitor.api) == []
    answer = await visitor.confirms(path)
    assert answer.status_code == 303
    assert "has been received" in (await visitor.asks("GET", path)).text
    [one] = await nominations(visitor.api)
    assert (one.source, one.state, one.region) == (SOURCE, State.RECEIVED, "KZ-11")
    opened = await visitor.api.house.nominations.opened(one.id, MANAGER)
    assert opened.personal is not None
    assert opened.personal.name == "Айгүл Бекова"
    assert opened.personal.evidence == ("https://example.kz/a",)
    assert opened.obstacles == ()


async def test_opening_the_link_alone_confirms_nothing(visitor: Visitor) -> None:
    path = await visitor.nominates()
    assert (await visitor.asks("GET", path)).status_code == 200
    assert await nominations(visitor.api) == []


async def test_a_link_that_is_confirmed_twice_and_at_once_makes_one_nomination(
    visitor: Visitor,
) -> None:
    path = await visitor.nominates()
    own = {"form_token": token_in((await visitor.asks("GET", path)).text)}
    answers = await asyncio.gather(*(visitor.asks("POST", path, own) for _ in range(4)))
    assert {one.status_code for one in answers} == {303}
    assert (await visitor.asks("POST", path, own)).status_code == 303
    assert len(await nominations(visitor.api)) == 1


async def test_a_link_expires_after_seven_days(visitor: Visitor) -> None:
    path = await visitor.nominates()
    visitor.api.house.clock.advance(WAITING_FOR)
    assert (await visitor.asks("GET", path)).status_code == 404
    assert (await visitor.asks("GET", f"{BASE}/confirmations/other")).status_code == 404


async def test_a_link_that_comes_after_nominations_closed_is_too_late(visitor: Visitor) -> None:
    path = await visitor.nominates()
    await visitor.api.house.opens_regional_stage()
    assert (await visitor.confirms(path)).status_code == 409
    assert await nominations(visitor.api) == []


async def test_nothing_personal_lies_in_the_clear(visitor: Visitor) -> None:
    path = await visitor.nominates()
    kept = repr(visitor.api.drafts.drafts)
    for secret in ("Айгүл", "Ерлан", "erlan@", "701", "тазалайды", path.rsplit("/", 1)[1]):
        assert secret not in kept
    await visitor.confirms(path)
    assert all(one.sealed is None for one in visitor.api.drafts.drafts.values())


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("kk", "Ұсынылымыңызды растаңыз"),
        ("ru", "Подтвердите вашу номинацию"),
        ("en", "Confirm your nomination"),
    ],
)
async def test_the_letter_is_in_the_senders_language_and_names_nobody(
    visitor: Visitor, language: str, subject: str
) -> None:
    visitor.language = language
    await visitor.nominates()
    [letter] = visitor.api.mail.letters
    assert (letter.to, letter.subject) == ("erlan@example.kz", subject)
    assert f"?language={language}" in letter.text
    for personal in ("Айгүл", "Ерлан", "erlan"):
        assert personal not in letter.text


async def test_a_letter_that_cannot_be_sent_loses_nothing(visitor: Visitor) -> None:
    visitor.api.mail.is_away = True
    await visitor.fills_in()
    assert (await visitor.sends()).status_code == 503
    visitor.api.mail.is_away = False
    assert (await visitor.sends()).status_code == 303


async def test_an_error_keeps_what_was_typed_and_says_what_to_do(visitor: Visitor) -> None:
    await visitor.fills_in()
    typed = dict(ANSWERS["nominee"]) | {"birth_year": "yesterday"}
    answer = await visitor.answers("/nominee", **typed)
    assert answer.status_code == 422
    assert 'href="#birth_year"' in answer.text
    assert 'value="Айгүл Бекова"' in answer.text
    assert 'value="yesterday"' in answer.text


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [
        ("deeds", "citation", f"Her number is {IIN}."),
        ("nominee", "nominee_name", f"Айгүл {IIN}"),
        ("nominee", "nominee_name", "Айгүл\x00"),
        ("nominee", "nominee_contact", ""),
        ("nominee", "kind", "robot"),
        ("nominee", "birth_year", ""),
        ("nominator", "nominator_email", "erlan@example.kz\r\nBcc: all@example.kz"),
        ("nominator", "nominator_email", "nobody"),
        ("nominator", "nominator_name", "Бекова Айгүл"),
        ("deeds", "links", "javascript:alert(1)"),
        ("deeds", "links", "\n".join(["https://example.kz"] * 11)),
        ("deeds", "citation", "x" * 4001),
        ("consents", "processing", ""),
        ("award", "category", "2026/unknown"),
        ("place", "region", "KZ-75"),
    ],
)
async def test_an_answer_that_cannot_be_taken_is_refused_on_its_page(
    visitor: Visitor, page: str, name: str, value: str
) -> None:
    await visitor.fills_in()
    answer = await visitor.answers(f"/{page}", **(dict(ANSWERS[page]) | {name: value}))
    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text


async def test_w2_markup_is_shown_as_text(visitor: Visitor) -> None:
    name = "<img src=x onerror=alert(1)>{{7*7}}"
    await visitor.fills_in(nominee=dict(ANSWERS["nominee"]) | {"nominee_name": name})
    page = (await visitor.opens("/check")).text
    assert "<img src=x" not in page
    assert "{{7*7}}" in page


async def test_r12_a_minor_without_a_guardian_is_not_sent(visitor: Visitor) -> None:
    young = dict(ANSWERS["nominee"]) | {"birth_year": "2010"}
    await visitor.fills_in(nominee=young)
    assert (await visitor.opens("/check")).headers["location"] == f"{BASE}/guardian"
    without = await visitor.answers("/guardian", **(GUARDIAN | {"guardian_consent": ""}))
    assert without.status_code == 422
    assert visitor.api.mail.letters == []
    await visitor.answers("/guardian", **GUARDIAN)
    assert (await visitor.sends()).headers["location"] == f"{BASE}/sent"
    await visitor.confirms(link_in(visitor.api))
    [one] = await nominations(visitor.api)
    assert one.consents.guardian is True
    opened = await visitor.api.house.nominations.opened(one.id, MANAGER)
    assert opened.personal is not None
    assert "Сәуле Бекова: +7 702" in opened.personal.contact
    # The office still asks the guardian before the nominee stands.
    assert [one.code for one in opened.obstacles] == ["no_guardian"]


async def test_r13_many_nominations_of_one_person_are_refused_from_a_quota_on(
    visitor: Visitor,
) -> None:
    submissions = visitor.submissions
    for number in range(NOMINEE_CONFIRMED_MAX + 1):
        await submissions.save("browser", {})
        visitor.api.house.clock.advance(timedelta(hours=1))
        nominator = {"name": f"S {number}", "contact": f"s{number}@example.kz", "relation": "other"}
        same = {"name": "Айгүл Бекова", "kind": "person", "contact": "aigul@example.kz"}
        data = nomination(number, nominee=same, nominator=nominator)
        if number == NOMINEE_CONFIRMED_MAX:
            with pytest.raises(Refused, match="many times"):
                await submissions.send("browser", data)
            break
        await submissions.confirm(await submissions.send("browser", data))
    assert len(await nominations(visitor.api)) == NOMINEE_CONFIRMED_MAX
    [group] = await visitor.api.house.nominations.duplicates("2026", MANAGER)
    assert len(group.nominees) == NOMINEE_CONFIRMED_MAX


async def test_nobody_is_flooded_with_letters(visitor: Visitor) -> None:
    await visitor.fills_in()
    submissions = visitor.submissions
    await submissions.save("another", {})
    visitor.api.house.clock.advance(timedelta(hours=1))
    for number in range(SENDER_WAITING_MAX):
        await submissions.send("another", nomination(number))
    assert (await visitor.sends()).status_code == 429
    assert visitor.api.mail.letters == []


async def test_one_address_is_slowed_down(visitor: Visitor) -> None:
    statuses = []
    for _ in range(25):
        visitor.cookies = httpx.Cookies()
        answer = await visitor.answers("/award", **ANSWERS["award"])
        statuses.append(answer.status_code)
    assert statuses[0] == 303
    assert statuses[-1] == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_a_form_that_is_filled_in_within_seconds_is_not_sent(visitor: Visitor) -> None:
    await visitor.fills_in()
    assert (await visitor.answers("/check")).status_code == 429
    assert visitor.api.mail.letters == []
    assert (await visitor.sends()).status_code == 303


async def test_who_fills_in_the_hidden_field_is_refused(visitor: Visitor) -> None:
    await visitor.opens("/award")
    answer = await visitor.answers("/award", website="https://spam.example", **ANSWERS["award"])
    assert answer.status_code == 422


@pytest.mark.parametrize("page", ["/award", "/check", "/confirmations/x"])
async def test_w1_a_form_without_its_token_is_refused(visitor: Visitor, page: str) -> None:
    await visitor.opens("/award")
    answer = await visitor.asks("POST", BASE + page, dict(ANSWERS["award"]))
    assert answer.status_code == 403
    strange = Visitor(visitor.api)
    await strange.opens("/award")
    visitor.cookies = httpx.Cookies()
    assert (await visitor.asks("POST", BASE + page, {"form_token": ""})).status_code == 403


async def test_the_cookie_is_for_the_form_alone(visitor: Visitor) -> None:
    header = (await visitor.opens()).headers["set-cookie"]
    assert header.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "SameSite=lax", f"Path={BASE}", "Max-Age=86400"):
        assert part in header


async def test_w10_the_pages_are_kept_by_no_cache(visitor: Visitor) -> None:
    await visitor.fills_in()
    for page in ("", "/nominee", "/check", "/sent"):
        assert (await visitor.opens(page)).headers["cache-control"] == "no-store"


async def test_only_awards_that_take_nominations_can_be_chosen(visitor: Visitor) -> None:
    assert "2026/ecology" in (await visitor.opens("/award")).text
    await visitor.api.house.opens_regional_stage()
    assert "2026/ecology" not in (await visitor.opens("/award")).text
    assert "No award takes nominations now." in (await visitor.opens()).text


async def test_what_was_typed_is_forgotten_after_a_day(visitor: Visitor) -> None:
    await visitor.fills_in()
    visitor.api.house.clock.advance(timedelta(days=1))
    assert (await visitor.opens("/check")).headers["location"] == BASE
    assert (await visitor.opens("/nominee")).headers["location"] == BASE


async def test_the_awards_page_leads_to_the_form(visitor: Visitor) -> None:
    assert f'href="{BASE}"' in (await visitor.asks("GET", "/awards")).text
