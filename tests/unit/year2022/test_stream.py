import json
from collections import Counter
from itertools import islice

import pytest
from pydantic import ValidationError

from birge_common.contracts.registry import EVENT_TYPES
from birge_stack.year2022.envelope import ACTIVITY_REPORTED, DUPLICATE, REJECTED, Planned
from birge_stack.year2022.faults import fault_of
from birge_stack.year2022.partners import partners
from birge_stack.year2022.stream import year_2022

# What only the door can see: scopes, earlier events, and the regions' first days.
CODES_BEYOND_THE_CONTRACT = {
    "id_reused",
    "kind_not_yours",
    "region_not_valid",
    "region_not_yours",
    "source_not_yours",
    "unknown_type",
}
FIRST = 400


def contract_refuses(planned: Planned) -> bool:
    event_type = EVENT_TYPES[planned.event["type"]]
    try:
        event = event_type.adapter.validate_json(json.dumps(planned.event))
    except ValidationError:
        return True
    return event_type.subject_of(event.data) != event.subject


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second = (
        [json.dumps(planned.event) for planned in islice(year_2022(seed=7, scale=0.002), FIRST)]
        for _ in range(2)
    )
    assert first == second


def test_the_length_is_known_before_the_first_event() -> None:
    year = year_2022(scale=0.002)
    assert len(year) == sum(1 for _ in year)


def test_another_seed_gives_other_events() -> None:
    first, second = (
        [json.dumps(planned.event) for planned in islice(year_2022(seed=seed, scale=0.002), FIRST)]
        for seed in (7, 8)
    )
    assert first != second


def test_every_event_that_must_be_accepted_passes_its_contract(small_year: list[Planned]) -> None:
    assert [p.event for p in small_year if p.status != REJECTED and contract_refuses(p)] == []


def test_every_invalid_event_fails_its_contract_or_the_door(small_year: list[Planned]) -> None:
    rejected = [p for p in small_year if p.status == REJECTED]
    passed = [
        p.code
        for p in rejected
        if p.code not in CODES_BEYOND_THE_CONTRACT and not contract_refuses(p)
    ]
    assert rejected
    assert passed == []


def test_every_kind_of_fault_is_there(small_year: list[Planned]) -> None:
    codes = {p.code for p in small_year if p.status == REJECTED}
    assert codes == {fault_of(number).code for number in range(18)}


def test_a_duplicate_repeats_an_earlier_event_whole(small_year: list[Planned]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for planned in small_year:
        event = planned.event
        key = (event["source"], event["id"])
        if planned.status == DUPLICATE:
            assert seen[key] == json.dumps(event)
        elif planned.status != REJECTED:
            assert key not in seen
            seen[key] = json.dumps(event)


def test_a_reused_id_comes_after_its_first_use_with_other_content(
    small_year: list[Planned],
) -> None:
    seen: dict[tuple[str, str], str] = {}
    reused = 0
    for planned in small_year:
        key = (planned.event["source"], planned.event["id"])
        if planned.code == "id_reused":
            assert seen[key] != json.dumps(planned.event)
            reused += 1
        else:
            seen[key] = json.dumps(planned.event)
    assert reused


def test_every_event_is_sent_with_the_key_of_its_own_source(small_year: list[Planned]) -> None:
    sources_by_partner = {plan.name: plan.sources for plan in partners()}
    wrong = {p.code for p in small_year if p.event["source"] not in sources_by_partner[p.partner]}
    assert wrong == {"source_not_yours"}


def test_the_mix_is_as_planned(small_year: list[Planned]) -> None:
    stream = [p for p in small_year if p.event["type"].startswith("kz.birge.activity")]
    statuses = Counter(p.status for p in stream)
    versions = Counter(
        p.event["data"]["version"] for p in stream if p.event["type"] == ACTIVITY_REPORTED
    )
    assert statuses[DUPLICATE] / len(stream) == pytest.approx(0.05, abs=0.01)
    assert statuses[REJECTED] / len(stream) == pytest.approx(0.01, abs=0.003)
    assert versions[2] / versions[1] == pytest.approx(0.03, abs=0.01)


def test_about_a_tenth_of_the_reports_come_late(small_year: list[Planned]) -> None:
    reports = [
        p.event
        for p in small_year
        if p.event["type"] == ACTIVITY_REPORTED
        and p.status == "accepted"
        and p.event["data"]["version"] == 1
        and len(p.event["data"]["period"]) == 7
        and p.event["data"]["period"] < "2022-11"
    ]
    late = [e for e in reports if months_between(e["data"]["period"], e["time"][:7]) > 1]
    assert len(late) / len(reports) == pytest.approx(0.12, abs=0.05)


def months_between(earlier: str, later: str) -> int:
    return 12 * (int(later[:4]) - int(earlier[:4])) + int(later[5:7]) - int(earlier[5:7])
