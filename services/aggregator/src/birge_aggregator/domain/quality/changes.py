"""A large change of the volunteers on the year before, and the reason that is given for it."""

from collections.abc import Sequence

from birge_aggregator.domain.census import Snapshot, path_of
from birge_aggregator.domain.quality.details import detail
from birge_aggregator.domain.quality.explanations import EXPLAINED, Explanations, Standing
from birge_aggregator.domain.quality.finding import WARNING, Finding, region_or_none
from birge_aggregator.domain.territory import COUNTRY

CHANGE_PCT = 10
"""A change of more than this on the year before asks for its reason (the report's own rule)."""
LEAST_REGIONS = 2
"""Of so many regions at least a change is the country's, and not one region's."""


def change_finding(region: str, period: str, snapshots: Sequence[Snapshot]) -> Finding | None:
    """Of a region's census, or of those behind the country's row; None where it is not large.

    A note on the method is a region's reason, and none for the country.
    """
    both = [
        (before, total)
        for one in snapshots
        if (total := one["total"]) is not None and (before := one.previous_total) is not None
    ]
    if region == COUNTRY and len(both) < LEAST_REGIONS:
        return None
    if region != COUNTRY and any(one.method_note for one in snapshots):
        return None
    before, total = sum(one for one, _ in both), sum(one for _, one in both)
    if not before or 100 * abs(total - before) <= CHANGE_PCT * before:
        return None
    return Finding(
        "change_without_reason",
        WARNING,
        region_or_none(region),
        period,
        path_of("total"),
        before,
        total,
        total - before,
        detail("change", most=CHANGE_PCT),
    )


def standing_of_change(
    region: str, period: str, snapshots: Sequence[Snapshot], explanations: Explanations
) -> Standing | None:
    """Whether a large change is explained; None where there is nothing to explain."""
    finding = change_finding(region, period, snapshots)
    if finding is not None:
        return explanations.standing_of(finding)
    notes = [one.method_note for one in snapshots if one.method_note]
    without_notes = [one.without_note() for one in snapshots]
    if region == COUNTRY or change_finding(region, period, without_notes) is None:
        return None
    return Standing(EXPLAINED, text=notes[0])
