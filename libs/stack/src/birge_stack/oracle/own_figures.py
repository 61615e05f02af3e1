"""Our own figure that a printed one claims to be."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from birge_stack.oracle.census_tables import CensusView
from birge_stack.oracle.censuses import TOTAL
from birge_stack.oracle.exact import Exact, given_sum
from birge_stack.oracle.sums import Sum
from birge_stack.oracle.territory import COUNTRY
from birge_stack.oracle.views import View, summed_by

PCT, PCT_OF_EVENTS = "%", "% of events"
SHARE_UNITS = (PCT, PCT_OF_EVENTS)


def is_held(unit: str, of: Mapping[str, Any]) -> bool:
    """Whether there is a figure of this kind at all; a share needs its direction."""
    if unit in SHARE_UNITS:
        tables = ("representedness", "directions") if unit == PCT else ("representedness",)
        return of["table"] in tables and of.get("direction") is not None
    if of["table"] == "organisations":
        return unit in ("ngos", "initiative_groups", "organisations")
    return of["table"] in ("hours", "directions", "development", "volunteers")


COUNTED: Mapping[str, Sequence[tuple[str, ...]]] = {
    "men": [("volunteers", "gender", "men")],
    "women": [("volunteers", "gender", "women")],
    "ngos": [("organisations", "ngos")],
    "initiative_groups": [("organisations", "initiative_groups")],
    "organisations": [("organisations", "ngos"), ("organisations", "initiative_groups")],
}


class OwnFigures:
    """Figures of one window on one map; None where nothing was reported that they could be of."""

    def __init__(self, view: View, censuses: CensusView) -> None:
        self._sums = summed_by(
            view.inside, lambda cell: (cell.region, cell.layer, cell.direction, cell.development)
        )
        self._snapshots = censuses.snapshots

    def value(self, unit: str, of: Mapping[str, Any]) -> Fraction | None:
        """The figure of a table, in the unit printed."""
        table, region = of["table"], of.get("region") or COUNTRY
        if unit in SHARE_UNITS:
            return self._share(table, unit, of, region)
        if table == "volunteers":
            paths = COUNTED[unit] if unit in ("men", "women") else [TOTAL]
            return _exact(self._counted(region, paths))
        if table == "organisations":
            return _exact(self._counted(region, COUNTED[unit]))
        if table not in ("hours", "directions", "development"):
            return None
        layers, direction = of.get("layers"), of.get("direction")
        total = self._total(region, layers, direction, is_development=table == "development")
        if total.reports == 0:
            return None
        if unit == "events":
            return _exact(total.events)
        if unit in ("volunteers", "persons"):
            return _exact(total.volunteers)
        return Fraction(total.hours - total.already_counted if of.get("net") else total.hours)

    def _share(self, table: str, unit: str, of: Mapping[str, Any], region: str) -> Fraction | None:
        """A share in per cent; only a direction has one."""
        direction, layers = of.get("direction"), of.get("layers")
        if direction is None:
            return None
        if table == "representedness":
            part = self._total(region, ["front_office"], direction)
            whole = self._total(region, ["front_office"], None)
            if unit == PCT_OF_EVENTS:
                return _pct(part.events or 0, whole.events)
        elif table == "directions" and unit == PCT:
            part = self._total(region, layers, direction)
            whole = self._total(COUNTRY, layers, None if region == COUNTRY else direction)
        else:
            return None
        return _pct(part.hours, whole.hours)

    def _total(
        self,
        region: str,
        layers: list[str] | None,
        direction: str | None,
        *,
        is_development: bool = False,
    ) -> Sum:
        found = Sum()
        for (place, layer, towards, development), part in self._sums.items():
            if (
                region in (COUNTRY, place)
                and (not layers or layer in layers)
                and direction in (None, towards)
                and (development or not is_development)
            ):
                found.add(part)
        return found

    def _counted(self, region: str, paths: Sequence[tuple[str, ...]]) -> int | None:
        return given_sum(
            snapshot[path]
            for place, snapshot in self._snapshots.items()
            if region in (COUNTRY, place)
            for path in paths
        )


def _pct(part: Exact, whole: Exact | None) -> Fraction | None:
    return Fraction(part) * 100 / Fraction(whole) if whole else None


def _exact(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)
