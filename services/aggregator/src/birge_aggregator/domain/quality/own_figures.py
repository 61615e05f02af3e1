"""The figures of ours that a printed total may name by `of`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from birge_aggregator.domain.census import GENDERS, ORGANISATIONS, censuses_from, snapshots
from birge_aggregator.domain.contribution import FRONT_OFFICE, LAYERS, Counters
from birge_aggregator.domain.figures import Figures, given_by_any, named
from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.statements import CENSUS
from birge_aggregator.domain.territory import COUNTRY

PERCENT, PERCENT_OF_EVENTS = "%", "% of events"
_SHARE_TABLES = {
    PERCENT: ("representedness", "directions"),
    PERCENT_OF_EVENTS: ("representedness",),
}
_TABLES = ("hours", "directions", "development", "volunteers")
_OF_CENSUSES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "volunteers": {name: (name,) for name in GENDERS},
    "organisations": {**{name: (name,) for name in ORGANISATIONS}, "organisations": ORGANISATIONS},
}
"""By table and unit the census figures that are added up; of volunteers all other units' total."""
_MEASURES = {"events": "events", "volunteers": "people", "persons": "people"}


def is_held(unit: str, of: Mapping[str, Any]) -> bool:
    """Whether a printed figure is of a kind that we hold against our own."""
    if unit in _SHARE_TABLES:
        return of["table"] in _SHARE_TABLES[unit] and of.get("direction") is not None
    return of["table"] in _TABLES or unit in _OF_CENSUSES.get(of["table"], ())


def own_figure(
    figures: Figures, period: Window, unit: str, of: Mapping[str, Any]
) -> Fraction | None:
    """Hours, events, engagements, volunteers or a share in per cent, exact.

    Of a kind that `is_held`; None where nothing was reported that it could be of.
    """
    table, direction = of["table"], of.get("direction")
    region, layers = of.get("region") or COUNTRY, of.get("layers") or LAYERS
    if unit == PERCENT_OF_EVENTS:
        return _events_share(list(_pages(figures, period, region, (FRONT_OFFICE,))), direction)
    if unit == PERCENT:
        return _share(figures, period, table, direction, region, layers)
    if table in _OF_CENSUSES:
        return _counted(figures, period, region, _OF_CENSUSES[table].get(unit, ("total",)))
    whole: Fraction | None = None
    for counters in _pages(figures, period, region, layers):
        part = _part(counters, unit, of)
        whole = part if whole is None else whole if part is None else whole + part
    return whole


def _share(
    figures: Figures,
    period: Window,
    table: str,
    direction: str | None,
    region: str,
    layers: Collection[str],
) -> Fraction | None:
    """A direction's share of its region, or a region's of its direction, or of the country."""
    if table == "representedness":
        own = list(_pages(figures, period, region, (FRONT_OFFICE,)))
        return _percent(_hours(own, direction), _hours(own, None))
    of_country = list(_pages(figures, period, COUNTRY, layers))
    if region == COUNTRY:
        return _percent(_hours(of_country, direction), _hours(of_country, None))
    own = list(_pages(figures, period, region, layers))
    return _percent(_hours(own, direction), _hours(of_country, direction))


def _events_share(pages: Collection[Counters], direction: str | None) -> Fraction | None:
    events = [named(counters, "direction", "events") for counters in pages]
    part = sum(by_direction.get(direction or "", 0) for by_direction in events)
    whole = sum(value for by_direction in events for value in by_direction.values())
    return _percent(part, whole)


def _percent(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole > 0 else None


def _hours(pages: Collection[Counters], direction: str | None) -> int:
    if direction is not None:
        return sum(counters.get(f"direction/{direction}/hours", 0) for counters in pages)
    return sum(value for one in pages for value in named(one, "direction", "hours").values())


def _pages(
    figures: Figures, period: Window, region: str, layers: Collection[str]
) -> Iterator[Counters]:
    for page, counters in figures.inside.items():
        stated = window_from(page.period)
        if (
            stated is not None
            and period.contains(stated)
            and page.layer in layers
            and region in (COUNTRY, page.region)
        ):
            yield counters


def _part(counters: Counters, unit: str, of: Mapping[str, Any]) -> Fraction | None:
    """What one page adds; None where no report of it is meant."""
    group = "development" if of["table"] == "development" else "direction"
    hours = named(counters, group, "hours")
    wanted = of.get("direction")
    names = [name for name in hours if wanted in (None, name)]
    if not names:
        return None
    if unit in _MEASURES:
        provided = given_by_any(counters, group, names, _MEASURES[unit])
        return None if provided is None else Fraction(provided)
    hundredths = sum(hours[name] for name in names)
    if of.get("net"):
        hundredths -= sum(counters.get(f"{group}/{name}/already", 0) for name in names)
    return Fraction(hundredths, 100)


def _counted(
    figures: Figures, period: Window, region: str, names: Sequence[str]
) -> Fraction | None:
    """The sum of these figures of the censuses that count for the period itself."""
    censuses = censuses_from(figures.statements[CENSUS])
    counting = snapshots(period, censuses, figures.regions, figures.office_rank)
    own = [one for place, one in counting.items() if region in (COUNTRY, place)]
    provided = [value for one in own for name in names if (value := one[name]) is not None]
    return Fraction(sum(provided)) if provided else None
