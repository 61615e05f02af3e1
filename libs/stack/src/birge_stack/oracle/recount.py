"""Recounts everything from the log's records, by the contracts alone."""

from collections.abc import Callable, Mapping
from typing import Any

from birge_stack.oracle import (
    activity_tables,
    census_tables,
    service_tables,
    statement_tables,
)
from birge_stack.oracle.census_tables import CensusView
from birge_stack.oracle.censuses import Registration, snapshots_of
from birge_stack.oracle.economy_table import Books, economy
from birge_stack.oracle.references import best_first
from birge_stack.oracle.registrations import registration_from
from birge_stack.oracle.spans import span_of
from birge_stack.oracle.statements import Identity, Report, Statement, Unreadable, statement_from
from birge_stack.oracle.sums import Cell, cells_of
from birge_stack.oracle.territory import COUNTRY, regions_expected
from birge_stack.oracle.views import View, view_of

ACTIVITY_TABLES = (
    *("hours", "directions", "formats", "participants", "representedness"),
    *("development", "support", "economy", "grants"),
)
CENSUS_TABLES = ("volunteers", "organisations", "coverage")
STATEMENT_TABLES = ("inquiries", "programme")
TABLES = (*ACTIVITY_TABLES, *CENSUS_TABLES, *STATEMENT_TABLES)

Table = dict[str, Any]
_Builder = Callable[[View, str, str | None], list[dict[str, Any]]]
_BY_LAYER: Mapping[str, _Builder] = {
    "hours": activity_tables.hours,
    "directions": activity_tables.directions,
    "formats": activity_tables.formats,
    "participants": activity_tables.participants,
    "development": service_tables.development,
}


class Recount:
    """What is in force after the records seen so far, and the tables that follow from it."""

    def __init__(self) -> None:
        self.records = 0
        self.unreadable = 0
        self._in_force: dict[Identity, Statement] = {}
        self._registrations: dict[str, Registration] = {}
        self._cells: list[Cell] | None = None
        self._views: dict[tuple[str, bool], View] = {}
        self._census_views: dict[tuple[str, bool], CensusView] = {}

    def apply(self, value: bytes | None) -> None:
        """Take one record of the log: the highest version of an identity is in force."""
        self.records += 1
        try:
            statement = statement_from(value)
        except Unreadable:
            self.unreadable += 1
            return
        known = self._in_force.get(statement.identity)
        if known is None or statement.version > known.version:
            self._in_force[statement.identity] = statement
            self._forget()

    def apply_partner(self, value: bytes | None) -> None:
        """Take one record of the partners' topic: the last one of a key is in force."""
        found = registration_from(value)
        if found is not None:
            key_id, registration = found
            self._registrations[key_id] = registration
            self._forget()

    def live_reports(self) -> list[Report]:
        """The activity reports that count."""
        contents = (statement.content for statement in self._in_force.values())
        return [content for content in contents if isinstance(content, Report)]

    def in_force(self, kind: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Source and data of every statement in force of a kind other than activity."""
        return [
            (identity[0], statement.content)
            for identity, statement in self._in_force.items()
            if identity[1] == kind and isinstance(statement.content, dict)
        ]

    def table(
        self,
        name: str,
        period: str,
        region: str = COUNTRY,
        *,
        layer: str | None = None,
        is_map_17: bool = False,
        basis: str = "hours",
    ) -> Table:
        """A table as the API should answer it: rows, missing, and for hours what stands beside."""
        if name in CENSUS_TABLES:
            return self._census_table(name, period, region, is_map_17=is_map_17)
        if name in STATEMENT_TABLES:
            return self._statement_table(name, period, region, is_map_17=is_map_17)
        view = self._view(period, is_map_17=is_map_17)
        if name == "grants":
            indicators = [data for _, data in self.in_force("grant-indicator")]
            return service_tables.grants(view, span_of(period), region, layer, indicators)
        missing = activity_tables.without_reports(view, region)
        if name == "representedness":
            rows = activity_tables.representedness(view, region, basis)
            return {"rows": rows, "missing": missing}
        if name in ("economy", "support"):
            found = self._with_references(name, view, period, region, layer)
            return {"rows": found["rows"], "missing": [*missing, *found["missing"]]}
        answer: Table = {"rows": _BY_LAYER[name](view, region, layer), "missing": missing}
        if name == "hours":
            answer["totals"] = activity_tables.hours_totals(view, region)
            answer["not_attributable"] = activity_tables.not_attributable(view, region)
        return answer

    def _with_references(
        self, name: str, view: View, period: str, region: str, layer: str | None
    ) -> Table:
        stated, window = self.in_force("reference"), span_of(period)
        if name == "economy":
            tables = ("wages_by_region", "wages_by_activity", "working_time")
            books = Books(*(best_first(stated, table, window) for table in tables))
            return economy(view, window, region, layer, books)
        thresholds = best_first(stated, "support_thresholds", window)
        return {
            "rows": service_tables.support(view, window, region, layer, thresholds),
            "missing": service_tables.support_missing(window, thresholds),
        }

    def _statement_table(self, name: str, period: str, region: str, *, is_map_17: bool) -> Table:
        window = span_of(period)
        if name == "programme":
            expected = regions_expected(window.first_day, is_map_17=is_map_17)
            return statement_tables.programme(
                self.in_force("milestone"), expected, window, region, is_map_17=is_map_17
            )
        received, resolved = self.in_force("inquiry-received"), self.in_force("inquiry-resolved")
        rows = statement_tables.inquiries(received, resolved, window, region, is_map_17=is_map_17)
        return {"rows": rows, "missing": []}

    def _census_table(self, name: str, period: str, region: str, *, is_map_17: bool) -> Table:
        view = self._census_view(period, is_map_17=is_map_17)
        if name == "volunteers":
            rows = census_tables.volunteers(view, region)
        elif name == "organisations":
            rows = census_tables.organisations(view, region)
        else:
            rows = census_tables.coverage(view, region, self._estimates(period))
        return {"rows": rows, "missing": census_tables.missing(view, region, name)}

    def _view(self, period: str, *, is_map_17: bool) -> View:
        key = (period, is_map_17)
        if self._cells is None:
            self._cells = cells_of(self.live_reports())
        if key not in self._views:
            self._views[key] = view_of(self._cells, span_of(period), is_map_17=is_map_17)
        return self._views[key]

    def _census_view(self, period: str, *, is_map_17: bool) -> CensusView:
        key, span = (period, is_map_17), span_of(period)
        if key not in self._census_views:
            self._census_views[key] = CensusView(
                snapshots_of(
                    self.in_force("census"),
                    self._registrations.values(),
                    span,
                    is_map_17=is_map_17,
                ),
                regions_expected(span.first_day, is_map_17=is_map_17),
                is_month=span.first == span.last,
            )
        return self._census_views[key]

    def _estimates(self, period: str) -> Mapping[str, Mapping[str, Any]]:
        """By what is estimated, the row of the latest period that ends no later than the window."""
        end = span_of(period).last
        tables = []
        for source, data in self.in_force("reference"):
            if data.get("table") == "estimate" and span_of(str(data["period"])).last <= end:
                stated = span_of(str(data["period"]))
                tables.append(((stated.last, stated.first), source, data["rows"]))
        # The narrower of two periods that end together says more; then the lower source wins.
        tables.sort(key=lambda item: item[1], reverse=True)
        tables.sort(key=lambda item: item[0])
        return {row["what"]: row for _, _, rows in tables for row in reversed(rows)}

    def _forget(self) -> None:
        self._cells = None
        self._views.clear()
        self._census_views.clear()
