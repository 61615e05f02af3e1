"""Public pages are of one edition, in the reader's language, and made once for all."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022


async def test_the_start_page_is_of_the_newest_edition(site: httpx.AsyncClient) -> None:
    page = await site.get("/")
    assert page.status_code == 200
    assert "Volunteering in Kazakhstan: 2022" in page.text
    assert f"/publications/{ID}" in page.text


async def test_a_page_has_the_same_figures_under_its_permanent_address(
    site: httpx.AsyncClient,
) -> None:
    assert "1,088,387" in (await site.get(f"/publications/{ID}")).text


async def test_an_edition_that_is_not_there_is_not_found(site: httpx.AsyncClient) -> None:
    assert (await site.get("/publications/2021-edition-1")).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "Қазақстандағы волонтёрлік: 2022"),
        ("ru", "Волонтёрство в Казахстане: 2022"),
        ("en", "Volunteering in Kazakhstan: 2022"),
    ],
)
async def test_each_reader_reads_in_his_language(
    site: httpx.AsyncClient, language: str, said: str
) -> None:
    page = await site.get("/", headers={"Accept-Language": language})
    assert said in page.text
    assert page.headers["Content-Language"] == language


async def test_a_page_is_the_same_for_everybody_and_may_be_kept(site: httpx.AsyncClient) -> None:
    first, second = await site.get("/"), await site.get("/")
    assert first.text == second.text
    assert "public" in first.headers["Cache-Control"]
    again = await site.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")


async def test_what_one_reader_chose_is_kept_by_no_cache_for_others(
    site: httpx.AsyncClient,
) -> None:
    chosen = await site.get("/?language=ru")
    assert "birge_language=ru" in chosen.headers["Set-Cookie"]
    assert "public" not in chosen.headers["Cache-Control"]


async def test_who_has_an_older_copy_is_shown_the_new_edition_at_once(
    site: httpx.AsyncClient, editions: MemoryEditions
) -> None:
    before = await site.get("/")
    editions.editions.clear()
    after = await site.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert "Nothing is published yet" in after.text
    assert before.text != after.text


async def test_who_takes_it_compressed_reads_the_same(site: httpx.AsyncClient) -> None:
    compressed = await site.get("/", headers={"Accept-Encoding": "gzip"})
    plain = await site.get("/", headers={"Accept-Encoding": "identity"})
    assert (compressed.headers["Content-Encoding"], compressed.text) == ("gzip", plain.text)
    assert "Content-Encoding" not in plain.headers
    assert compressed.headers["ETag"] == plain.headers["ETag"]


async def test_an_old_period_that_is_amended_late_does_not_take_the_start_page(
    site: httpx.AsyncClient, editions: MemoryEditions
) -> None:
    year = edition_2022()
    late = year.issued_at + timedelta(days=90)
    half = replace(year, id="2022-H1-edition-2", period="2022-H1", number=2, issued_at=late)
    editions.editions[:] = [half, year]
    assert "Volunteering in Kazakhstan: 2022<" in (await site.get("/")).text
