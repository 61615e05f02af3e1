"""The regions that stand on the map of a period."""

from datetime import date

from birge_common.periods import last_day
from birge_common.regions import regions_on

_BEFORE_THE_CHANGE = date(2022, 6, 7)
"""The last day of the older map, of 17 regions."""


def regions_of_map(period: str, *, map_17: bool) -> tuple[str, ...]:
    """Those of the period's last day, or of the older map."""
    return regions_on(_BEFORE_THE_CHANGE if map_17 else last_day(period))
