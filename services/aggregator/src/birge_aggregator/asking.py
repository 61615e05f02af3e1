"""What the routes ask for in the same way: windows, regions, and how the documents say it."""

from typing import Any

from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.territory import COUNTRY
from birge_common.regions import REGIONS
from birge_common.web.problems import Problem


def parameter(name: str, place: str, description: str) -> dict[str, Any]:
    """A parameter that the route reads by hand."""
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": description,
        "schema": {"type": "string"},
    }


def window_from_query(period: str | None) -> Window:
    """The window of `?period=`; raises a problem that shows how one is written."""
    window = window_from(period) if period else None
    if window is None or not 1900 <= window.first_month // 12 <= 2199:
        raise Problem(
            400,
            "period",
            "Give period as a month 2022-03, half-year 2022-H1, year 2022, or twelve months "
            "by their last 2022-10~12m.",
        )
    return window


def region_from(region: str) -> str:
    """The region of `?region=`, or the country."""
    if region != COUNTRY and region not in REGIONS:
        raise Problem(400, "unknown_code", "region is KZ or a code like KZ-71.")
    return region
