from birge_stack.bench.contestants.job import (
    FullEvent,
    Increments,
    add_flat,
    pages_of,
    slim_event,
)
from birge_stack.bench.events import sent_events

VALUES = [event.value for event in sent_events(400, seed=9)]
TRUTH = sum(event.hundredths for event in sent_events(400, seed=9))


def flat(*, rollups: bool) -> Increments:
    counters: Increments = {}
    for value in VALUES:
        add_flat(counters, FullEvent.model_validate_json(value).data, rollups=rollups)
    return counters


def hundredths(counters: Increments, *, start: str = "", part: str = "|direction/") -> int:
    return sum(
        amounts["hundredths"]
        for name, amounts in counters.items()
        if part in name and name.startswith(start)
    )


def test_both_decodings_give_the_same_counters():
    slim: Increments = {}
    for value in VALUES:
        add_flat(slim, slim_event(value).data, rollups=True)
    assert slim == flat(rollups=True)


def test_flat_counters_come_to_what_was_sent():
    assert hundredths(flat(rollups=False)) == TRUTH
    assert hundredths(flat(rollups=False), part="|format/") == TRUTH


def test_rollups_hold_the_country_and_the_year_beside_regions_and_months():
    counters = flat(rollups=True)
    assert hundredths(counters, start="KZ|2025|") == TRUTH
    assert hundredths(counters) == 4 * TRUTH


def test_pages_hold_the_same_figures_as_flat_counters():
    pages = pages_of((0, value) for value in VALUES)
    found = {
        f"{page.rsplit('|', 1)[0]}|{name.removesuffix('/hours')}": value
        for page, counters in pages.items()
        for name, value in counters.items()
        if name.endswith("/hours")
    }
    wanted = {
        name: amounts["hundredths"]
        for name, amounts in flat(rollups=False).items()
        if "hundredths" in amounts
    }
    assert found == wanted


def test_partitions_have_pages_of_their_own():
    one, other = VALUES[0], VALUES[0]
    assert len(pages_of([(0, one), (1, other)])) == 2
