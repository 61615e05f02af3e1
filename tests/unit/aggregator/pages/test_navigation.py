"""Links stay in the edition that is read, and every page has an address that stays."""

import re
from dataclasses import replace
from html import unescape

import httpx
import pytest

from birge_aggregator.editions import Edition
from birge_aggregator.pages.site.navigation import SECTIONS, Links
from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022


@pytest.fixture
def edition() -> Edition:
    return edition_2022()


def test_a_reader_of_the_newest_edition_follows_plain_addresses(edition: Edition) -> None:
    links = Links(edition, is_permanent=False)
    assert links.to("/regions/KZ-71") == "/regions/KZ-71"
    assert links.permanent("/regions/KZ-71") == f"/publications/{ID}/regions/KZ-71"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", f"/publications/{ID}"),
        ("/regions", f"/publications/{ID}/regions"),
        ("/publications", "/publications"),
        ("/data", "/data"),
    ],
)
def test_a_reader_of_a_permanent_address_stays_in_its_edition(
    edition: Edition, path: str, address: str
) -> None:
    assert Links(edition, is_permanent=True).to(path) == address


def test_the_permanent_address_keeps_what_the_page_was_asked_but_not_its_language(
    edition: Edition,
) -> None:
    links = Links(edition, is_permanent=False)
    assert links.here("/regions", "map=17&language=ru") == f"/publications/{ID}/regions?map=17"
    permanent = Links(edition, is_permanent=True)
    assert permanent.here(f"/publications/{ID}/regions", "") == f"/publications/{ID}/regions"


async def test_the_navigation_marks_the_section_that_is_read(site: httpx.AsyncClient) -> None:
    for address in ("/", f"/publications/{ID}"):
        page = (await site.get(address)).text
        navigation = page.partition('class="places"')[2].partition("</nav>")[0]
        assert navigation.count('aria-current="page"') == 1
        assert f'<a href="{address}" aria-current="page">Country</a>' in navigation
        assert navigation.count("<li>") == len(SECTIONS)


async def test_every_page_names_its_edition_its_licence_and_how_to_cite_it(
    site: httpx.AsyncClient,
) -> None:
    page = (await site.get("/")).text
    assert "Edition 1 of 1 February 2023" in page
    assert "CC BY 4.0" in page
    assert edition_2022().content_hash in page
    assert f'<a href="/publications/{ID}">Permanent address</a>' in page


async def test_a_superseded_edition_says_so_and_leads_to_the_newer_one(
    site: httpx.AsyncClient, editions: MemoryEditions
) -> None:
    newer = "2022-edition-2"
    editions.editions[:] = [replace(edition_2022(), superseded_by=newer)]
    page = (await site.get(f"/publications/{ID}")).text
    assert "A newer edition has taken the place of this one" in page
    assert f'<a href="/publications/{newer}">Read the newer edition</a>' in page


async def test_an_amendment_says_what_it_changed(
    site: httpx.AsyncClient, editions: MemoryEditions
) -> None:
    note = {"kk": "түзетілді", "ru": "исправлено", "en": "Astana corrected its hours."}
    editions.editions[:] = [replace(edition_2022(), change_note=note)]
    assert "Astana corrected its hours." in (await site.get("/")).text


@pytest.mark.parametrize("path", ["/", "/regions", "/regions/KZ-71", "/regions/KZ-63?map=17"])
@pytest.mark.parametrize("root", ["", f"/publications/{ID}"])
async def test_no_link_of_a_page_leads_nowhere(
    site: httpx.AsyncClient, root: str, path: str
) -> None:
    page = unescape((await site.get(f"{root}{path}".removesuffix("/") or "/")).text)
    links = set(re.findall(r'href="(/(?!assets|sign-in|v1/)[^"#]*)', page))
    assert len(links) > 20
    found = {link: (await site.get(link)).status_code for link in links}
    assert {link: status for link, status in found.items() if status != 200} == {}
