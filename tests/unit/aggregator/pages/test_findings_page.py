"""Findings are told in words, by check and by name of the region, and chosen by address."""

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.pages.site.findings_page import CHECKS, EXPLANATIONS
from birge_aggregator.stores.memory import MemoryEditions
from birge_common.contracts.finding import FindingExplainedV1
from birge_common.web.pages.collation import in_order
from tests.support.edition_2022 import ID, frozen_2022
from tests.unit.aggregator.pages.conftest import Reads

ROWS = frozen_2022().answers[AnswerKey("quality", "2022")]["rows"]


async def test_every_finding_of_the_edition_is_there(read: Reads) -> None:
    page = await read("/findings")
    assert all(f'id="finding-{row["finding"]}"' in page for row in ROWS)
    assert f"{len(ROWS)} of {len(ROWS)} findings are shown." in page


async def test_a_finding_says_what_was_expected_and_found(read: Reads) -> None:
    row = next(row for row in ROWS if row["what"] == "grant hours")
    found = (await read("/findings")).split(f'id="finding-{row["finding"]}"')[1].split("</li>")[0]
    for said in (
        "Kazakhstan, 2022: grant hours",
        "45,182",
        "41,782",
        "-3,400",
        "not explained yet",
    ):
        assert said in found


async def test_the_numbers_of_a_hidden_finding_are_said_to_be_hidden(
    editions: MemoryEditions, read: Reads
) -> None:
    key = AnswerKey("quality", "2022")
    name = next(row["finding"] for row in ROWS if row["region"] == "KZ-71")
    none = {"expected": None, "found": None, "difference": None}
    changed = {
        **editions.answers[ID][key],
        "rows": [{**row, **none} if row["finding"] == name else row for row in ROWS],
        "missing": [{"region": "KZ-71", "what": name, "reason": "suppressed"}],
    }
    editions.answers[ID] = {**editions.answers[ID], key: changed}
    found = (await read("/findings")).split(f'id="finding-{name}"')[1].split("</li>")[0]
    assert found.count("hidden to protect small groups") == 3


async def test_an_explanation_is_told_with_its_finding(read: Reads) -> None:
    page = await read("/findings?state=explained")
    assert "explained: a real change" in page
    assert "not explained yet</" not in page.split("<main")[1].split("<ul")[1]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("region=KZ-71", lambda row: row["region"] == "KZ-71"),
        ("region=none", lambda row: row["region"] is None),
        ("check=timeliness", lambda row: row["check"] == "timeliness"),
        ("state=explained", lambda row: row["state"] == "explained"),
        (
            "region=KZ-47&check=change_without_reason&state=",
            lambda row: (row["region"], row["check"]) == ("KZ-47", "change_without_reason"),
        ),
    ],
)
async def test_the_address_chooses(read: Reads, query: str, fits: object) -> None:
    page = await read(f"/findings?{query}")
    assert callable(fits)
    wanted = {row["finding"] for row in ROWS if fits(row)}
    assert wanted
    assert {row["finding"] for row in ROWS if f'id="finding-{row["finding"]}"' in page} == wanted


async def test_within_a_check_regions_stand_by_name(read: Reads) -> None:
    page = await read("/findings?check=change_without_reason")
    places = [part.split(",")[0].strip() for part in page.split("<h3>")[1:]]
    assert places == sorted(places, key=in_order)


async def test_each_check_says_what_it_means(read: Reads) -> None:
    page = await read("/findings")
    assert {row["check"] for row in ROWS} <= set(CHECKS)
    assert all(meaning % () in page for _title, meaning in CHECKS.values())


def test_every_reason_that_may_be_given_has_words() -> None:
    schema = FindingExplainedV1.model_json_schema()
    assert set(schema["properties"]["reason"]["enum"]) == set(EXPLANATIONS)


async def test_the_form_keeps_what_was_chosen(read: Reads) -> None:
    page = await read("/findings?region=KZ-71")
    assert '<option value="KZ-71" selected>Astana</option>' in page


async def test_a_choice_that_is_not_there_is_refused(site: httpx.AsyncClient) -> None:
    assert (await site.get("/findings?check=guess")).status_code == 400


async def test_no_such_finding_is_said_in_words(read: Reads) -> None:
    assert "There are no such findings." in await read("/findings?region=KZ-71&check=empty")


async def test_a_permanent_page_s_form_stays_in_its_edition(read: Reads) -> None:
    page = await read(f"/publications/{ID}/findings")
    assert f'action="/publications/{ID}/findings"' in page
