"""The country's page says the report's figures of 2022, each with what they do not see."""

import re
from dataclasses import replace
from typing import Any

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022, frozen_2022
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads


def headlines_of(page: str) -> dict[str, tuple[str, str]]:
    """Each headline's figure and caveat."""
    found = re.findall(
        r'<div><dt>(.*?)</dt><dd class="number(?: unknown)?">(.*?)</dd><dd>(.*?)</dd></div>', page
    )
    return {term: (figure, caveat) for term, figure, caveat in found}


async def test_the_headlines_are_those_of_the_report(read: Reads) -> None:
    headlines = headlines_of(await read("/"))
    assert {term: figure for term, (figure, _) in headlines.items()} == {
        "Volunteers": "139,671",
        "Hours seen by the front offices": "1,088,387",
        "Hours in all, counted once": "1,282,978",
        "Engagements": "425,428",
        "Volunteer NGOs": "660",
        "Initiative groups": "1,834",
    }


async def test_every_headline_says_what_it_does_not_see(read: Reads) -> None:
    headlines = headlines_of(await read("/"))
    assert "at least 174,000" in headlines["Volunteers"][1]
    assert (
        "Hours reported twice, which are taken off: 61,000."
        in headlines["Hours in all, counted once"][1]
    )
    assert "not provided (Almaty)" in headlines["Initiative groups"][1]
    assert all(caveat for _, caveat in headlines.values())


async def test_who_volunteers_is_shown_as_shares_and_numbers(read: Reads) -> None:
    tables = tables_of(await read("/"))
    assert tables["Volunteers by gender"][1:] == [
        ["Women", "53.9 %", "75,277"],
        ["Men", "46.1 %", "64,394"],
    ]
    assert tables["Volunteers by age"][2] == ["18 to 29", "55.0 %", "76,824"]
    assert ["Students", "47.5 %", "66,343"] in tables["Volunteers by occupation"]


async def test_a_change_on_the_year_before_says_that_nobody_explained_it(read: Reads) -> None:
    page = await read("/")
    assert "19.7\u00a0% more than the year before (116,694, now 139,671)." in page
    assert "Nobody has explained it." in page


async def test_the_directions_are_shown_by_their_share(read: Reads) -> None:
    rows = tables_of(await read("/"))["Directions by their share of the front offices' hours"]
    assert rows[1] == ["Other social volunteering", "38.4 %", "417,399"]
    assert len(rows) == 1 + 11


async def test_the_three_layers_stand_side_by_side_and_make_the_whole(read: Reads) -> None:
    rows = tables_of(await read("/"))["Hours by source"]
    assert rows[1][0].startswith("Front offices The basis:")
    assert [(row[0].partition(" ")[0], row[1]) for row in rows[1:]] == [
        ("Front", "1,088,387"),
        ("Grants", "41,782"),
        ("Independent", "213,809"),
        ("Reported", "61,000"),
        ("In", "1,282,978"),
    ]


async def test_kinds_of_participants_are_shown_by_their_share(read: Reads) -> None:
    rows = tables_of(await read("/"))["Kinds of participants by their share of engagements"]
    assert ["Child (under 18)", "27.8 %", "108,756"] in rows
    assert len(rows) == 1 + 7


async def test_every_chart_can_be_taken_away_as_a_file(
    read: Reads, site: httpx.AsyncClient
) -> None:
    files = re.findall(r'<a href="([^"]*)" rel="nofollow">Download as CSV</a>', await read("/"))
    assert len(files) == 5
    for address in files:
        answer = await site.get(address, headers={"Accept": "text/csv"})
        assert (answer.status_code, answer.headers["Content-Type"][:8]) == (200, "text/csv")


async def test_an_estimate_that_cannot_be_made_is_said_in_words(read: Reads) -> None:
    rows = tables_of(await read("/"))["Organisations seen and estimated"]
    assert rows[1] == ["Front offices + Grants", "466", "too few seen by both to estimate"]


async def test_an_estimate_stands_beside_the_count_with_its_interval(
    read: Reads, editions: MemoryEditions
) -> None:
    estimated = {"estimate": 800, "low": 700, "high": 950}
    change(editions, AnswerKey("capture_recapture", "2022"), estimated)
    rows = tables_of(await read("/"))["Organisations seen and estimated"]
    assert rows[1] == ["Front offices + Grants", "466", "800 (95 % interval: 700 to 950)"]


async def test_earlier_recommendations_are_shown_with_their_state(read: Reads) -> None:
    rows = tables_of(await read("/"))["Recommendations and what became of them"]
    assert rows[1] == [
        "Hold the regional Best volunteer award in every region.",
        "2021",
        "done in part",
    ]


async def test_what_is_missing_names_the_thing_the_reason_and_the_region(read: Reads) -> None:
    missing = (await read("/")).partition("What is missing")[2]
    assert "Number of initiative groups: not provided (Almaty)" in missing
    assert "Monthly reports not received: 1 of 12 (Mangystau Region)" in missing
    assert (
        "Monthly reports not received: 6 of 6 (Abai Region, Jetisu Region, Ulytau Region)"
        in missing
    )


async def test_a_hidden_figure_is_said_to_be_hidden_and_never_shown_as_nothing(
    read: Reads, editions: MemoryEditions
) -> None:
    hidden = [{"region": "KZ", "what": "men", "reason": "suppressed"}]
    change(editions, AnswerKey("volunteers", "2022"), {"men": None, "men_pct": None}, hidden)
    rows = tables_of(await read("/"))["Volunteers by gender"]
    assert rows[2] == ["Men", "hidden to protect small groups", "hidden to protect small groups"]


async def test_one_unknown_number_of_engagements_makes_their_sum_unknown(
    read: Reads, editions: MemoryEditions
) -> None:
    change(editions, AnswerKey("directions", "2022"), {"volunteers": None})
    assert headlines_of(await read("/"))["Engagements"][0] == "not provided"


async def test_the_permanent_page_says_the_same_and_leads_to_permanent_pages(
    site: httpx.AsyncClient,
) -> None:
    newest, permanent = await site.get("/"), await site.get(f"/publications/{ID}")
    assert headlines_of(newest.text) == headlines_of(permanent.text)
    inner = re.findall(r'href="(/(?:regions|directions|methods|tables)[^"]*)"', permanent.text)
    assert inner == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", ["Еріктілер кімдер", "139\u00a0671", "Немен айналысады"]),
        ("ru", ["Кто становится волонтёром", "139\u00a0671", "Чем они занимаются"]),
    ],
)
async def test_the_page_speaks_the_reader_s_language(
    read: Reads, language: str, said: list[str]
) -> None:
    page = await read("/", language)
    assert [text for text in said if text not in page] == []
    assert "Who volunteers" not in page


async def test_a_country_without_commentary_has_none(read: Reads, editions: MemoryEditions) -> None:
    editions.editions[:] = [replace(edition_2022(), commentary={}, recommendations=())]
    page = await read("/")
    assert 'class="lead"' not in page
    assert "What earlier reports recommended" not in page


def change(
    editions: MemoryEditions, key: AnswerKey, first_row: dict[str, Any], missing: Any = ()
) -> None:
    """Let the first row of an answer say something else."""
    answers = dict(frozen_2022().answers)
    frame = answers[key]
    rows = [{**frame["rows"][0], **first_row}, *frame["rows"][1:]]
    answers[key] = {**frame, "rows": rows, "missing": [*frame["missing"], *missing]}
    editions.answers[ID] = answers
