"""What is said of a large change of the volunteers, and of a boundary that moved: rule 19."""

from collections.abc import Sequence
from typing import Any

from birge_stack.oracle.censuses import TOTAL, Snapshot
from birge_stack.oracle.findings import Explained, explanation_of
from birge_stack.oracle.quality_censuses import changed
from birge_stack.oracle.territory import COUNTRY, PREDECESSOR

# The first half-years that are on the map of 20 while the year before is on that of 17.
_OVER_THE_BOUNDARY = ("2022-H2", "2023-H1")
_REDRAWN = {*PREDECESSOR, *PREDECESSOR.values()}


def reason_of_change(
    place: str, period: str, parts: Sequence[Snapshot], explained: Explained, *, is_map_17: bool
) -> dict[str, Any]:
    """State, reason, explainer and text of a change of over a tenth; whether the map changed."""
    state = source = None
    data: dict[str, Any] = {}
    both = [(part.previous, total) for part in parts if (total := part[TOTAL]) is not None]
    known = [(before, total) for before, total in both if before is not None]
    if place != COUNTRY or len(known) > 1:
        sums = sum(before for before, _ in known), sum(total for _, total in known)
        for finding in changed(place, period, *sums):
            note = next((part.method_note for part in parts if part.method_note), None)
            if note and place != COUNTRY:
                state, data = "explained", {"text": note}
            else:
                source, said = explanation_of(finding, explained)
                state, data = "explained" if source else "open", dict(said)
    return {
        "change_state": state,
        "change_reason": data.get("reason"),
        "change_explained_by": source,
        "change_text": data.get("text"),
        "boundary_change": not is_map_17 and place in _REDRAWN and period in _OVER_THE_BOUNDARY,
    }
