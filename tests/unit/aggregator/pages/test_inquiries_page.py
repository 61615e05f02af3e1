"""Inquiries are told by their sides, and never so that one person could be known."""

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.stores.memory import MemoryEditions
from birge_common.web.pages.collation import in_order
from tests.support.edition_2022 import ID
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads


async def test_the_year_is_told_as_the_report_prints_it(read: Reads) -> None:
    page = await read("/inquiries")
    tiles = page.split('class="tiles"')[1].split("</dl>")[0]
    assert tiles.count("3,100") == 2
    assert "2,500" in tiles


async def test_they_are_told_by_channel_gender_and_subject(read: Reads) -> None:
    tables = tables_of(await read("/inquiries"))
    assert ["women", "1,924", "1,924", "0", "0", "4", "9"] in tables["Who asked"]
    assert {row[0] for row in tables["What about"][1:]} == {
        "about volunteering",
        "about something else",
    }
    assert "website" in {row[0] for row in tables["How they asked"]}


async def test_who_said_nothing_stands_last(read: Reads) -> None:
    for table in ("Who asked", "From which region", "From which country abroad"):
        assert tables_of(await read("/inquiries"))[table][-1][0] == "not stated"


async def test_regions_stand_by_name(read: Reads) -> None:
    rows = tables_of(await read("/inquiries", "kk"))["Қай өңірден"][1:-1]
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=in_order)


async def test_countries_are_named_in_the_reader_s_language(read: Reads) -> None:
    rows = tables_of(await read("/inquiries", "kk"))["Шетелдің қай елінен"]
    assert "Германия" in {row[0] for row in rows}


async def test_a_question_of_a_few_is_not_quoted(editions: MemoryEditions, read: Reads) -> None:
    key = AnswerKey("inquiries", "2022")
    frame = editions.answers[ID][key]
    none = dict.fromkeys(("received", "resolved", "open", "overdue", "median_days", "p90_days"))
    rows = [{**row, **none} if row["value"] == "Опрос" else row for row in frame["rows"]]
    missing = [{"region": "KZ", "what": "content/Опрос", "reason": "suppressed"}]
    changed = {**frame, "rows": rows, "missing": missing}
    editions.answers[ID] = {**editions.answers[ID], key: changed}
    page = await read("/inquiries")
    assert "Опрос" not in page
    rows = tables_of(page)["What they asked, as it was written down"]
    assert ["a question of a few people", *["hidden to protect small groups"] * 6] in rows
