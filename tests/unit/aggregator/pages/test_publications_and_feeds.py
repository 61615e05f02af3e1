"""Every edition is listed for ever, with its files, and told by both feeds in each language."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey, content_hash, frame_bytes
from birge_aggregator.editions import words_of
from birge_aggregator.outputs.edition_json import edition_json
from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022
from tests.unit.aggregator.pages.conftest import Reads

SECOND = "2022-edition-2"
NOTE = {"kk": "Астана түзетті.", "ru": "Астана исправила.", "en": "Astana corrected its hours."}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def amended(editions: MemoryEditions) -> MemoryEditions:
    newer = replace(
        edition_2022(),
        id=SECOND,
        number=2,
        issued_at=datetime(2023, 5, 1, tzinfo=UTC),
        change_note=NOTE,
    )
    editions.editions[:] = [newer, replace(edition_2022(), superseded_by=SECOND)]
    editions.answers[SECOND] = editions.answers[ID]
    return editions


@pytest.mark.usefixtures("amended")
async def test_editions_stand_newest_first_and_the_older_one_is_marked(read: Reads) -> None:
    page = (await read("/publications")).split("<main")[1]
    newer, older = page.split("<article")[1:3]
    assert "2022, edition 2" in newer
    assert "Astana corrected its hours." in newer
    assert "Superseded" not in newer
    assert "2022, edition 1" in older
    assert f'<strong>Superseded</strong>: <a href="/publications/{SECOND}"' in older


async def test_an_edition_shows_its_hash_and_its_files(read: Reads) -> None:
    page = await read("/publications")
    assert edition_2022().content_hash in page.split("<main")[1].split("<footer")[0]
    for name in (
        *(f"report-{language}.pdf" for language in ("kk", "ru", "en")),
        "tables.xlsx",
        "tables.zip",
        "edition.json",
    ):
        assert f'href="/publications/{ID}/files/{name}"' in page


def runs(lines: str, folder: Path) -> str:
    """What lines of Python print in a folder, run as a reader would run them."""
    told = subprocess.run(
        [sys.executable, "-c", lines], cwd=folder, capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


async def test_the_lines_that_check_an_edition_find_its_hash_and_any_change(
    read: Reads, tmp_path: Path
) -> None:
    page = await read("/publications")
    lines = page.split("<pre")[1].split("<code>")[1].split("</code>")[0]
    answers = {AnswerKey("hours", "2022"): {"rows": [{"hours": 5, "what": "сағат"}]}}
    edition = edition_2022()
    bodies = {key: frame_bytes(frame) for key, frame in answers.items()}
    edition = replace(edition, content_hash=content_hash(bodies, words_of(edition)))
    said = edition_json(edition, answers, address="http://birge")
    for written, is_same in ((said, "True"), (said.replace(b'"hours":5', b'"hours":6'), "False")):
        (tmp_path / "edition.json").write_bytes(written)
        assert runs(lines, tmp_path) == is_same


@pytest.mark.usefixtures("amended")
async def test_the_atom_feed_has_what_rfc_4287_asks_for(site: httpx.AsyncClient) -> None:
    answer = await site.get("/feeds/editions.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Birge"
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == ["http://127.0.0.1:8102/feeds/editions.atom?language=en"]
    assert feed.findtext(f"{ATOM}updated") == "2023-05-01T00:00:00+00:00"


@pytest.mark.usefixtures("amended")
async def test_an_edition_changes_in_the_feed_when_another_takes_its_place(
    site: httpx.AsyncClient,
) -> None:
    feed = json.loads((await site.get("/feeds/editions.json")).content)
    newer, older = feed["items"]
    assert newer["content_text"] == "Astana corrected its hours."
    assert "has taken the place of this one" in older["content_text"]
    assert older["date_published"] == "2023-02-01T04:00:00+00:00"
    assert older["date_modified"] == newer["date_published"]


async def test_the_json_feed_has_what_its_version_asks_for(site: httpx.AsyncClient) -> None:
    answer = await site.get("/feeds/editions.json")
    assert answer.headers["Content-Type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["home_page_url"].endswith("/publications")
    (item,) = feed["items"]
    assert item["id"] == item["url"] == f"http://127.0.0.1:8102/publications/{ID}"
    assert {"application/pdf", "application/json"} <= {
        one["mime_type"] for one in item["attachments"]
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "2022, 1-басылым"), ("ru", "2022, издание 1"), ("en", "2022, edition 1")],
)
@pytest.mark.parametrize("feed", ["atom", "json"])
async def test_a_feed_speaks_the_reader_s_language(
    site: httpx.AsyncClient, feed: str, language: str, said: str
) -> None:
    answer = await site.get(f"/feeds/editions.{feed}?language={language}")
    assert said in answer.text
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("feed", ["atom", "json"])
async def test_a_feed_that_did_not_change_is_not_sent_again(
    site: httpx.AsyncClient, feed: str
) -> None:
    first = await site.get(f"/feeds/editions.{feed}")
    again = await site.get(
        f"/feeds/editions.{feed}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


async def test_a_feed_of_nothing_is_a_feed(
    site: httpx.AsyncClient, editions: MemoryEditions
) -> None:
    editions.editions.clear()
    assert (await site.get("/feeds/editions.json")).json()["items"] == []
    feed = ElementTree.fromstring((await site.get("/feeds/editions.atom")).content)
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


async def test_open_data_says_licence_formats_and_shows_examples_that_work(
    site: httpx.AsyncClient, read: Reads
) -> None:
    page = await read("/data")
    assert "creativecommons.org/licenses/by/4.0" in page
    address = f"/v1/publications/{ID}/statistics/hours?period=2022&region=KZ-71&format=csv"
    assert f'curl -o hours.csv "http://127.0.0.1:8102{address}"' in page
    answer = await site.get(address)
    assert answer.status_code == 200
    assert answer.text.startswith("region,direction,layer,hours")
