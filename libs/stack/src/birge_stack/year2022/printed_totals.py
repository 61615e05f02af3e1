"""Printed totals with their parts and the figure of ours that each claims to be."""

from collections.abc import Mapping
from typing import Any

# The report's own words: "+258,991 hours", gross of what Astana had already counted.
PRINTED_INCREASE_HOURS = 258_991


def printed_totals(published: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the report printed as sums, those included that do not follow from their parts."""
    hours, grants = published["hours"], published["grants"]
    return [
        _total(
            "volunteers", "persons", published["volunteers"]["total"], of={"table": "volunteers"}
        ),
        _total(
            "front-office hours",
            "hours",
            hours["total"],
            parts=hours["by_direction"],
            of={"table": "hours", "layers": ["front_office"]},
        ),
        *(
            _total(
                f"front-office hours, {direction}",
                "hours",
                value,
                of={"table": "hours", "layers": ["front_office"], "direction": direction},
            )
            for direction, value in hours["by_direction"].items()
        ),
        _total(
            "grant hours",
            "hours",
            published["grants_printed_total"]["hours"],
            parts={row["direction"]: row["hours"] for row in grants if row["hours"] is not None},
            of={"table": "hours", "layers": ["grant"]},
            at_least=True,
        ),
        _total(
            "all hours",
            "hours",
            published["economic"]["hours_basis"],
            parts={"front_office": hours["total"], "increase": PRINTED_INCREASE_HOURS},
            of={"table": "hours", "net": True},
        ),
    ]


def _total(
    what: str,
    unit: str,
    value: int,
    *,
    of: Mapping[str, Any],
    parts: Mapping[str, int] | None = None,
    at_least: bool = False,
) -> dict[str, Any]:
    return {
        "what": what,
        "unit": unit,
        "value": value,
        "at_least": at_least,
        "parts": [{"what": name, "value": amount} for name, amount in (parts or {}).items()],
        "of": dict(of),
    }
