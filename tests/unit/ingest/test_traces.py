"""One trace from the request to the record, and an event's own trace where it brought one."""

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from tests.support.door import NDJSON, DoorUnderTest, activity, as_lines, event

OWN_TRACE = "1234567890abcdef1234567890abcdef"
OWN = f"00-{OWN_TRACE}-1234567890abcdef-01"


def sends(spans: InMemorySpanExporter) -> list[ReadableSpan]:
    return [span for span in spans.get_finished_spans() if span.kind is SpanKind.PRODUCER]


def server(spans: InMemorySpanExporter) -> ReadableSpan:
    [span] = [span for span in spans.get_finished_spans() if span.kind is SpanKind.SERVER]
    return span


def header(door: DoorUnderTest, topic: str = "birge.submissions.v1", at: int = 0) -> str:
    return dict(door.log.records[topic][at].headers)["traceparent"].decode()


def traceparent_of(span: ReadableSpan) -> str:
    context = span.context
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


async def test_the_record_carries_on_the_trace_of_the_request(
    door: DoorUnderTest, spans: InMemorySpanExporter
) -> None:
    answer = await door.send(as_lines([activity("r-1"), activity("r-2")]), NDJSON)
    [send] = sends(spans)
    assert send.name == "send birge.submissions.v1"
    assert dict(send.attributes or {}) == {
        "messaging.system": "kafka",
        "messaging.destination.name": "birge.submissions.v1",
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "messaging.batch.message_count": 2,
    }
    assert send.parent is not None
    assert send.parent.span_id == server(spans).context.span_id
    assert answer.json()["trace_id"] == f"{send.context.trace_id:032x}"
    assert [header(door, at=at) for at in (0, 1)] == [traceparent_of(send)] * 2


async def test_each_topic_has_its_span(door: DoorUnderTest, spans: InMemorySpanExporter) -> None:
    indicator = event(
        "kz.birge.grant-indicator.reported.v1",
        "p/i/2022",
        {"project": "p", "indicator": "i", "period": "2022", "version": 1, "status": "provided"},
    )
    await door.send(as_lines([activity(), indicator, activity("x", hours=-1)]), NDJSON)
    by_name = {span.name: span for span in sends(spans)}
    assert set(by_name) == {
        "send birge.submissions.v1",
        "send birge.grant-indicators.v1",
        "send birge.quarantine.v1",
    }
    parent = server(spans).context.span_id
    assert {span.parent.span_id for span in by_name.values() if span.parent} == {parent}
    assert header(door, "birge.grant-indicators.v1") == traceparent_of(
        by_name["send birge.grant-indicators.v1"]
    )


async def test_a_request_continues_the_callers_trace(
    door: DoorUnderTest, spans: InMemorySpanExporter
) -> None:
    answer = await door.send(as_lines([activity()]), NDJSON, headers={"traceparent": OWN})
    assert answer.json()["trace_id"] == OWN_TRACE
    assert f"{server(spans).context.trace_id:032x}" == OWN_TRACE


async def test_an_event_with_a_trace_stays_in_it(
    door: DoorUnderTest, spans: InMemorySpanExporter
) -> None:
    sent = {**activity(), "traceparent": OWN}
    answer = (await door.send_one(sent)).json()
    [own] = [span for span in sends(spans) if f"{span.context.trace_id:032x}" == OWN_TRACE]
    assert own.parent is not None
    assert f"{own.parent.span_id:016x}" == "1234567890abcdef"
    assert [link.context.span_id for link in own.links] == [server(spans).context.span_id]
    assert header(door) == traceparent_of(own)
    assert answer["trace_id"] == OWN_TRACE
    receipt = door.signer.read(answer["results"][0]["receipt"])
    assert receipt is not None
    assert receipt.trace_id == OWN_TRACE
    assert door.values() == [sent]


async def test_in_a_batch_only_the_event_with_a_trace_leaves_the_request(
    door: DoorUnderTest, spans: InMemorySpanExporter
) -> None:
    events = [activity("r-1"), {**activity("r-2"), "traceparent": OWN}, activity("r-3")]
    answer = (await door.send(as_lines(events), NDJSON)).json()
    traces = [header(door, at=at)[3:35] for at in range(3)]
    assert traces == [answer["trace_id"], OWN_TRACE, answer["trace_id"]]
    assert answer["trace_id"] != OWN_TRACE


async def test_spans_of_a_log_that_is_away_are_errors(
    door: DoorUnderTest, spans: InMemorySpanExporter
) -> None:
    door.log.is_away = True
    await door.send_one(activity())
    [send] = sends(spans)
    assert send.status.status_code is StatusCode.ERROR


@pytest.mark.parametrize("sampled", ["00", "01"])
async def test_the_decision_to_sample_is_kept(door: DoorUnderTest, sampled: str) -> None:
    await door.send_one({**activity(), "traceparent": OWN[:-2] + sampled})
    assert header(door)[-2:] == sampled
