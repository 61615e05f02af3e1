"""Printed totals with their parts and the figure of ours that each claims to be."""

from collections.abc import Mapping
from typing import Any

# The report's own words: "+258,991 hours", gross of what Astana had already counted.
PRINTED_INCREASE_HOURS = 258_991

# "Наибольший удельный вес от мероприятий в регионе": a number is printed for these two.
PRINTED_SHARES_OF_EVENTS = (("KZ-71", "taza_alem", 63.9), ("KZ-47", "culture", 32.4))


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
        *(
            _total(
                f"share of {direction} in all front-office hours",
                "%",
                share,
                of={"table": "directions", "layers": ["front_office"], "direction": direction},
            )
            for direction, share in hours["share_pct"].items()
        ),
        *(
            _total(
                f"share of the region in {direction}",
                "%",
                share,
                of={
                    "table": "directions",
                    "layers": ["front_office"],
                    "direction": direction,
                    "region": region,
                },
            )
            for direction, (region, share) in hours["top_region"].items()
        ),
        *(
            _total(
                f"share of {direction} in the region's events",
                "% of events",
                share,
                of={"table": "representedness", "direction": direction, "region": region},
            )
            for region, direction, share in PRINTED_SHARES_OF_EVENTS
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
    value: float,
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
