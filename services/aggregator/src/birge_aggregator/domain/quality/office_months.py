"""The monthly submissions of the offices, and which of them are due."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from birge_aggregator.domain.contribution import FRONT_OFFICE, Counters, summed
from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.period import stated_window, window_from
from birge_aggregator.domain.report_sets import deadline_of
from birge_aggregator.domain.territory import COUNTRY

LEAST_ON_TIME_PCT = 80
"""From which share of its reports on a month is on time."""

OfficeMonths = Mapping[str, Mapping[str, "OfficeMonth"]]
"""{region: {month: …}}, only months with reports."""

_ByDirection = Mapping[str, tuple[int, int, int | None, int | None]]


@dataclass
class OfficeMonth:
    """An office's live reports stated for one month; hours in hundredths.

    `by_direction` has reports, hours, events and volunteers. `first_sent` counts the reports of
    version 1, `on_time` those of them that came in time.
    """

    hundredths: int
    already: int
    by_direction: _ByDirection = field(repr=False)
    first_sent: int = 0
    on_time: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether all of its hours are counted elsewhere already."""
        return self.already >= self.hundredths

    @property
    def is_late(self) -> bool:
        """Whether too few of its reports came in time."""
        return 100 * self.on_time < LEAST_ON_TIME_PCT * self.first_sent

    def repeats(self, before: "OfficeMonth | None") -> bool:
        """Whether it says the same as the month before, direction by direction."""
        return before is not None and self.by_direction == before.by_direction


def office_months(figures: Figures) -> OfficeMonths:
    """The months of a year that offices reported for; what is stated for the country is nobody's.

    A region on the map may have several offices: their reports are added up.
    """
    pages: dict[tuple[str, str], list[Counters]] = {}
    for page, counters in figures.inside.items():
        if page.layer == FRONT_OFFICE and page.region != COUNTRY and _is_month(page.period):
            pages.setdefault((page.region, page.period), []).append(counters)
    found: dict[str, dict[str, OfficeMonth]] = {}
    for (region, period), several in sorted(pages.items()):
        counters = summed(several)
        by_direction = {
            name: (
                reports,
                counters.get(f"direction/{name}/hours", 0),
                given(counters, f"direction/{name}", "events"),
                given(counters, f"direction/{name}", "people"),
            )
            for name, reports in named(counters, "direction").items()
        }
        if by_direction:
            found.setdefault(region, {})[period] = OfficeMonth(
                hundredths=sum(one[1] for one in by_direction.values()),
                already=sum(named(counters, "direction", "already").values()),
                by_direction=by_direction,
            )
    for stated_for, reports in figures.report_sets.items():
        own = found.get(figures.regions.place(stated_for.region), {}).get(stated_for.period)
        if own is not None:
            own.first_sent += reports.first_sent
            own.on_time += reports.on_time
    return found


def due_months(figures: Figures, months: OfficeMonths) -> list[str]:
    """A month is due once its deadline has passed and an office has reported it or a later one.

    What has passed is told by the newest report of the year and of the year that follows: nobody
    owes a month that is not over.
    """
    following = figures.following
    later = office_months(following) if following else {}
    reported = [month for year in (months, later) for own in year.values() for month in own]
    latest = max(reported, default="")
    sets = [*figures.report_sets.values(), *(following.report_sets.values() if following else ())]
    newest = max((reports.latest_sent for reports in sets), default=0)
    return [
        name
        for month in range(figures.window.first_month, figures.window.last_month + 1)
        if (name := month_name(month)) <= latest and deadline_of(stated_window(name)) <= newest
    ]


def held_by_longer_statements(figures: Figures) -> set[tuple[str, str]]:
    """(region, month) that an office reported as part of a half-year or of the year."""
    return {
        (page.region, month_name(month))
        for page, counters in figures.inside.items()
        if page.layer == FRONT_OFFICE and named(counters, "direction")
        for stated in [stated_window(page.period)]
        if stated.months > 1
        for month in range(stated.first_month, stated.last_month + 1)
    }


def month_name(month: int) -> str:
    """`2022-03` of the months' number."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_before(month: str) -> str:
    """`2022-01` before `2022-02`; a year's first has none in that year."""
    return f"{month[:5]}{int(month[5:]) - 1:02d}"


def _is_month(period: str) -> bool:
    stated = window_from(period)
    return stated is not None and stated.months == 1
