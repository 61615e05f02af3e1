"""The directions page tells shares by layer, and the page of each where it prevails."""

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.stores.memory import MemoryEditions
from birge_common.codelists import DIRECTIONS
from birge_common.web.pages.collation import in_order
from tests.support.edition_2022 import ID
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads

SHARES = "Shares of the directions by layer"


async def test_each_direction_has_its_share_of_each_layer(read: Reads) -> None:
    rows = tables_of(await read("/directions"))[SHARES]
    shares = {row[0]: row[1:] for row in rows[1:]}
    assert shares["Other social volunteering"][0].startswith("38.4")
    assert shares["Birgemiz: Bilim (education)"][1] == "nothing was reported"


async def test_directions_stand_in_the_order_of_their_list(read: Reads) -> None:
    rows = tables_of(await read("/directions"))[SHARES]
    assert [row[0] for row in rows[1:]] == [term.names.en for term in DIRECTIONS.values()]


async def test_the_one_region_with_the_largest_share_is_named(read: Reads) -> None:
    rows = tables_of(await read("/directions"))[SHARES]
    assert next(row[-1] for row in rows if "Ayala" in row[0]).startswith("Astana, 95.1")


async def test_a_direction_tells_in_which_regions_it_prevails(read: Reads) -> None:
    page = await read("/directions/qamqor")
    prevails = page.split("In which regions it prevails")[1].split("Where there is little")[0]
    assert all(name in prevails for name in ("Akmola", "Karaganda", "West Kazakhstan"))
    assert "Astana" not in prevails


async def test_the_regions_of_a_direction_stand_by_name(read: Reads) -> None:
    rows = tables_of(await read("/directions/qamqor", "kk"))["Әр өңірдің өз сағаттарындағы үлесі"]
    names = [row[0] for row in rows[1:]]
    assert names == sorted(names, key=in_order)
    assert len(names) == 17


async def test_what_was_not_provided_is_said_and_is_not_zero(read: Reads) -> None:
    independent = (await read("/directions/qamqor")).split("<h2>Independent</h2>")[1]
    events = independent.split("Events")[1].split("</div>")[0]
    assert "not provided" in events


async def test_a_hidden_figure_is_said_to_be_hidden(editions: MemoryEditions, read: Reads) -> None:
    key = AnswerKey("directions", "2022")
    frame = editions.answers[ID][key]
    hidden = {"events": None, "volunteers": None}
    editions.answers[ID] = {
        **editions.answers[ID],
        key: {
            **frame,
            "rows": [
                {**row, **hidden} if row["direction"] == "media" else row for row in frame["rows"]
            ],
            "missing": [{"region": "KZ", "what": "media/front_office", "reason": "suppressed"}],
        },
    }
    page = await read("/directions/media")
    assert page.count("hidden to protect small groups") >= 2


async def test_links_of_a_permanent_page_stay_in_its_edition(site: httpx.AsyncClient) -> None:
    page = (await site.get(f"/publications/{ID}/directions")).text
    main = page.split("<main")[1]
    assert f'href="/publications/{ID}/directions/qamqor"' in main
    assert 'href="/directions' not in main


async def test_a_direction_that_is_not_there_is_not_found(site: httpx.AsyncClient) -> None:
    assert (await site.get("/directions/silver")).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "Волонтёрлік бағыттары"), ("ru", "Направления волонтёрства")],
)
async def test_it_is_read_in_each_language(read: Reads, language: str, said: str) -> None:
    assert said in await read("/directions", language)
