"""Ledger entries as documents of MongoDB, there and back."""

import bson
import pytest

from birge_aggregator.domain.contribution import Contribution, Excluded
from birge_aggregator.domain.ledger import Counted, Entry
from birge_aggregator.stores.documents import entry_from, ledger_document

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
)


@pytest.mark.parametrize("contribution", [BARE, FULL, None], ids=["bare", "full", "retracted"])
def test_an_entry_comes_back_as_it_was(contribution: Contribution | None) -> None:
    entry = Entry(3, contribution, [Counted(1, 11, 2**40), Counted(3, 11, 2**41)])
    stored = bson.decode(bson.encode(ledger_document("urn:birge:a|activity|r-1", entry)))
    assert entry_from(stored) == entry
