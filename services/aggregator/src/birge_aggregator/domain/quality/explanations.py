"""What offices say about findings, and whether it still holds."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from birge_aggregator.domain.quality.finding import Finding
from birge_aggregator.domain.statements import Stated
from birge_aggregator.domain.territory import COUNTRY

OPEN, EXPLAINED = "open", "explained"

Explainers = Callable[[str], Collection[str]]
"""The sources that answer for a region, or for `KZ`."""


class Standing(NamedTuple):
    """Whether a finding is open, or by whom and why it is explained."""

    state: str = OPEN
    reason: str | None = None
    explained_by: str | None = None
    text: str | None = None


class Explanations:
    """The explanations in force; of several that hold, the one of the lowest source is shown."""

    def __init__(self, stated: Sequence[Stated], explainers: Explainers) -> None:
        self._explainers = explainers
        self._by_finding: dict[str, list[Stated]] = {}
        for one in sorted(stated, key=lambda one: one.source):
            self._by_finding.setdefault(one.data["finding"], []).append(one)

    def standing_of(self, finding: Finding) -> Standing:
        """Explained by whoever answers for its region, up to the difference that was explained."""
        for one in self._by_finding.get(finding.id, ()):
            if _holds(one.data, finding) and one.source in self._explainers(one.data["region"]):
                return Standing(EXPLAINED, one.data["reason"], one.source, one.data["text"])
        return Standing()


def _holds(explanation: Mapping[str, Any], finding: Finding) -> bool:
    if explanation["region"] != (finding.region or COUNTRY):
        return False
    explained, difference = explanation.get("difference"), finding.difference
    return explained is None or difference is None or abs(difference) <= abs(explained)
