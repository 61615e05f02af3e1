"""Ledger entries as documents of MongoDB, there and back."""

import bson
import pytest

from birge_aggregator.domain.contribution import Contribution, Excluded, PageKey
from birge_aggregator.domain.ledger import Counted, Entry
from birge_aggregator.domain.live_report import LiveReport
from birge_aggregator.stores.documents import (
    entry_from,
    ledger_document,
    live_report_from,
    page_update,
)

BARE = Contribution("KZ-71", "2022-03", "grant", None, 1)
FULL = Contribution(
    region="KZ",
    period="2022-H1",
    layer="front_office",
    direction="umit",
    hundredths=2**40,
    events=0,
    volunteers=3,
    format="online",
    regularity="one_off",
    development=True,
    already_counted=5,
    participants=(("child", 0), ("silver", 9)),
    support=("meals", "tshirt"),
    excluded=(Excluded("forced", 100, 2),),
    organisation="o-1",
    sent=1_649_149_200,
    volunteer_hours=(("v-asel-01", 1050), ("v-dana-01", 2**40)),
)


@pytest.mark.parametrize("contribution", [BARE, FULL, None], ids=["bare", "full", "retracted"])
def test_an_entry_comes_back_as_it_was(contribution: Contribution | None) -> None:
    entry = Entry(3, contribution, [Counted(1, 11, 2**40), Counted(3, 11, 2**41)])
    stored = bson.decode(bson.encode(ledger_document("urn:birge:a|activity|r-1", entry)))
    assert entry_from(stored) == entry


def test_a_live_report_is_found_by_what_it_states_and_a_retracted_one_is_not() -> None:
    identity = "urn:birge:a|activity|r|1"
    live = ledger_document(identity, Entry(3, FULL, [Counted(3, 11, 5)]))
    assert live["stated"] == "2022-H1|KZ"
    assert live_report_from(bson.decode(bson.encode(live))) == LiveReport(
        "urn:birge:a|r|1", 3, FULL
    )
    gone = ledger_document(identity, Entry(4, None, [Counted(4, 11, 6)]))
    assert "stated" not in gone


def test_a_page_s_revision_moves_even_where_no_counter_does() -> None:
    page = PageKey("KZ-71", "2022-03", "grant")
    update = page_update(3, page, {"direction/umit/n": 0, "direction/umit/hours": 5})
    assert update["$inc"] == {"revision": 1, "c.direction/umit/hours": 5}
    assert page_update(3, page, {})["$inc"] == {"revision": 1}
