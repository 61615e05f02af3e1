"""Both variants stand side by side, with their method and what they are not."""

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.stores.memory import MemoryEditions
from birge_common.web.pages.collation import in_order
from tests.support.edition_2022 import ID
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads

BY_REGION = "Hours and their value by region, in the order of names"
SOURCES = "What the wages and the working time are taken from"


async def test_both_variants_and_the_posts_are_told_of_the_country(read: Reads) -> None:
    page = await read("/economy")
    for figure in ("3,127,375,814\u00a0₸", "2,404,638,959\u00a0₸", "706.5", "1,282,978"):
        assert figure in page


async def test_the_method_names_layers_working_time_and_sources(read: Reads) -> None:
    page = await read("/economy")
    assert "× 12 ÷ 1,816 working hours a year" in page
    assert "Front offices, Grants, Independent" in page
    sources = tables_of(page)[SOURCES]
    assert ["Working time of a full-time post", "2022"] in [row[:2] for row in sources]


async def test_it_says_what_it_is_not(read: Reads) -> None:
    assert "no part of the gross domestic product" in await read("/economy")


async def test_regions_stand_by_name_with_both_variants(read: Reads) -> None:
    rows = tables_of(await read("/economy"))[BY_REGION][1:]
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=in_order)
    astana = next(row for row in rows if row[0] == "Astana")
    assert astana[1:] == [
        "383,125.5",
        "2,865 ₸",
        "1,097,667,216 ₸",
        "1,845 ₸",
        "706,791,639 ₸",
        "211",
    ]


async def test_a_source_with_no_web_address_is_no_link(
    editions: MemoryEditions, read: Reads
) -> None:
    key = AnswerKey("economy", "2022")
    frame = editions.answers[ID][key]
    sources = [
        {**frame["basis"]["sources"][0], "url": url}
        for url in ("javascript:alert(1)", "https://stat.gov.kz/wages")
    ]
    changed = {**frame, "basis": {**frame["basis"], "sources": sources}}
    editions.answers[ID] = {**editions.answers[ID], key: changed}
    page = await read("/economy")
    assert "javascript:" not in page
    assert 'href="https://stat.gov.kz/wages"' in page


async def test_without_wages_there_is_no_value_and_a_reason(
    editions: MemoryEditions, read: Reads
) -> None:
    key = AnswerKey("economy", "2022")
    frame = editions.answers[ID][key]
    none = {"tenge": None, "tenge_per_hour": None, "fte": None}
    rows = [{**row, **none} if row["region"] == "KZ-71" else row for row in frame["rows"]]
    missing = [{"region": "KZ-71", "what": "wages", "reason": "not_provided"}]
    changed = {**frame, "rows": rows, "missing": missing}
    editions.answers[ID] = {**editions.answers[ID], key: changed}
    rows = tables_of(await read("/economy"))[BY_REGION]
    assert next(row for row in rows if row[0] == "Astana")[2:] == ["not provided"] * 5


async def test_hours_of_no_region_are_named(read: Reads) -> None:
    assert "hours were stated for the country alone" in await read("/economy")


async def test_they_are_not_told_where_a_region_is_hidden(
    editions: MemoryEditions, read: Reads
) -> None:
    """They would be what is left beside the others: the hidden region's own hours."""
    key = AnswerKey("economy", "2022")
    frame = editions.answers[ID][key]
    rows = [{**row, "hours": None} if row["region"] == "KZ-71" else row for row in frame["rows"]]
    editions.answers[ID] = {**editions.answers[ID], key: {**frame, "rows": rows}}
    assert "hours were stated for the country alone" not in await read("/economy")
