"""Recounts everything from the log's records, by the contracts alone."""

from collections.abc import Callable, Mapping
from typing import Any

from birge_stack.oracle import (
    activity_tables,
    census_tables,
    people_tables,
    quality_table,
    service_tables,
    statement_tables,
)
from birge_stack.oracle.censuses import Registration
from birge_stack.oracle.economy_table import Books, economy
from birge_stack.oracle.findings import Explained, explanations_by_finding
from birge_stack.oracle.live import Live, Stated
from birge_stack.oracle.quality_year import QualityYear, quality_year
from birge_stack.oracle.references import best_first
from birge_stack.oracle.registrations import registration_from
from birge_stack.oracle.spans import span_of
from birge_stack.oracle.statements import Identity, Report, Statement, Unreadable, statement_from
from birge_stack.oracle.territory import COUNTRY, regions_expected
from birge_stack.oracle.views import View

ACTIVITY_TABLES = (
    *("hours", "directions", "formats", "participants", "representedness"),
    *("development", "support", "economy", "grants"),
)
CENSUS_TABLES = ("volunteers", "organisations", "coverage")
STATEMENT_TABLES = ("inquiries", "programme")
QUALITY_TABLES = ("quality", "submissions")
PEOPLE_TABLES = ("steady_work", "distinct_volunteers", "capture_recapture")
TABLES = (
    *(*ACTIVITY_TABLES, *CENSUS_TABLES, *STATEMENT_TABLES),
    *(*QUALITY_TABLES, *PEOPLE_TABLES),
)

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
        self._live: Live | None = None
        self._quality_years: dict[tuple[int, bool], QualityYear] = {}

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
        return self._now().reports

    def in_force(self, kind: str) -> Stated:
        """Source and data of every statement in force of a kind other than activity."""
        return self._now().stated(kind)

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
        if name in QUALITY_TABLES:
            return self._quality_table(name, period, region, is_map_17=is_map_17)
        if name in PEOPLE_TABLES:
            return self._people_table(name, period, region, layer, is_map_17=is_map_17)
        view = self._now().view(period, is_map_17=is_map_17)
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
        view = self._now().census_view(period, is_map_17=is_map_17)
        if name == "volunteers":
            rows = census_tables.volunteers(view, region, self._explained(), is_map_17=is_map_17)
        elif name == "organisations":
            rows = census_tables.organisations(view, region)
        else:
            rows = census_tables.coverage(view, region, self._now().estimates(period))
        return {"rows": rows, "missing": census_tables.missing(view, region, name)}

    def _quality_table(self, name: str, period: str, region: str, *, is_map_17: bool) -> Table:
        window = span_of(period)
        years = [self._quality_year(year, is_map_17=is_map_17) for year in window.years]
        if name == "submissions":
            rows = quality_table.submissions((year.offices for year in years), window, region)
            return {"rows": rows, "missing": [], "totals": quality_table.submission_totals(rows)}
        findings = [finding for year in years for finding in year.findings]
        rows = quality_table.quality(findings, window, region, self._explained())
        return {"rows": rows, "missing": []}

    def _explained(self) -> Explained:
        return explanations_by_finding(self.in_force("explanation"), self._now().registrations)

    def _quality_year(self, year: int, *, is_map_17: bool) -> QualityYear:
        live, key = self._now(), (year, is_map_17)
        if key not in self._quality_years:
            self._quality_years[key] = quality_year(live, year, is_map_17=is_map_17)
        return self._quality_years[key]

    def _people_table(
        self, name: str, period: str, region: str, layer: str | None, *, is_map_17: bool
    ) -> Table:
        live = self._now()
        people = live.people_view(period, is_map_17=is_map_17)
        if name == "capture_recapture":
            censuses = live.census_view(period, is_map_17=is_map_17)
            estimates = live.estimates(period)
            coverage = census_tables.coverage(censuses, region, estimates)
            return people_tables.capture_recapture(people, region, estimates, coverage)
        view = live.view(period, is_map_17=is_map_17)
        rows = (
            people_tables.steady_work(view, region, layer)
            if name == "steady_work"
            else people_tables.distinct_volunteers(people, region, layer)
        )
        return {"rows": rows, "missing": activity_tables.without_reports(view, region)}

    def _now(self) -> Live:
        if self._live is None:
            self._live = Live(self._in_force, tuple(self._registrations.values()))
        return self._live

    def _forget(self) -> None:
        self._live = None
        self._quality_years.clear()
