"""Every table of an edition can be read as a page, and every figure has an address that stays."""

import re

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.pages.site.frozen_tables import KEYS, columns_of, figures_of, words_of
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_aggregator.stores.memory import MemoryEditions
from birge_aggregator.tables import TABLES
from tests.support.edition_2022 import ID, frozen_2022
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads

ASTANA = "hours-KZ-71-qamqor-front_office-hours"


def test_every_table_has_words_and_names_for_its_rows() -> None:
    assert set(TABLE_WORDS) == set(KEYS) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_and_total_has_words(table: str) -> None:
    frame = frozen_2022().answers[AnswerKey(table, "2022")]
    for column in (*columns_of(frame), *(frame.get("totals") or {})):
        assert words_of(frame, column).meaning


@pytest.mark.parametrize("region", ["KZ", "KZ-71"])
@pytest.mark.parametrize("table", TABLES)
def test_every_figure_of_a_table_has_a_name_of_its_own(table: str, region: str) -> None:
    frame = frozen_2022().answers[AnswerKey(table, "2022", region)]
    names = [figure.name for figure in figures_of(frame)]
    assert names
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in names)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("table", TABLES)
async def test_a_table_is_read_in_each_language_without_an_empty_cell(
    read: Reads, table: str, language: str
) -> None:
    page = await read(f"/tables/{table}", language)
    (rows,) = tables_of(page).values()
    assert len(rows) == 1 + len(frozen_2022().answers[AnswerKey(table, "2022")]["rows"])
    assert all(all(row) for row in rows)
    assert "None" not in {cell for row in rows for cell in row}


async def test_every_figure_of_the_page_stands_at_its_anchor(read: Reads) -> None:
    page = await read("/tables/steady_work")
    frame = frozen_2022().answers[AnswerKey("steady_work", "2022")]
    for figure in figures_of(frame):
        assert f'id="{figure.name}"' in page
        assert f'href="/tables/steady_work/figures/{figure.name}"' in page


async def test_totals_are_told_with_the_table(read: Reads) -> None:
    totals = (await read("/tables/hours")).split("<h2>In all</h2>")[1].split("</dl>")[0]
    for figure in ("1,088,387", "41,782", "213,809", "61,000", "1,282,978"):
        assert figure in totals


async def test_what_a_region_did_not_give_is_said(read: Reads) -> None:
    rows = next(iter(tables_of(await read("/tables/organisations")).values()))
    almaty = next(row for row in rows if row[0] == "Almaty")
    assert almaty[rows[0].index("Initiative groups")] == "not provided"


async def test_the_form_chooses_window_region_and_map(read: Reads) -> None:
    page = await read("/tables/hours?window=2022-H1&region=KZ-71&map=17")
    (rows,) = tables_of(page).values()
    assert {row[0] for row in rows[1:]} == {"Astana"}
    for chosen in ("2022-H1", "KZ-71", "17"):
        assert f'<option value="{chosen}" selected>' in page
    address = f"/v1/publications/{ID}/statistics/hours?period=2022-H1&region=KZ-71&map=17"
    assert f'href="{address}&format=csv"' in page


async def test_figures_keep_what_the_form_chose(site: httpx.AsyncClient, read: Reads) -> None:
    page = await read("/tables/hours?window=2022-H1&region=KZ-71")
    address = re.search(r'href="(/tables/hours/figures/[^"]+)"', page)
    assert address is not None
    assert address[1].endswith("?window=2022-H1&region=KZ-71")
    assert (await site.get(address[1])).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/tables/prices",
        "/tables/hours?region=KZ-10&map=17",
        "/tables/hours/figures/hours-KZ-72-qamqor-front_office-hours",
    ],
)
async def test_what_the_edition_does_not_hold_is_not_found(
    site: httpx.AsyncClient, address: str
) -> None:
    assert (await site.get(address)).status_code == 404


