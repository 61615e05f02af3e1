import json
from collections import Counter

from birge_common.contracts.registry import EVENT_TYPES
from birge_stack.bench.door import batches_of
from birge_stack.bench.events import sent_events


def test_every_event_keeps_the_contract_of_its_type():
    adapter = EVENT_TYPES["kz.birge.activity.reported.v1"].adapter
    for event in sent_events(200, seed=1):
        read = adapter.validate_json(event.value)
        assert event.key == f"{read.source}|{read.subject}".encode()
        assert round(float(read.data.hours) * 100) == event.hundredths


def test_the_same_seed_gives_the_same_events():
    assert list(sent_events(300, seed=5)) == list(sent_events(300, seed=5))
    assert list(sent_events(300, seed=5)) != list(sent_events(300, seed=6))


def test_two_in_a_hundred_are_exact_repetitions_and_the_rest_are_new():
    events = list(sent_events(5_000, seed=3))
    fresh = [event.key for event in events if not event.is_resent]
    assert len(set(fresh)) == len(fresh)
    assert {event.value for event in events if event.is_resent} <= {
        event.value for event in events if not event.is_resent
    }
    assert 0.01 < 1 - len(fresh) / len(events) < 0.03


def test_every_partner_numbers_its_reports_in_order_from_the_first_number():
    numbers: dict[str, list[int]] = {}
    for event in sent_events(500, seed=2, first_number=70):
        if not event.is_resent:
            subject = json.loads(event.value)["subject"]
            numbers.setdefault(subject[:5], []).append(int(subject[-8:]))
    assert all(found == list(range(70, 70 + len(found))) for found in numbers.values())


def test_batches_hold_as_many_events_as_asked_for():
    values = [event.value for event in sent_events(1_050, seed=1)]
    batches = [json.loads(batch) for batch in batches_of(iter(values), 500)]
    assert [len(batch) for batch in batches] == [500, 500]
    assert Counter(e["id"] for batch in batches for e in batch) == Counter(
        json.loads(value)["id"] for value in values[:1_000]
    )
