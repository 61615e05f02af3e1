"""The awards' worker on real Kafka and MongoDB: from the door to the store, the log and Kafka."""

from typing import Any

import pytest
from confluent_kafka import Producer
from pymongo import MongoClient

from birge_awards.handlers.nominations import candidacy_id
from birge_awards.ports import EVERYWHERE
from birge_awards.stores.mongo import MongoAwardsStore
from birge_common.contracts.topics import NOMINATIONS
from tests.support.awards_house import MANAGER, House
from tests.support.awards_process import CYCLE, AwardsProcess
from tests.support.door import activity
from tests.support.eventually import eventually
from tests.support.nominations import nomination, personal_texts

pytestmark = pytest.mark.integration

STOPPED_ITSELF = 70
Rows = dict[str, list[dict[str, Any]]]


def test_what_the_door_takes_is_kept_logged_and_told(awards: AwardsProcess) -> None:
    awards.spawns()
    awards.sends_a_story(0, 30)
    awards.wait_done()
    awards.assert_whole()


def test_no_personal_text_lies_open_in_the_database_the_log_or_the_lines(
    awards: AwardsProcess,
) -> None:
    awards.spawns()
    awards.sends([nomination("n-1", source=awards.source)])
    awards.wait_done()
    with MongoClient[dict[str, Any]](awards.stack.mongo_uri) as client:
        kept = str(copied(client, awards.database))
    leaves = "".join(str(one) for one in awards.leaves())
    said = awards.log.read_text("utf-8")
    for text in personal_texts(awards.sent[0]["data"]):
        for where in (kept, leaves, said):
            assert text not in where


def test_hours_of_reports_reach_the_store(awards: AwardsProcess) -> None:
    hours = [{"volunteer": "v-7f3a9c21", "hours": 3.5}, {"volunteer": "v-somebody", "hours": 9}]
    report = activity("r-11", source=awards.source, period="2022-10")
    report["data"] |= {"hours": 12.5, "volunteers": 2, "volunteer_hours": hours}
    awards.sends([report])
    awards.spawns()

    async def hundredths(store: MongoAwardsStore) -> dict[str, int]:
        return dict(await store.verified_hundredths(["v-7f3a9c21"], periods=["2022-10"]))

    found = eventually(
        lambda: awards.over_store(hundredths), within_seconds=30, what="the hours of a report"
    )
    assert found == {"v-7f3a9c21": 350}


def test_a_record_that_cannot_be_read_is_quarantined_and_holds_nobody_up(
    awards: AwardsProcess,
) -> None:
    awards.spawns()
    producer = Producer({"bootstrap.servers": awards.stack.kafka_bootstrap, "acks": "all"})
    for value in (b"{", None, b'{"source":"s","type":"kz.birge.nomination.submitted.v1"}'):
        producer.produce(NOMINATIONS, value, b"key", partition=0)
    assert producer.flush(15) == 0
    awards.sends_a_story(0, 3)
    awards.wait_done()
    with MongoClient[dict[str, Any]](awards.stack.mongo_uri) as client:
        rows = list(client[awards.database]["quarantine"].find())
    assert sorted(row["code"] for row in rows) == ["tombstone", "undecodable", "undecodable"]
    assert [row["raw"] for row in rows] == [None] * 3, "what may be a nomination is not copied"
    awards.assert_whole()


def copied(client: MongoClient[dict[str, Any]], database: str) -> Rows:
    """A backup."""
    names = client[database].list_collection_names()
    return {name: list(client[database][name].find()) for name in names}


def restored(client: MongoClient[dict[str, Any]], database: str, rows: Rows) -> None:
    """The backup put in the place of what is there."""
    client.drop_database(database)
    for name, several in rows.items():
        if several:
            client[database][name].insert_many(several)


def test_a_store_restored_from_an_older_copy_stops_the_worker_until_a_newer_one_is_there(
    awards: AwardsProcess,
) -> None:
    with MongoClient[dict[str, Any]](awards.stack.mongo_uri) as client:
        awards.spawns()
        awards.sends_a_story(0, 3)
        awards.wait_done()
        older = copied(client, awards.database)
        awards.sends_a_story(3, 3)
        awards.wait_done()
        awards.ends()
        newer, leaves = copied(client, awards.database), awards.leaves()
        restored(client, awards.database, older)
        awards.spawns()
        assert awards.wait_ended(within_seconds=30) == STOPPED_ITSELF
        said = awards.log.read_text("utf-8")
        assert "restored from an older copy?" in said
        assert "docs/runbooks/log-of-acts.md" in said
        assert awards.leaves() == leaves
        restored(client, awards.database, newer)
    awards.spawns()
    awards.sends_a_story(6, 3)
    awards.wait_done()
    awards.assert_whole()


def test_an_erased_person_is_gone_and_the_log_still_verifies(awards: AwardsProcess) -> None:
    awards.spawns()
    awards.sends([nomination("n-1", source=awards.source), nomination("n-2", source=awards.source)])
    awards.wait_done()
    gone, stays = (candidacy_id(awards.source, name) for name in ("n-1", "n-2"))

    async def erases(store: MongoAwardsStore) -> set[str]:
        house = House(store=store, cycle=CYCLE)
        await house.nominations.erase(gone, "asked by the nominee", MANAGER)
        kept = [one.value for one in await store.candidacies(CYCLE, EVERYWHERE)]
        return set(await house.nominations.personal_of(kept))

    assert awards.over_store(erases) == {stays}
    eventually(awards.is_logged, within_seconds=15, what="the last leaf and its checkpoint")
    awards.assert_audited()
