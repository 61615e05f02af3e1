"""Histories of one or two reports, and what the cells say after them."""

import pytest

from birge_aggregator.domain.contribution import PageKey
from birge_aggregator.domain.fate import Fate, fate_of
from birge_aggregator.domain.ledger import Place
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.memory import MemoryStore
from tests.support.records import SUBMISSIONS, LogRecord, as_log, census, event, report, retraction

AT = Partition(SUBMISSIONS, 0)
PAGE = PageKey("KZ-71", "2022-03", "front_office")
REFERENCE = "kz.birge.reference.published.v1"
WAGES = {"table": "wages_by_region", "period": "2022", "version": 1, "publisher": "bureau"}
EXPLAINED = "kz.birge.finding.explained.v1"
EXPLANATION = {"finding": "a", "region": "KZ-71", "version": 1, "reason": "real", "text": "Rain."}
IDENTITY = "urn:birge:a|activity|r-1"


async def counted(*values: bytes | None) -> MemoryStore:
    store = MemoryStore()
    await count_batch(read_batch(as_log(list(values))), store)
    return store


def hours(store: MemoryStore, page: PageKey = PAGE, direction: str = "umit") -> int:
    return store.pages.get((0, page), {}).get(f"direction/{direction}/hours", 0)


async def test_a_redelivered_report_is_counted_once() -> None:
    store = await counted(report(), report())
    assert hours(store) == 1000
    assert store.outcomes == {"applied": 1, "ignored": 1, "quarantined": 0}


async def test_a_correction_replaces_what_it_corrects() -> None:
    assert hours(await counted(report(hours=10), report(version=2, hours=2.5))) == 250


async def test_a_correction_that_moves_region_leaves_nothing_behind() -> None:
    store = await counted(report(), report(version=2, region="KZ-75"))
    assert hours(store) == 0
    assert hours(store, PAGE._replace(region="KZ-75")) == 1000


async def test_an_older_version_that_arrives_late_changes_nothing() -> None:
    assert hours(await counted(report(version=3, hours=7), report(version=2, hours=99))) == 700


async def test_a_retraction_takes_the_hours_back_and_a_higher_version_reports_again() -> None:
    assert hours(await counted(report(), retraction(version=2))) == 0
    again = await counted(report(), retraction(version=2), report(version=3, hours=4))
    assert hours(again) == 400


async def test_a_retraction_before_its_report_keeps_the_lower_version_out() -> None:
    assert hours(await counted(retraction(version=5), report(version=1))) == 0


async def test_two_sources_with_the_same_report_id_are_two_reports() -> None:
    assert hours(await counted(report(), report(source="urn:birge:b"))) == 2000


