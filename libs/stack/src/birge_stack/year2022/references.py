"""Reference data: printed totals, estimates, thresholds, and made-up wages that say so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from birge_stack.year2022.envelope import REFERENCE_PUBLISHED, Planned
from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.partners import (
    DEMONSTRATION_SOURCE,
    NETWORK,
    NETWORK_SOURCE,
    REFERENCE_DATA,
    STATISTICS_BUREAU_SOURCE,
)
from birge_stack.year2022.printed_totals import printed_totals
from birge_stack.year2022.statements import statement
from birge_stack.year2022.support import AT_LEAST_PCT_OF_MONTHS

REPORT = "National Volunteer Network, analytical report 2022"
MADE_UP = "Made up for this demonstration: no published source"
_SENT_ON = date(2022, 12, 28)


def references() -> Iterator[Planned]:
    """Every table of reference data that the year needs."""
    published = figures_of_2022().published
    wage = published["economic"]["average_wage_month_2022"]
    national_wage = [{"region": "KZ", "tenge_per_month": wage["tenge"]}]
    by_network = (NETWORK, NETWORK_SOURCE, REPORT)
    by_bureau = (REFERENCE_DATA, STATISTICS_BUREAU_SOURCE, wage["source"])
    made_up = (REFERENCE_DATA, DEMONSTRATION_SOURCE, MADE_UP)
    yield _published(by_network, "estimate", _estimates(published))
    yield _published(by_network, "printed_total", printed_totals(published))
    yield _published(by_network, "working_time", [_working_time(published)])
    yield _published(by_network, "support_thresholds", _thresholds())
    yield _published(by_bureau, "wages_by_region", national_wage)
    yield _published(made_up, "wages_by_region", _made_up_wages(wage["tenge"]))
    yield _published(made_up, "wages_by_activity", _made_up_activity_wages(wage["tenge"]))
    yield _published(made_up, "population", _made_up_population())


def _published(
    publisher: tuple[str, str, str], table: str, rows: Sequence[Mapping[str, Any]]
) -> Planned:
    partner, source, name = publisher
    return statement(
        REFERENCE_PUBLISHED,
        partner=partner,
        source=source,
        subject=f"{table}/2022",
        sent_on=_SENT_ON,
        data={
            "table": table,
            "period": "2022",
            "version": 1,
            "publisher": name,
            "rows": list(rows),
        },
    )


def _estimates(published: Mapping[str, Any]) -> list[dict[str, Any]]:
    at_least = published["volunteers"]["network_estimate_at_least"]
    return [
        {
            "what": "volunteers",
            "value": at_least,
            "low": at_least,
            "method": "Estimate of the National Volunteer Network, printed as at least",
        }
    ]


def _working_time(published: Mapping[str, Any]) -> dict[str, Any]:
    hours = published["economic"]["annual_hours"]
    return {"hours_per_year": hours, "days_per_year": hours // 8, "hours_per_day": 8}


def _thresholds() -> list[dict[str, Any]]:
    return [
        {"class": name, "at_least_pct_of_months": pct}
        for name, pct in AT_LEAST_PCT_OF_MONTHS.items()
    ]


def _made_up_wages(national: int) -> list[dict[str, Any]]:
    """Between 70 and 150 per cent of the national wage, in steps by the order of codes."""
    return [
        {"region": region, "tenge_per_month": national * (70 + 5 * place) // 100}
        for place, region in enumerate(figures_of_2022().regions)
    ]


def _made_up_activity_wages(national: int) -> list[dict[str, Any]]:
    activities = {
        "Education (made up)": ["bilim", "sabaqtastyq"],
        "Health and social services (made up)": ["saylyq", "qamqor", "other_social"],
        "Water supply, waste, environment (made up)": ["taza_alem", "ayala"],
        "Public safety (made up)": ["umit"],
        "Arts, entertainment, media (made up)": ["culture", "media", "asyl_mura"],
    }
    return [
        {"activity": name, "directions": codes, "tenge_per_month": national * pct // 100}
        for (name, codes), pct in zip(activities.items(), (80, 85, 95, 105, 90), strict=True)
    ]


def _made_up_population() -> list[dict[str, Any]]:
    regions = figures_of_2022().regions
    rows = [
        {"region": region, "persons": 600_000 + 70_000 * place}
        for place, region in enumerate(regions)
    ]
    return [{"region": "KZ", "persons": sum(row["persons"] for row in rows)}, *rows]
