"""Regions are told by their own profile, ordered by name, and never by volume."""

import re
from html import unescape

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.stores.memory import MemoryEditions
from birge_common.regions import REGIONS
from birge_common.web.pages.collation import in_order
from tests.support.edition_2022 import ID, frozen_2022
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads
from tests.unit.aggregator.pages.test_country_page import change, headlines_of


def listed(page: str) -> dict[str, str]:
    """The regions of the list by name, each with what is said of it, in the page's order."""
    part = page.partition('class="by-name"')[2].partition("</ul>")[0]
    found = re.findall(r"<li><a href=[^>]*>(.*?)</a>.*?<small>(.*?)</small>", part, re.DOTALL)
    return {name: said for name, said in found}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("address", ["/regions", "/regions?map=17", "/regions?show=coverage"])
async def test_the_regions_stand_by_name_in_each_language(
    read: Reads, address: str, language: str
) -> None:
    names = list(listed(await read(address, language)))
    assert len(names) == (17 if "17" in address else 20)
    assert names == sorted(names, key=in_order)


async def test_the_map_says_what_prevails_and_the_list_says_the_same(read: Reads) -> None:
    page = await read("/regions")
    said = listed(page)
    assert said["Kostanay Region"] == "Birgemiz: Úmit (emergencies and missing people)"
    assert said["Abai Region"] == "no figure"
    for name, meaning in said.items():
        assert f'aria-label="{name}: {meaning}"' in page


async def test_each_tile_of_the_older_map_leads_within_the_older_borders(read: Reads) -> None:
    page = await read("/regions?map=17")
    tiles = re.findall(r'<a href="(/regions/[^"]*)" aria-label', page)
    assert len(tiles) == 17
    assert all(address.endswith("?map=17") for address in tiles)
    assert "/regions/KZ-10" not in page


async def test_the_map_of_coverage_has_the_bounds_as_classes(read: Reads) -> None:
    assert listed(await read("/regions?show=coverage"))["Astana"] == "40\u00a0% to 60\u00a0%"


@pytest.mark.parametrize(
    ("hidden", "said"),
    [({"bilim"}, "Other social volunteering"), ({"other_social", "umit", "qamqor"}, "no figure")],
)
async def test_what_prevails_is_said_only_where_nothing_hidden_could_be_more(
    read: Reads, editions: MemoryEditions, hidden: set[str], said: str
) -> None:
    key = AnswerKey("hours", "2022")
    frame = frozen_2022().answers[key]
    rows = [
        {**row, "share_of_region_pct": None}
        if row["region"] == "KZ-71" and row["direction"] in hidden
        else row
        for row in frame["rows"]
    ]
    editions.answers[ID] = {**frozen_2022().answers, key: {**frame, "rows": rows}}
    assert listed(await read("/regions"))["Astana"] == said


async def test_a_choice_that_the_map_does_not_have_is_refused(site: httpx.AsyncClient) -> None:
    assert (await site.get("/regions?map=16")).status_code == 400


async def test_every_region_of_both_maps_has_its_page_in_three_languages(read: Reads) -> None:
    for code, region in REGIONS.items():
        for language in ("kk", "ru", "en"):
            page = await read(f"/regions/{code}", language)
            assert str(getattr(region.names, language)).casefold() in page.casefold()
        if region.predecessor is None:
            await read(f"/regions/{code}?map=17")


async def test_a_region_shows_its_headlines(read: Reads) -> None:
    headlines = headlines_of(await read("/regions/KZ-71"))
    assert headlines["Volunteers"][0] == "15,119"
    assert "40\u00a0% to 60\u00a0%" in headlines["Volunteers"][1]
    assert headlines["Hours seen by the front office"][0] == "362,128"
    assert headlines["Monthly reports"] == ("12 of 12", "Received on time: 12.")


async def test_who_volunteers_stands_beside_the_country_s_shares(read: Reads) -> None:
    rows = tables_of(await read("/regions/KZ-71"))[
        "Shares among the region's volunteers The line in a bar is the country's share."
    ]
    assert rows[1] == ["Women", "55.8 %", "53.9 %"]
    assert ["Students", "55.0 %", "47.5 %"] in rows


async def test_a_region_s_directions_carry_its_marks(read: Reads) -> None:
    tables = tables_of(await read("/regions/KZ-71"))
    rows = next(rows for caption, rows in tables.items() if caption.startswith("Directions by"))
    assert rows[1] == ["Other social volunteering", "57.5 %", "38.4 %", "● over 25 %"]
    assert ["Birgemiz: Bilim (education)", "0.0 %", "0.4 %", "× under 5 %"] in rows
    assert len(rows) == 1 + 11


async def test_what_is_specific_is_said_in_sentences(read: Reads) -> None:
    page = await read("/regions/KZ-71")
    assert "Over a quarter of its hours: Other social volunteering (57.5\u00a0%)." in page
    assert (
        "The largest part of the country’s hours in Birgemiz: Ayala (animals): 95.1\u00a0%." in page
    )
    assert "Steady work makes up 29.5\u00a0% of the hours here, 27.6\u00a0% in the country." in page