async def test_a_bad_record_is_set_aside_and_its_neighbours_count() -> None:
    store = await counted(report("r-1"), b"{", None, report("r-2"))
    assert hours(store) == 2000
    assert store.quarantine == {
        Place(SUBMISSIONS, 0, 1): "undecodable",
        Place(SUBMISSIONS, 0, 2): "tombstone",
    }


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(b"[" * 100_000, id="100,000_deep"),
        pytest.param(report(hours=-1), id="negative_hours"),
        pytest.param(report(hours="10"), id="hours_as_text"),
        pytest.param(report(region="KZ-99"), id="unknown_region"),
        pytest.param(report(direction="silver"), id="unknown_direction"),
        pytest.param(report(version=0), id="version_0"),
        pytest.param(event("kz.birge.activity.reported.v9", "r-1", {}), id="unknown_type"),
        pytest.param(report(time="2022-04-05T09:00:00"), id="time_without_zone"),
        pytest.param(report(time="5 April 2022"), id="time_as_prose"),
        pytest.param(report(time=None), id="null_time"),
        pytest.param(report().replace(b'"time": "2022-04-05T09:00:00Z", ', b""), id="no_time"),
        pytest.param(report(organisation=None), id="no_organisation"),
        pytest.param(report(organisation={"name": "Umit"}), id="organisation_without_id"),
        pytest.param(report(organisation={"id": 1}), id="organisation_id_as_number"),
        pytest.param(report(volunteer_hours=[{"hours": 1}]), id="hours_of_nobody"),
        pytest.param(
            report(volunteer_hours=[{"volunteer": "v-asel-01", "hours": 1.005}]),
            id="thousandths_of_a_volunteer",
        ),
        pytest.param(event(EXPLAINED, "a", {**EXPLANATION, "version": None}), id="no_version"),
        pytest.param(event(EXPLAINED, "a", {**EXPLANATION, "text": None}), id="no_text"),
        pytest.param(event(EXPLAINED, "a", {**EXPLANATION, "difference": "4"}), id="difference"),
        pytest.param(census(version=None), id="census_without_version"),
        pytest.param(census(version=0), id="census_of_version_0"),
        pytest.param(census(volunteers={"total": "x"}), id="census_total_as_text"),
        pytest.param(
            event(REFERENCE, "estimate/2022", {"version": 1, "table": "estimate"}),
            id="reference_without_rows",
        ),
        pytest.param(
            event(REFERENCE, "wages_by_region/2022", {**WAGES, "rows": [{"region": "KZ"}]}),
            id="reference_row_without_its_figure",
        ),
        pytest.param(
            event("kz.birge.inquiry.received.v1", "q", {"received_on": "03.2022", "related": True}),
            id="inquiry_on_no_day",
        ),
        pytest.param(
            event("kz.birge.milestone.reported.v1", "m", {"region": "KZ-71", "version": 1}),
            id="milestone_of_no_year",
        ),
        pytest.param(
            event("kz.birge.grant-indicator.reported.v1", "p/i/2022", {"version": 1}),
            id="indicator_of_no_project",
        ),
    ],
)
async def test_what_does_not_decode_is_quarantined(value: bytes) -> None:
    store = await counted(value)
    assert len(store.quarantine) == 1
    assert not store.pages


async def test_the_first_of_an_inquiry_counts_for_ever() -> None:
    asked = {"inquiry_id": "q-1", "received_on": "2022-03-01", "related": True}
    first = event("kz.birge.inquiry.received.v1", "q-1", {**asked, "content": "a"})
    second = event("kz.birge.inquiry.received.v1", "q-1", {**asked, "content": "b"})
    answered = {"inquiry_id": "q-1", "resolved_on": "2022-03-02", "outcome": "done"}
    resolved = event("kz.birge.inquiry.resolved.v1", "q-1", answered)
    store = await counted(first, second, resolved)
    kept = store.ledger["urn:birge:a|inquiry-received|q-1"].data
    assert kept is not None
    assert kept["content"] == "a"
    assert "urn:birge:a|inquiry-resolved|q-1" in store.ledger


async def test_what_is_excluded_is_kept_apart_and_never_counted() -> None:
    store = await counted(report(excluded=[{"reason": "forced", "hours": 99, "volunteers": 4}]))
    page = store.pages[0, PAGE]
    assert (page["direction/umit/hours"], page["excluded/forced/hours"]) == (1000, 9900)


async def test_a_fenced_partition_is_left_out_and_the_rest_is_counted() -> None:
    store = MemoryStore(next={Partition(SUBMISSIONS, 1): 5})
    records = {
        AT: [LogRecord(report("r-1"), 0, 0)],
        Partition(SUBMISSIONS, 1): [LogRecord(report("r-2"), 3, 1)],
    }
    moved = await count_batch(read_batch(records), store)
    assert moved == {AT: 1, Partition(SUBMISSIONS, 1): 5}
    assert hours(store) == 1000
    assert (1, PAGE) not in store.pages


async def test_fates_tell_superseded_from_ignored() -> None:
    values = [report(), report(version=3), report(version=2), report(version=4)]
    store = await counted(*values)
    entry = store.ledger[IDENTITY]
    fates = [
        fate_of(Place(SUBMISSIONS, 0, offset), entry, retraction_in_force=False)
        for offset in range(4)
    ]
    assert fates == [Fate.SUPERSEDED, Fate.SUPERSEDED, Fate.IGNORED, Fate.COUNTED]
    gone = await counted(report(), retraction())
    entry = gone.ledger[IDENTITY]
    assert fate_of(Place(SUBMISSIONS, 0, 0), entry, retraction_in_force=True) is Fate.RETRACTED
    assert fate_of(Place(SUBMISSIONS, 0, 1), entry, retraction_in_force=True) is Fate.COUNTED
