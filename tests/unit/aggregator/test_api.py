"""What a stranger's program sees of the statistics API."""

import asyncio
import csv
import io
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition, Unreadable
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.contracts.topics import NOMINATIONS
from birge_common.regions import REGIONS
from birge_common.security.keys import IssuedKey, KeyDirectory
from birge_common.security.receipts import Receipt, ReceiptSigner
from tests.support.records import SUBMISSIONS, as_log, census, event, report, retraction

MILESTONE = {"region": "KZ-71", "year": 2022, "milestone": "council", "n": 1, "version": 1}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOURS = "/v1/statistics/hours?period=2022"


async def count(store: MemoryStore, *values: bytes | None) -> None:
    await count_batch(read_batch(as_log(list(values))), store)


def receipt_at(offset: int, *, version: int = 1, source: str = "urn:birge:a") -> Receipt:
    return Receipt(
        source=source,
        id="e-1",
        type="kz.birge.activity.reported.v1",
        subject="r-1",
        version=version,
        topic=SUBMISSIONS,
        partition=0,
        offset=offset,
        digest="0" * 64,
        trace_id="a" * 32,
    )


async def test_an_answer_has_the_frame_of_the_contract(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    await count(store, report(hours=2.5))
    answer = (await client.get(HOURS)).json()
    assert (answer["table"], answer["period"]) == ("hours", "2022")
    assert answer["rows"][1] == {
        "region": "KZ-71",
        "direction": "umit",
        "layer": "front_office",
        "hours": 2.5,
        "events": None,
        "volunteers": None,
        "already_counted": 0,
        "share_of_direction_pct": 100.0,
        "share_of_region_pct": 100.0,
    }
    assert answer["totals"]["grand_total"] == 2.5
    assert answer["as_of"]["positions"] == {SUBMISSIONS: {"0": 1}}
    assert {"region": "KZ-75", "what": "hours", "reason": "no_submission"} in answer["missing"]
    assert {"kk", "ru", "en"} == answer["caveats"][0]["text"].keys()


async def test_the_tag_stays_while_the_figures_stay(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    await count(store, report())
    first = await client.get(HOURS)
    assert first.headers["etag"].startswith('W/"')
    # Counting goes on, but nothing that this answer says changes.
    store.next[Partition(SUBMISSIONS, 0)] += 1
    await asyncio.sleep(0.01)
    again = await client.get(HOURS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    store.next[Partition(SUBMISSIONS, 0)] = 0
    await count(store, report(version=2, hours=1))
    await asyncio.sleep(0.01)
    changed = await client.get(HOURS, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("asked", [{"Accept": "text/csv"}, None])
async def test_the_same_rows_as_csv(
    client: httpx.AsyncClient, store: MemoryStore, asked: dict[str, str] | None
) -> None:
    await count(store, report())
    path = HOURS if asked else f"{HOURS}&format=csv"
    answer = await client.get(path, headers=asked or {})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert (rows[1]["region"], rows[1]["hours"]) == ("KZ-71", "10")
    assert rows[1]["events"] == ""


async def codes(client: httpx.AsyncClient, address: str) -> dict[str, list[str]]:
    answer = (await client.get(address)).json()
    return {caveat["code"]: caveat["regions"] for caveat in answer["caveats"]}


async def test_a_half_year_s_own_census_is_no_first_half_only(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    await count(store, census("KZ-71", "2022-H1"))
    assert "first_half_only" not in await codes(client, "/v1/statistics/volunteers?period=2022-H1")
    of_year = await codes(client, "/v1/statistics/volunteers?period=2022")
    assert of_year["first_half_only"] == ["KZ-71"]
    assert "KZ-75" in of_year["missing_submissions"]


async def test_a_census_of_the_country_counts_there_and_in_no_region(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    await count(store, census("KZ-71"), census("KZ", volunteers={"total": 7}))
    rows = (await client.get("/v1/statistics/volunteers?period=2022")).json()["rows"]
    assert [(row["region"], row["total"]) for row in rows] == [("KZ", 107), ("KZ-71", 100)]


async def test_a_month_waits_for_no_census(client: httpx.AsyncClient, store: MemoryStore) -> None:
    await count(store, census("KZ-71", "2022-H1"))
    of_month = await codes(client, "/v1/statistics/volunteers?period=2022-03")
    assert of_month == {"coverage": []}


async def test_the_caveat_of_what_has_no_place_says_what_the_list_says(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    month = "/v1/statistics/hours?period=2022-03&region="
    yearly = report("r-1", region="KZ-19", period="2022")
    await count(store, yearly, report("r-2"))
    assert (await codes(client, f"{month}KZ-19"))["not_attributable"] == ["KZ-19"]
    assert "not_attributable" not in await codes(client, f"{month}KZ-71")
    store.next[Partition(SUBMISSIONS, 0)] = 0
    await count(store, retraction("r-1"), report("r-3", region="KZ"), report("r-2"))
    await asyncio.sleep(0.01)
    # The yearly report is gone; one of the country has come, which no region can hold.
    assert (await codes(client, f"{month}KZ-19"))["not_attributable"] == ["KZ"]


@pytest.mark.parametrize("table", sorted(TABLES))
async def test_a_csv_has_the_same_columns_with_rows_and_without(
    client: httpx.AsyncClient, store: MemoryStore, table: str
) -> None:
    address = f"/v1/statistics/{table}?period=2022&format=csv"
    empty = (await client.get(address)).text.splitlines()
    await count(
        store,
        report(
            "r-1",
            support=["transport"],
            development=True,
            grant_project="p",
            participants={"child": 1},
            volunteer_hours=[{"volunteer": "v-asel-01", "hours": 1}],
        ),
        report("r-2", layer="grant", direction=None),
        census("KZ-71", "2022-H1"),
        event("kz.birge.inquiry.received.v1", "q", {"received_on": "2022-03-01", "related": True}),
        event("kz.birge.milestone.reported.v1", "m", MILESTONE),
    )
    await asyncio.sleep(0.01)
    filled = (await client.get(address)).text.splitlines()
    assert len(filled) > len(empty) == 1
    assert filled[0] == empty[0]


@pytest.mark.parametrize("asked", [{"Accept": XLSX}, None])
async def test_the_same_rows_as_a_workbook(
    client: httpx.AsyncClient, store: MemoryStore, asked: dict[str, str] | None
) -> None:
    await count(store, report())
    path = HOURS if asked else f"{HOURS}&format=xlsx"
    answer = await client.get(path, headers=asked or {})
    assert answer.headers["content-type"] == XLSX
    assert answer.headers["etag"].endswith('-xlsx"')
    book = load_workbook(io.BytesIO(answer.content))
    header, _, row, *_ = book["figures"].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert (cells["region"], cells["hours"], cells["events"]) == ("KZ-71", 10, None)
    about = list(book["about"].iter_rows(values_only=True))
    assert ("missing", "hours", "KZ-75", "no_submission") in [line[:4] for line in about]
    assert ("totals.grand_total", 10) in [line[:2] for line in about]


async def test_text_in_a_workbook_is_never_a_formula(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    await count(store, report(grant_project='=HYPERLINK("http://evil","x")', layer="grant"))
    answer = await client.get("/v1/statistics/grants?period=2022&format=xlsx")
    cell = load_workbook(io.BytesIO(answer.content))["figures"]["A2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://evil","x")')


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/statistics/hours", 400, "period"),
        ("/v1/statistics/hours?period=2022-13", 400, "period"),
        ("/v1/statistics/hours?period=2022-10~6m", 400, "period"),
        ("/v1/statistics/hours?period=0001", 400, "period"),
        (f"{HOURS}&region=KZ-99", 400, "unknown_code"),
        (f"{HOURS}&layer=all", 400, "unknown_code"),
        (f"{HOURS}&map=20", 400, "unknown_code"),
        (f"{HOURS}&format=xml", 400, "unknown_code"),
        (f"{HOURS}&sort=hours", 400, "query_parameter"),
        (f"{HOURS}&period=2021", 400, "query_parameter"),
        (f"{HOURS}&at_least=nonsense", 400, "unknown_receipt"),
        ("/v1/statistics/league?period=2022", 404, "unknown_table"),
        ("/v1/receipts/nonsense", 404, "unknown_receipt"),
        ("/v1/nothing", 404, "not_found"),
    ],
)
async def test_a_wrong_question_gets_a_problem_with_the_next_step(
    client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    answer = await client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


async def test_a_valid_period_without_data_has_no_rows(client: httpx.AsyncClient) -> None:
    for table in ("hours", "volunteers", "representedness", "coverage"):
        answer = await client.get(f"/v1/statistics/{table}?period=2031-05")
        assert (answer.status_code, answer.json()["rows"]) == (200, [])


async def test_without_a_live_key_nothing_is_answered(
    app: FastAPI, keys: KeyDirectory, key: IssuedKey
) -> None:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://localhost"
    ) as stranger:
        assert (await stranger.get(HOURS)).status_code == 401
        in_address = await stranger.get(f"{HOURS}&token={key.text}")
        assert in_address.status_code == 401
        assert key.text not in in_address.text
        live = {"Authorization": f"Bearer {key.text}"}
        assert (await stranger.get(HOURS, headers=live)).status_code == 200
        entry = keys._entries[key.key_id]
        keys.apply(PartnerChangedV1(**{**entry.model_dump(), "state": "revoked"}))
        assert (await stranger.get(HOURS, headers=live)).status_code == 401


async def test_a_receipt_tells_what_became_of_its_event(
    client: httpx.AsyncClient, store: MemoryStore, signer: ReceiptSigner
) -> None:
    path = f"/v1/receipts/{signer.sign(receipt_at(0))}"
    assert (await client.get(path)).json()["status"] == "pending"
    await count(store, report())
    await asyncio.sleep(0.01)
    told = (await client.get(path)).json()
    assert (told["status"], told["trace_id"]) == ("counted", "a" * 32)
    assert told["figures"] == "/v1/statistics/hours?period=2022-03&region=KZ-71"
    store.next[Partition(SUBMISSIONS, 0)] = 0
    await count(store, report(), retraction())
    await asyncio.sleep(0.01)
    assert (await client.get(path)).json()["status"] == "retracted"


async def test_a_receipt_of_another_partner_is_not_there(
    client: httpx.AsyncClient, signer: ReceiptSigner
) -> None:
    foreign = signer.sign(receipt_at(0, source="urn:birge:other"))
    answers = [await client.get(f"/v1/receipts/{text}") for text in (foreign, "nonsense")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/receipts/{}", 404), (HOURS + "&at_least={}", 400)]
)
async def test_nobody_waits_here_for_a_nomination(
    client: httpx.AsyncClient, signer: ReceiptSigner, path: str, status: int
) -> None:
    receipt = replace(receipt_at(0), topic=NOMINATIONS, type="kz.birge.nomination.submitted.v1")
    answer = await asyncio.wait_for(client.get(path.format(signer.sign(receipt))), 5)
    assert (answer.status_code, answer.json()["code"]) == (status, "not_counted")
    assert "awards" in answer.json()["detail"]


async def test_a_quarantined_record_says_so(
    client: httpx.AsyncClient, store: MemoryStore, signer: ReceiptSigner
) -> None:
    await count(store, b"{")
    assert isinstance(read_batch(as_log([b"{"])).unreadable[0], Unreadable)
    answer = await client.get(f"/v1/receipts/{signer.sign(receipt_at(0))}")
    assert answer.json()["status"] == "quarantined"


async def test_at_least_waits_until_the_event_counts(
    client: httpx.AsyncClient, store: MemoryStore, signer: ReceiptSigner
) -> None:
    path = f"{HOURS}&at_least={signer.sign(receipt_at(0))}"
    asking = asyncio.create_task(client.get(path))
    await asyncio.sleep(0.02)
    assert not asking.done()
    await count(store, report())
    assert (await asking).json()["totals"]["grand_total"] == 10


@pytest.mark.parametrize(("asked", "encoding"), [("gzip, br", "gzip"), ("identity", None)])
async def test_an_answer_is_compressed_for_those_who_take_it(
    client: httpx.AsyncClient, store: MemoryStore, asked: str, encoding: str | None
) -> None:
    await count(store, *(report(f"r-{n}", region=code) for n, code in enumerate(REGIONS)))
    answer = await client.get(
        "/v1/statistics/hours?period=2022", headers={"Accept-Encoding": asked}
    )
    assert answer.headers.get("content-encoding") == encoding
    assert "Accept-Encoding" in answer.headers["vary"]
    assert len(answer.json()["rows"]) > len(REGIONS)
