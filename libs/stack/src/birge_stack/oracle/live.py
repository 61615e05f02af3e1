"""What is in force at one moment, grouped once for all the questions that may be asked of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from birge_stack.oracle.census_tables import CensusView
from birge_stack.oracle.censuses import Registration, snapshots_of
from birge_stack.oracle.own_figures import OwnFigures
from birge_stack.oracle.people import PeopleByPeriod, PeopleView, people_by_period, people_view
from birge_stack.oracle.spans import span_of, stated_span
from birge_stack.oracle.statements import Identity, Report, Statement
from birge_stack.oracle.sums import Cell, cells_of
from birge_stack.oracle.territory import regions_expected
from birge_stack.oracle.views import View, view_of

Stated = list[tuple[str, Mapping[str, Any]]]
_Key = tuple[str, bool]


class Live:
    """The statements in force, and windows over them; new when anything changes."""

    def __init__(
        self, in_force: Mapping[Identity, Statement], registrations: Sequence[Registration]
    ) -> None:
        self.registrations = registrations
        self.reports: list[Report] = []
        self._by_kind: defaultdict[str, Stated] = defaultdict(list)
        for (source, kind, _), statement in in_force.items():
            if isinstance(statement.content, Report):
                self.reports.append(statement.content)
            elif statement.content is not None:
                self._by_kind[kind].append((source, statement.content))
        self._views: dict[_Key, View] = {}
        self._census_views: dict[_Key, CensusView] = {}
        self._people_views: dict[_Key, PeopleView] = {}
        self._own_figures: dict[_Key, OwnFigures] = {}

    def stated(self, kind: str) -> Stated:
        """Source and data of every statement of a kind other than activity."""
        return self._by_kind.get(kind, [])

    def reports_of(self, year: int) -> Sequence[Report]:
        """The reports stated for a calendar year or a part of it."""
        return self._reports_by_year.get(year, [])

    def view(self, period: str, *, is_map_17: bool) -> View:
        """The figures of a window."""
        key = (period, is_map_17)
        if key not in self._views:
            self._views[key] = view_of(self._cells, span_of(period), is_map_17=is_map_17)
        return self._views[key]

    def census_view(self, period: str, *, is_map_17: bool) -> CensusView:
        """The censuses that count for a window."""
        key, span = (period, is_map_17), span_of(period)
        if key not in self._census_views:
            self._census_views[key] = CensusView(
                snapshots_of(self.stated("census"), self.registrations, span, is_map_17=is_map_17),
                regions_expected(span.first_day, is_map_17=is_map_17),
                is_month=span.first == span.last,
            )
        return self._census_views[key]

    def people_view(self, period: str, *, is_map_17: bool) -> PeopleView:
        """The volunteers and organisations of a window."""
        key = (period, is_map_17)
        if key not in self._people_views:
            window = span_of(period)
            self._people_views[key] = people_view(self._people, window, is_map_17=is_map_17)
        return self._people_views[key]

    def own_figures(self, period: str, *, is_map_17: bool) -> OwnFigures:
        """What printed figures of a window can be held against."""
        key = (period, is_map_17)
        if key not in self._own_figures:
            view = self.view(period, is_map_17=is_map_17)
            censuses = self.census_view(period, is_map_17=is_map_17)
            self._own_figures[key] = OwnFigures(view, censuses)
        return self._own_figures[key]

    def estimates(self, period: str) -> Mapping[str, Mapping[str, Any]]:
        """By what is estimated, the row of the latest period that ends no later than the window."""
        end = span_of(period).last
        tables = []
        for source, data in self.stated("reference"):
            if data.get("table") == "estimate" and span_of(str(data["period"])).last <= end:
                stated = span_of(str(data["period"]))
                tables.append(((stated.last, stated.first), source, data["rows"]))
        # The narrower of two periods that end together says more; then the lower source wins.
        tables.sort(key=lambda item: item[1], reverse=True)
        tables.sort(key=lambda item: item[0])
        return {row["what"]: row for _, _, rows in tables for row in reversed(rows)}

    @cached_property
    def _cells(self) -> list[Cell]:
        return cells_of(self.reports)

    @cached_property
    def _people(self) -> PeopleByPeriod:
        return people_by_period(self.reports)

    @cached_property
    def _reports_by_year(self) -> Mapping[int, list[Report]]:
        found: defaultdict[int, list[Report]] = defaultdict(list)
        for report in self.reports:
            span = stated_span(report.period)
            if span is not None:
                found[span.first // 12].append(report)
        return found
