"""An edition in which every figure is hidden still says, in words, that it is."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022, frozen_2022
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads
from tests.unit.aggregator.pages.test_country_page import headlines_of

_HIDDEN = "hidden to protect small groups"
_MARKS = ("mark", "class", "met", "prevailing", "top_region", "change_state")


def without_figures(value: Any, name: str = "") -> Any:
    """The same rows, each number and each mark being null."""
    if name in _MARKS or isinstance(value, int | float):
        return None
    if isinstance(value, dict):
        return {key: without_figures(one, key) for key, one in value.items()}
    return value


def hidden(frame: Frame) -> Frame:
    """An answer of which nothing may be public."""
    suppressed = {"region": frame["region"], "what": "all", "reason": "suppressed"}
    rows = [without_figures(row) for row in frame["rows"]]
    totals = {"totals": dict.fromkeys(frame["totals"])} if "totals" in frame else {}
    return {**frame, **totals, "rows": rows, "missing": [suppressed]}


@cache
def hidden_2022() -> Answers:
    answers = frozen_2022().answers
    return {
        key: frame if key.table == "quality" else hidden(frame) for key, frame in answers.items()
    }


@pytest.fixture(autouse=True)
def editions() -> MemoryEditions:
    return MemoryEditions([edition_2022()], {ID: hidden_2022()})


@pytest.mark.parametrize("address", ["/", "/regions/KZ-71", "/regions/KZ-75?map=17"])
async def test_no_headline_shows_a_number(read: Reads, address: str) -> None:
    headlines = headlines_of(await read(address))
    assert len(headlines) >= 5
    assert not any(figure[:1].isdigit() for figure, _ in headlines.values())


@pytest.mark.parametrize("address", ["/", "/regions/KZ-71"])
async def test_every_cell_of_a_chart_says_that_it_is_hidden(read: Reads, address: str) -> None:
    page = await read(address)
    for caption, rows in tables_of(page).items():
        if caption.startswith(
            ("Volunteers by", "Directions by", "Formats by", "Hours by", "Kinds")
        ):
            cells = [cell for row in rows[1:] for cell in row[1:]]
            assert set(cells) == {_HIDDEN}, caption
    assert "None" not in page


async def test_no_direction_prevails_where_shares_are_hidden(read: Reads) -> None:
    page = await read("/regions")
    assert 'class="kind-1"' not in page
    assert page.count("no figure") >= 20


async def test_nothing_specific_is_said(read: Reads) -> None:
    assert "What is specific here" not in await read("/regions/KZ-71")


async def test_a_half_year_says_that_the_programme_is_told_for_whole_years_only(
    read: Reads, editions: MemoryEditions
) -> None:
    half = "2022-H1"
    answers = {
        key._replace(window=half) if key.window == "2022" else key: frame
        for key, frame in frozen_2022().answers.items()
        if key.window != half
    }
    programme = AnswerKey("programme", half, "KZ-71")
    answers[programme] = frozen_2022().answers[programme]
    editions.answers[ID] = answers
    editions.editions[:] = [replace(edition_2022(), period=half, windows=(half,))]
    page = " ".join((await read("/regions/KZ-71")).split())
    assert "1 of 1: told for whole years only" in page
