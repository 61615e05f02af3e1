"""The matrix says by mark and by word what prevails in a region and what hardly happens."""

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.stores.memory import MemoryEditions
from birge_common.codelists import DIRECTIONS
from birge_common.web.pages.collation import in_order
from tests.support.edition_2022 import ID
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads

MATRIX = "Matrix of regions and directions"


async def matrix(read: Reads, query: str = "") -> dict[str, list[str]]:
    rows = tables_of(await read(f"/representedness{query}"))[MATRIX]
    return {row[0]: row[1:] for row in rows}


async def test_every_region_has_a_cell_for_each_direction(read: Reads) -> None:
    found = await matrix(read)
    assert len(found) == 18
    assert {len(row) for row in found.values()} == {len(DIRECTIONS)}


async def test_a_mark_says_its_meaning_to_who_does_not_see_it(read: Reads) -> None:
    row = (await matrix(read))["Kostanay Region"]
    umit = row[list(DIRECTIONS).index("umit")]
    assert umit.startswith("●over 25 %: ")
    assert row[list(DIRECTIONS).index("qamqor")] == "×under 5 %: 0.0 %"


async def test_a_blank_cell_says_its_share_too(read: Reads) -> None:
    row = (await matrix(read))["Astana"]
    assert row[list(DIRECTIONS).index("ayala")] == "from 5 to 25 %: 7.5 %"


async def test_marks_by_events_are_others_than_by_hours(read: Reads) -> None:
    assert await matrix(read) != await matrix(read, "?basis=events")


async def test_regions_that_gave_nothing_are_named_and_have_no_line(read: Reads) -> None:
    page = await read("/representedness")
    assert "there is no line: Abai Region, Jetisu Region, Ulytau Region." in page


async def test_on_the_older_map_nobody_is_missing_who_was_not_there(read: Reads) -> None:
    assert "there is no line" not in await read("/representedness?map=17")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_regions_stand_by_name_in_the_reader_s_alphabet(read: Reads, language: str) -> None:
    page = await read("/representedness", language)
    rows = next(iter(tables_of(page).values()))
    names = [row[0] for row in rows[1:]]
    assert names == sorted(names, key=in_order)


async def test_a_hidden_cell_is_said_to_be_hidden(editions: MemoryEditions, read: Reads) -> None:
    key = AnswerKey("representedness", "2022")
    frame = editions.answers[ID][key]
    rows = [dict(row) for row in frame["rows"]]
    rows[0] |= {"share_pct": None, "mark": None}
    missing = [{"region": rows[0]["region"], "what": rows[0]["direction"], "reason": "suppressed"}]
    editions.answers[ID] = {
        **editions.answers[ID],
        key: {**frame, "rows": rows, "missing": missing},
    }
    row = (await matrix(read))["Akmola Region"]
    at = list(DIRECTIONS).index(rows[0]["direction"])
    assert row[at] == "–hidden to protect small groups"


async def test_the_choice_is_kept_in_links_and_in_the_edition(site: httpx.AsyncClient) -> None:
    page = (await site.get(f"/publications/{ID}/representedness?basis=events")).text
    assert f'href="/publications/{ID}/representedness?basis=events&amp;map=17"' in page


@pytest.mark.parametrize("query", ["map=3", "basis=tenge"])
async def test_a_choice_that_is_not_there_is_refused(site: httpx.AsyncClient, query: str) -> None:
    assert (await site.get(f"/representedness?{query}")).status_code == 400
