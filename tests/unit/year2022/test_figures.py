"""What the generated year adds up to, by the oracle's count, is what the report printed."""

import random
from collections import Counter, defaultdict
from typing import Any

import pytest

from birge_stack.oracle import Recount
from birge_stack.year2022.checks import Check, Kind
from birge_stack.year2022.envelope import Planned
from birge_stack.year2022.expected import YEAR, expected_checks
from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.inquiries import inquiries
from birge_stack.year2022.stream import year_2022
from birge_stack.year2022.support import AT_LEAST_PCT_OF_MONTHS
from tests.unit.year2022.recounts import recount_of

CHECKS = expected_checks()


def failing(recount: Recount) -> list[tuple[str, object, object]]:
    tables = {(c.table, c.query.get("layer")) for c in CHECKS}
    answers = {(name, layer): recount.table(name, YEAR, layer=layer) for name, layer in tables}
    compared = [(c, c.read(answers[c.table, c.query.get("layer")])) for c in CHECKS]
    return [(c.label, ours, c.printed) for c, ours in compared if not c.holds(ours)]


def live_activity(stream: list[Planned]) -> list[dict[str, Any]]:
    """Data of the reports that count, found without the oracle."""
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for planned in stream:
        event = planned.event
        if planned.status != "rejected" and event["type"].startswith("kz.birge.activity."):
            key = (event["source"], event["subject"])
            known = newest.get(key)
            if known is None or event["data"]["version"] > known["version"]:
                newest[key] = event["data"]
    return [data for data in newest.values() if "hours" in data]


def test_every_headline_figure_is_as_printed_or_contradicts_itself_as_known(
    small_recount: Recount,
) -> None:
    assert failing(small_recount) == []


def test_the_known_contradictions_are_shown_and_not_hidden() -> None:
    contradictions = {check.label for check in CHECKS if check.kind is Kind.CONTRADICTION}
    assert contradictions == {
        "NGOs that the national ratios stand on",
        "Groups among all organisations without Almaty, %",
        "media, Pavlodar Region",
        "Grant hours, all (at least)",
        "All hours, each once",
        "sum_of_parts: grant hours",
        "printed_total: grant hours",
        "printed_total: all hours",
        "printed_total: share of the region in asyl_mura, KZ-31",
        "contradiction: census, KZ-61",
        "contradiction: share of taza_alem in the region's events, KZ-71",
        "contradiction: share of culture in the region's events, KZ-47",
    }


def test_every_region_and_direction_holds_its_hours_exactly(small_recount: Recount) -> None:
    counted = {
        (row["region"], row["direction"]): row["hours"]
        for row in small_recount.table("hours", YEAR, layer="front_office")["rows"]
        if row["region"] != "KZ"
    }
    due = {
        (region, direction): hours
        for region, row in figures_of_2022().hours.items()
        for direction, hours in row.items()
        if hours
    }
    assert counted == due


def test_a_check_fails_when_the_figure_is_off_by_one() -> None:
    check = Check(
        family="f", label="l", table="hours", read=lambda answer: answer["n"], printed=1_088_387
    )
    assert check.holds(1_088_387)
    assert not check.holds(1_088_388)
    assert not check.holds(None)


def test_a_contradiction_holds_only_on_what_follows_from_the_parts() -> None:
    check = Check(
        family="f",
        label="l",
        table="hours",
        read=lambda answer: None,
        printed=45_182,
        kind=Kind.CONTRADICTION,
        follows=41_782,
    )
    assert check.holds(41_782)
    assert not check.holds(45_182)
    assert check.difference(41_782) == -3_400


def test_development_events_are_as_printed(small_year: list[Planned]) -> None:
    printed = figures_of_2022().published["development_events"]
    events: Counter[str] = Counter()
    hours: defaultdict[str, float] = defaultdict(float)
    people = 0
    for data in live_activity(small_year):
        if data["development"]:
            events[str(data["region"])] += data["events"]
            hours[str(data["region"])] += data["hours"]
            people += data["volunteers"]
    assert (sum(events.values()), people) == (printed["events"], printed["volunteers"])
    assert sum(hours.values()) == pytest.approx(printed["hours"])
    named = {**printed["most_events"], **printed["fewest_events"]}
    assert {region: events[region] for region in named} == named
    assert max(events, key=lambda region: events[region]) == "KZ-71"
    assert min(hours, key=lambda region: hours[region]) == "KZ-19"


def test_support_is_mentioned_as_often_as_printed(small_year: list[Planned]) -> None:
    months: defaultdict[str, set[str]] = defaultdict(set)
    for data in live_activity(small_year):
        if "support" in data and data["layer"] == "front_office":
            months[str(data["region"])].add(str(data["period"]))
    found = {
        region: next(
            name
            for name, pct in AT_LEAST_PCT_OF_MONTHS.items()
            if len(months[region]) * 100 / 12 >= pct
        )
        for region in figures_of_2022().regions
    }
    assert found == figures_of_2022().published["support_frequency"]


def test_inquiries_are_as_many_as_printed() -> None:
    received = [p.event["data"] for p in inquiries(random.Random(1))]
    related = Counter(data["related"] for data in received if "related" in data)
    assert related == {True: 2_500, False: 600}
    abroad = {data["country"] for data in received if "country" in data}
    assert abroad == set(figures_of_2022().published["inquiries"]["countries"])


@pytest.mark.integration
def test_the_whole_year_at_full_size_is_as_printed() -> None:
    stream = list(year_2022())
    reports = [data for data in live_activity(stream) if data["layer"] == "front_office"]
    assert len(reports) >= 100_000
    assert failing(recount_of(stream)) == []
