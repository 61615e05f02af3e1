"""A report in force with its name: what reports are held against each other by."""

from typing import NamedTuple

from birge_aggregator.domain.contribution import Contribution


class LiveReport(NamedTuple):
    """A report in force; `name` is its `source|report_id`."""

    name: str
    version: int
    contribution: Contribution

    @property
    def source(self) -> str:
        """Who sent it."""
        return self.name.split("|", 1)[0]


def name_of(identity: str) -> str:
    """The `source|report_id` of the ledger's `source|activity|report_id`."""
    source, _, report_id = identity.split("|", 2)
    return f"{source}|{report_id}"
