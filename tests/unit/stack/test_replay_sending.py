import asyncio
import json
from collections.abc import Callable
from itertools import chain

import httpx
import pytest

from birge_stack.errors import StackError
from birge_stack.replay.sending import BATCH_EVENTS, NDJSON, Door, send_all
from birge_stack.year2022.envelope import Planned

KEYS = {"a": "key-a", "b": "key-b"}
Answering = Callable[[httpx.Request, list[dict[str, str]]], httpx.Response]


def planned(partner: str, number: int) -> Planned:
    return Planned(number, partner, {"id": f"{partner}-{number}", "source": partner})


def events_of(request: httpx.Request) -> list[dict[str, str]]:
    if request.headers["content-type"] == NDJSON:
        return [json.loads(line) for line in request.content.splitlines()]
    body: list[dict[str, str]] = json.loads(request.content)
    return body


def accepting(events: list[dict[str, str]]) -> httpx.Response:
    results = [{"id": event["id"], "status": "accepted", "errors": []} for event in events]
    return httpx.Response(202, json={"results": results, "trace_id": "0"})


def door(answering: Answering, **patience: float) -> Door:
    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        return answering(request, events_of(request))

    return Door(
        "http://door.test",
        KEYS,
        first_pause_seconds=patience.get("first_pause_seconds", 0),
        give_up_after_seconds=patience.get("give_up_after_seconds", 5),
        transport=httpx.MockTransport(answer),
    )


async def test_every_event_arrives_once_with_the_key_of_its_partner_and_in_its_order() -> None:
    arrived: dict[str, list[str]] = {"Bearer key-a": [], "Bearer key-b": []}

    def answering(request: httpx.Request, events: list[dict[str, str]]) -> httpx.Response:
        arrived[request.headers["authorization"]] += [event["id"] for event in events]
        return accepting(events)

    numbers = range(2 * BATCH_EVENTS + 3)
    events = chain.from_iterable((planned("a", n), planned("b", n)) for n in numbers)
    sent: list[int] = []
    outcome = await send_all(events, door(answering), sent.append)
    assert arrived["Bearer key-a"] == [f"a-{n}" for n in numbers]
    assert arrived["Bearer key-b"] == [f"b-{n}" for n in numbers]
    assert (outcome.answers["accepted"], sum(sent)) == (2 * len(numbers), 2 * len(numbers))


async def test_a_batch_without_an_answer_is_sent_again_whole() -> None:
    bodies: list[bytes] = []

    def answering(request: httpx.Request, events: list[dict[str, str]]) -> httpx.Response:
        bodies.append(request.content)
        if len(bodies) == 1:
            return httpx.Response(503, headers={"Retry-After": "1"})
        if len(bodies) == 2:
            raise httpx.ReadError("cut")
        return accepting(events)

    outcome = await send_all([planned("a", 1)], door(answering), lambda _: None)
    assert len(bodies) == 3
    assert len(set(bodies)) == 1
    assert (outcome.retried, outcome.answers["accepted"]) == (2, 1)


async def test_a_refused_key_ends_the_replay_with_a_sentence() -> None:
    def answering(request: httpx.Request, events: list[dict[str, str]]) -> httpx.Response:
        return httpx.Response(401, json={"code": "unauthenticated"})

    with pytest.raises(StackError, match="401"):
        await send_all([planned("a", 1), planned("b", 1)], door(answering), lambda _: None)


async def test_a_door_that_stays_away_is_given_up() -> None:
    def answering(request: httpx.Request, events: list[dict[str, str]]) -> httpx.Response:
        return httpx.Response(503)

    with pytest.raises(StackError, match="did not take a batch of a: HTTP 503"):
        await send_all([planned("a", 1)], door(answering, give_up_after_seconds=0), lambda _: None)
