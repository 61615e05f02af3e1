"""The oracle over a planned stream, as the door and the log would have let it through."""

import json
from collections.abc import Iterable

from birge_stack.oracle import Recount
from birge_stack.year2022.envelope import REJECTED, Planned
from birge_stack.year2022.partners import partners


def recount_of(stream: Iterable[Planned]) -> Recount:
    """The oracle after everything that the door lets in, with the offices registered."""
    recount = Recount()
    for number, plan in enumerate(partners()):
        registration = {
            "key_id": str(number),
            "sources": plan.sources,
            "regions": plan.regions,
            "registered_at": "2022-01-01T00:00:00Z",
        }
        recount.apply_partner(json.dumps({"data": registration}).encode())
    for planned in stream:
        if planned.status != REJECTED:
            recount.apply(json.dumps(planned.event).encode())
    return recount