@pytest.mark.parametrize("query", ["window=2019", "region=XX", "map=20a", "basis=events"])
async def test_a_choice_that_is_not_there_is_refused(site: httpx.AsyncClient, query: str) -> None:
    assert (await site.get(f"/tables/hours?{query}")).status_code == 400


async def test_a_figure_leads_to_its_definition_coverage_and_recount(read: Reads) -> None:
    page = await read(f"/publications/{ID}/tables/hours/figures/{ASTANA}")
    for said in (
        "Astana",
        "Birgemiz: Qamqor (care)",
        "Front offices",
        "what is not volunteering is left out",
        f'href="/publications/{ID}/methods#hours.hours"',
        "40–60 % of what happens, by its own estimate",
        "./birge verify",
        "birge.submissions.v1",
        "partition 0 up to offset",
        f"/publications/{ID}/tables/hours/figures/{ASTANA}",
        f'href="/publications/{ID}/tables/hours#{ASTANA}"',
    ):
        assert said in page


async def test_the_figure_of_the_page_is_the_frozen_one(read: Reads) -> None:
    frame = frozen_2022().answers[AnswerKey("hours", "2022")]
    figure = next(one for one in figures_of(frame) if one.name == ASTANA)
    page = await read(f"/tables/hours/figures/{ASTANA}")
    assert f'<p class="headline">{figure.row["hours"]:,}</p>' in page


async def test_a_total_has_a_page_too(read: Reads) -> None:
    page = await read("/tables/hours/figures/hours-KZ-totals-grand_total")
    assert '<p class="headline">1,282,978</p>' in page


async def test_a_hidden_figure_s_page_says_so(editions: MemoryEditions, read: Reads) -> None:
    key = AnswerKey("distinct_volunteers", "2022")
    frame = editions.answers[ID][key]
    rows = [
        {**row, "volunteers": None} if row["region"] == "KZ-11" else row for row in frame["rows"]
    ]
    missing = [{"region": "KZ-11", "what": "volunteers", "reason": "suppressed"}]
    changed = {**frame, "rows": rows, "missing": missing}
    editions.answers[ID] = {**editions.answers[ID], key: changed}
    page = await read("/tables/distinct_volunteers/figures/distinct_volunteers-KZ-11-volunteers")
    assert '<p class="headline">hidden to protect small groups</p>' in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_methods_explain_every_table_and_column(read: Reads, language: str) -> None:
    page = await read("/methods", language)
    for table in TABLES:
        assert f'id="{table}"' in page
        for column in columns_of(frozen_2022().answers[AnswerKey(table, "2022")]):
            assert f'id="{table}.{column}"' in page
    named = re.findall(r' id="([^"]+)"', page)
    assert len(set(named)) == len(named)


async def test_the_list_of_tables_leads_to_each(read: Reads) -> None:
    page = await read(f"/publications/{ID}/tables")
    assert all(f'href="/publications/{ID}/tables/{table}"' in page for table in TABLES)


async def test_beside_a_hidden_row_what_was_not_provided_is_still_said_so(
    editions: MemoryEditions, read: Reads
) -> None:
    key = AnswerKey("hours", "2022")
    frame = editions.answers[ID][key]
    hidden = {"region": "KZ-71", "what": "qamqor/front_office", "reason": "suppressed"}
    none = {"hours": None, "events": None, "volunteers": None}
    rows = [
        {**row, **none}
        if (row["region"], row["direction"], row["layer"]) == ("KZ-71", "qamqor", "front_office")
        else row
        for row in frame["rows"]
    ]
    changed = {**frame, "rows": rows, "missing": [hidden]}
    editions.answers[ID] = {**editions.answers[ID], key: changed}
    (told, *_) = tables_of(await read("/tables/hours")).values()
    of_astana = {tuple(row[1:3]): row[3:6] for row in told if row[0] == "Astana"}
    assert set(of_astana["Birgemiz: Qamqor (care)", "Front offices"]) == {
        "hidden to protect small groups"
    }
    assert of_astana["Other social volunteering", "Independent"][1] == "not provided"
