"""Findings have a life: open, explained, closed by new data; the same one never opens twice."""

import hashlib
from typing import Any

import httpx
import pytest

from birge_aggregator.answers import Answers
from birge_aggregator.findings import FindingsFollower
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryFindings, MemoryStore
from tests.support.records import SUBMISSIONS, LogRecord, census, event
from tests.support.tables import key_of, registered

ADDRESS = "/v1/findings?period=2022"
AT = Partition(SUBMISSIONS, 0)


class Followed:
    """The follower over both stores in memory, one look after each record."""

    def __init__(self, store: MemoryStore, findings: MemoryFindings) -> None:
        self._store = store
        self.keys = registered({"urn:birge:office:KZ-71": ["KZ-71"]})
        self.is_ready = True
        self._answers = Answers(store, self.keys)
        self._follower = FindingsFollower(self._answers, findings, is_ready=lambda: self.is_ready)

    async def count(self, *values: bytes) -> None:
        first = self._store.next.get(AT, 0)
        records = [LogRecord(value, first + n) for n, value in enumerate(values)]
        await count_batch(read_batch({AT: records}), self._store)
        await self.look()

    async def look(self) -> None:
        # Positions are asked for at most every few milliseconds.
        self._answers._asked_at = float("-inf")
        await self._follower.follow()


@pytest.fixture
def followed(store: MemoryStore, findings: MemoryFindings) -> Followed:
    return Followed(store, findings)


def men(number: int, version: int) -> bytes:
    """A census of 10 volunteers with so many men."""
    volunteers = {"total": 10, "gender": {"men": number}}
    return census("KZ-71", "2022-H2", version=version, volunteers=volunteers)


def explanation(
    finding: str, version: int = 1, source: str = "urn:birge:office:KZ-71", **changes: Any
) -> bytes:
    data = {
        "finding": finding,
        "region": "KZ-71",
        "version": version,
        "reason": "counting_rule",
        "text": "Counted by another list.",
        **changes,
    }
    return event("kz.birge.finding.explained.v1", finding, data, source)


async def life(client: httpx.AsyncClient) -> dict[str, Any]:
    """The only finding about the sums of a census."""
    found = (await client.get(ADDRESS)).json()["findings"]
    (one,) = [finding for finding in found if finding["check"] == "sum_of_parts"]
    assert (await client.get(f"/v1/findings/{one['finding']}")).json() == one
    return dict(one)


def states(finding: dict[str, Any]) -> list[str]:
    return [step["state"] for step in finding["steps"]]


async def test_a_finding_opens_is_explained_and_closed(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    await followed.count(men(11, 1))
    opened = await life(client)
    assert (opened["state"], opened["expected"], opened["found"]) == ("open", 10, 11)
    await followed.count(explanation(opened["finding"]))
    explained = await life(client)
    assert states(explained) == ["open", "explained"]
    last = explained["steps"][-1]
    assert (last["by"], last["reason"]) == ("urn:birge:office:KZ-71", "counting_rule")
    await followed.count(men(10, 2))
    assert states(await life(client)) == ["open", "explained", "closed"]


async def test_nothing_is_looked_at_before_it_is_known_who_may_explain(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    followed.is_ready = False
    await followed.count(men(11, 1))
    assert (await client.get(ADDRESS)).json()["findings"] == []
    followed.is_ready = True
    await followed.look()
    assert states(await life(client)) == ["open"]


async def test_a_key_tells_who_may_explain_what_was_said_before_it(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    of_network = {"source": "urn:birge:network"}
    await followed.count(men(11, 1))
    await followed.count(explanation((await life(client))["finding"], **of_network))
    assert states(await life(client)) == ["open"]
    followed.keys.apply(key_of("urn:birge:network"))
    await followed.look()
    assert states(await life(client)) == ["open", "explained"]


async def test_what_is_found_on_the_older_map_alone_has_a_life_too(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    totals = {("KZ-63", "2021-H2"): 100, ("KZ-63", "2022-H2"): 100, ("KZ-10", "2022-H2"): 60}
    for version, of_new in ((1, 60), (2, 5)):
        of_place = {**totals, ("KZ-10", "2022-H2"): of_new}
        await followed.count(
            *(
                census(*place, version=version, volunteers={"total": total})
                for place, total in of_place.items()
            )
        )
        about = "change_without_reason|KZ-63|2022-H2|volunteers.total|"
        name = hashlib.sha256(about.encode()).hexdigest()[:16]
        answer = await client.get(f"/v1/findings/{name}")
        assert answer.json()["found"] == 160
        assert states(answer.json()) == ["open", "closed"][:version]


async def test_a_life_that_begins_explained_opens_first(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    about = b"sum_of_parts|KZ-71|2022-H2|volunteers.gender|urn:birge:office:KZ-71"
    name = hashlib.sha256(about).hexdigest()[:16]
    await followed.count(explanation(name))
    await followed.count(men(11, 1))
    begun = await life(client)
    assert (begun["finding"], begun["state"]) == (name, "explained")
    assert states(begun) == ["open", "explained"]
    opened, explained = begun["steps"]
    assert opened["at"] == explained["at"]
    assert opened["difference"] == explained["difference"] == 1
    assert (opened["reason"], opened["by"], opened["text"]) == (None, None, None)
    assert explained["reason"] == "counting_rule"
    await followed.look()
    assert states(await life(client)) == ["open", "explained"]


async def test_the_same_finding_never_opens_twice(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    await followed.count(men(11, 1))
    first = await life(client)
    await followed.look()
    await followed.count(men(12, 2))
    now = await life(client)
    assert (now["finding"], now["found"], states(now)) == (first["finding"], 12, ["open"])
    await followed.count(men(10, 3), men(11, 4))
    assert states(await life(client)) == ["open"]


async def test_one_that_comes_back_goes_on_with_its_life(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    await followed.count(men(11, 1))
    await followed.count(explanation((await life(client))["finding"]))
    await followed.count(men(10, 2))
    await followed.count(men(11, 3))
    assert states(await life(client)) == ["open", "explained", "closed", "explained"]


async def test_a_larger_difference_than_was_explained_opens_it_again(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    await followed.count(men(11, 1))
    await followed.count(explanation((await life(client))["finding"], difference=1))
    await followed.count(men(15, 2))
    assert states(await life(client)) == ["open", "explained", "open"]


async def test_findings_are_asked_for_by_state_and_region(
    followed: Followed, client: httpx.AsyncClient
) -> None:
    await followed.count(men(11, 1))

    async def checks(**asked: str) -> set[str]:
        found = (await client.get("/v1/findings", params={"period": "2022", **asked})).json()
        return {one["check"] for one in found["findings"]}

    assert await checks(region="KZ-71") == {"sum_of_parts", "completeness"}
    assert await checks(region="KZ-75", state="open") == {"completeness"}
    assert await checks(state="closed") == set()
    assert await checks(period="2021") == set()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/findings", 400),
        ("/v1/findings?period=2022&state=new", 400),
        ("/v1/findings?period=2022&region=KZ-99", 400),
        ("/v1/findings/0123456789abcdef", 404),
    ],
)
async def test_a_question_without_an_answer_says_why(
    client: httpx.AsyncClient, address: str, status: int
) -> None:
    assert (await client.get(address)).status_code == status