async def test_a_region_is_compared_with_its_own_past(read: Reads) -> None:
    tables = tables_of(await read("/regions/KZ-71"))
    assert tables["Volunteers by census"] == [
        ["second half of 2021", "first half of 2022", "second half of 2022"],
        ["9,986", "12,552", "15,119"],
    ]
    assert tables["Hours seen by the front office"][1] == ["206,816", "155,312"]


async def test_a_fall_is_told_with_the_reason_that_the_region_gave(read: Reads) -> None:
    page = await read("/regions/KZ-75")
    assert "46.0\u00a0% fewer than the year before (25,633, now 13,842)." in page
    assert (
        "The reason given: “Forced, paid and political participation is no longer counted.”" in page
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [("coverage", "The reason given: the office sees more or less than before."), (None, "")],
)
async def test_a_change_says_the_kind_of_reason_that_was_given(
    read: Reads, editions: MemoryEditions, reason: str | None, said: str
) -> None:
    explained = {"change_state": "explained", "change_text": None, "change_reason": reason}
    change(editions, AnswerKey("volunteers", "2022", "KZ-75"), explained)
    page = await read("/regions/KZ-75")
    assert (said or "Nobody has explained it.") in page


async def test_a_small_change_asks_for_no_reason(read: Reads, editions: MemoryEditions) -> None:
    small = {"change_state": None, "change_text": None, "change_pct": 2.0}
    change(editions, AnswerKey("volunteers", "2022", "KZ-75"), small)
    assert "A change within 10 % asks for no reason." in await read("/regions/KZ-75")


async def test_without_the_year_before_nothing_is_compared(
    read: Reads, editions: MemoryEditions
) -> None:
    unknown = {"change_pct": None, "previous": None}
    change(editions, AnswerKey("volunteers", "2022", "KZ-75"), unknown)
    page = await read("/regions/KZ-75")
    assert "There is no figure of the year before to compare with." in page
    series = tables_of(page)["Volunteers by census"]
    assert series[1] == ["not provided", "19,737", "13,842"]


async def test_what_almaty_did_not_provide_is_said_in_words(read: Reads) -> None:
    headlines = headlines_of(await read("/regions/KZ-75"))
    assert headlines["Initiative groups"][0] == "not provided"
    assert headlines["Volunteer NGOs"][0] == "28"


async def test_a_region_formed_in_the_year_leads_to_the_one_it_was_part_of(read: Reads) -> None:
    page = await read("/regions/KZ-10")
    headlines = headlines_of(page)
    assert headlines["Hours seen by the front office"][0] == "nothing was reported"
    assert '<a href="/regions/KZ-63">' in page
    assert "Nothing was reported for it by itself yet: that is not zero." in page
    assert "0" not in [figure for figure, _ in headlines.values()]


async def test_the_programme_s_checklist_says_what_is_done(read: Reads) -> None:
    page = " ".join((await read("/regions/KZ-71")).split())
    assert '<li class="done"><span class="state">Done</span> <span>Meetings of the council' in page
    silent = await read("/regions/KZ-11")
    assert "The region has stated nothing about its programme" in silent


async def test_the_office_s_support_is_told_by_how_often(read: Reads) -> None:
    rows = tables_of(await read("/regions/KZ-71"))["Support that reports mention"]
    assert rows[1] == ["Any support", "11 of 12", "regularly"]


async def test_the_hours_worth_is_told_by_both_methods(read: Reads) -> None:
    page = await read("/regions/KZ-71")
    assert "1,097,667,216\u00a0₸" in page
    assert "706,791,639\u00a0₸" in page


async def test_what_checks_found_is_shown_with_its_state(read: Reads) -> None:
    page = await read("/regions/KZ-71")
    rows = tables_of(page)["Findings about the figures of the region"]
    assert rows[1][0].startswith("Changed without a reason: volunteers more than 10 % on")
    assert rows[1][1:] == ["second half of 2022", "9,986", "15,119", "not explained yet"]
    assert '<a href="/findings?region=KZ-71">4 findings about this region</a>' in page


async def test_one_goes_on_to_the_regions_before_and_after_by_name(read: Reads) -> None:
    assert neighbours(await read("/regions/KZ-10")) == ["/regions/KZ-11"]
    assert neighbours(await read("/regions/KZ-71")) == ["/regions/KZ-19", "/regions/KZ-23"]
    assert neighbours(await read("/regions/KZ-27")) == ["/regions/KZ-62"]


async def test_a_region_s_permanent_page_stays_in_its_edition(site: httpx.AsyncClient) -> None:
    page = unescape((await site.get(f"/publications/{ID}/regions/KZ-71")).text)
    assert neighbours(page) == [
        f"/publications/{ID}/regions/KZ-19",
        f"/publications/{ID}/regions/KZ-23",
    ]
    assert re.findall(r'href="/(?:regions|directions|findings|economy)', page) == []


@pytest.mark.parametrize("address", ["/regions/KZ-99", "/regions/KZ", "/regions/KZ-10?map=17"])
async def test_a_region_that_is_not_on_the_map_is_not_found(
    site: httpx.AsyncClient, address: str
) -> None:
    assert (await site.get(address)).status_code == 404


def neighbours(page: str) -> list[str]:
    """Where the page leads on."""
    part = page.partition('class="neighbours"')[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]*)"', part)
