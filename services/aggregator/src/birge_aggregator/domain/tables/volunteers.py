"""Volunteers by gender, age and occupation, from the half-yearly census."""

from collections.abc import Mapping, Sequence

from birge_aggregator.domain.census import (
    AGES,
    GENDERS,
    OCCUPATIONS,
    Snapshot,
    path_of,
)
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import percentage
from birge_aggregator.domain.period import a_year_before, half_years_inside, stated_window
from birge_aggregator.domain.quality.changes import standing_of_change
from birge_aggregator.domain.quality.explanations import Explanations, Standing
from birge_aggregator.domain.statements import EXPLANATION
from birge_aggregator.domain.tables.answer import Caveat, Missing, Question, Row, Table
from birge_aggregator.domain.tables.caveats import caveat
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "region",
    "census_period",
    "total",
    "men",
    "women",
    "men_pct",
    "women_pct",
    "prevailing",
    *(f"age.{name}" for name in AGES),
    *(f"age_pct.{name}" for name in AGES),
    *(f"occupation.{name}" for name in OCCUPATIONS),
    *(f"occupation_pct.{name}" for name in OCCUPATIONS),
    "share_of_country_pct",
    "previous",
    "change_pct",
    "change_state",
    "change_reason",
    "change_explained_by",
    "change_text",
    "boundary_change",
)
SHOWN = ("total", *GENDERS, *AGES, *OCCUPATIONS)


def volunteers(figures: Figures, question: Question) -> Table:
    """A row for each region with a census, and for the country the sum of what was given."""
    censuses = figures.censuses
    of_country = total_given(list(censuses.values()), "total")
    explanations = Explanations(figures.statements[EXPLANATION], figures.explainers)

    def row(region: str, snapshots: Sequence[Snapshot], period: str) -> Row:
        return {
            **_row(region, snapshots, period, of_country),
            **_reason(standing_of_change(region, period, snapshots, explanations)),
            "boundary_change": _is_redrawn(figures, region, period),
        }

    rows = [
        row(region, [snapshot], snapshot.period)
        for region, snapshot in censuses.items()
        if region != COUNTRY and question.region in (COUNTRY, region)
    ]
    if question.region == COUNTRY and censuses:
        latest = max(snapshot.period for snapshot in censuses.values())
        rows.insert(0, row(COUNTRY, list(censuses.values()), latest))
    missing = missing_figures(figures, question.region, censuses, SHOWN)
    caveats = census_caveats(figures, question.region, missing)
    if redrawn := [row["region"] for row in rows if row["boundary_change"]]:
        caveats.append(caveat("boundary_compared", redrawn))
    return Table(rows, missing, caveats, columns=COLUMNS)


def _reason(standing: Standing | None) -> Row:
    """What is said of a large change on the year before; all null where it is not large."""
    return {
        "change_state": standing and standing.state,
        "change_reason": standing and standing.reason,
        "change_explained_by": standing and standing.explained_by,
        "change_text": standing and standing.text,
    }


def _is_redrawn(figures: Figures, region: str, period: str) -> bool:
    """Whether the year before was counted on another territory."""
    half, before = stated_window(period), stated_window(a_year_before(period))
    return figures.regions.is_redrawn_between(region, before.first_month, half.first_month)


def _row(region: str, snapshots: Sequence[Snapshot], period: str, of_country: int | None) -> Row:
    """The change is over the regions that gave both years: comparing unequal sets misleads."""
    total = total_given(snapshots, "total")
    previous = [one.previous_total for one in snapshots if one.previous_total is not None]
    return {
        "region": region,
        "census_period": period,
        "total": total,
        "men": total_given(snapshots, "men"),
        "women": total_given(snapshots, "women"),
        "men_pct": share(snapshots, "men"),
        "women_pct": share(snapshots, "women"),
        "prevailing": prevailing(snapshots, GENDERS),
        "age": {name: total_given(snapshots, name) for name in AGES},
        "age_pct": {name: share(snapshots, name) for name in AGES},
        "occupation": {name: total_given(snapshots, name) for name in OCCUPATIONS},
        "occupation_pct": {name: share(snapshots, name) for name in OCCUPATIONS},
        "share_of_country_pct": of(total, of_country),
        "previous": sum(previous) if previous else None,
        "change_pct": _change(snapshots),
    }


def _change(snapshots: Sequence[Snapshot]) -> float | None:
    both = [
        (total, one.previous_total)
        for one in snapshots
        if (total := one["total"]) is not None and one.previous_total is not None
    ]
    before = sum(previous for _, previous in both)
    return percentage(sum(total for total, _ in both) - before, before)


def total_given(snapshots: Sequence[Snapshot], name: str) -> int | None:
    """The sum over the regions that gave the figure; None where none did."""
    provided = [value for snapshot in snapshots if (value := snapshot[name]) is not None]
    return sum(provided) if provided else None


def share(snapshots: Sequence[Snapshot], name: str) -> float | None:
    """A part of the total in per cent, over the regions that gave both."""
    both = [
        (part, total)
        for snapshot in snapshots
        if (part := snapshot[name]) is not None and (total := snapshot["total"]) is not None
    ]
    return percentage(sum(part for part, _ in both), sum(total for _, total in both))


def of(part: int | None, whole: int | None) -> float | None:
    """`part` of `whole` in per cent; None where either was not provided."""
    return None if part is None or whole is None else percentage(part, whole)


def prevailing(snapshots: Sequence[Snapshot], names: Sequence[str]) -> str | None:
    """The name of the greater of two figures, or `equal`, over the regions that gave both."""
    both = [
        (first, second)
        for one in snapshots
        if (first := one[names[0]]) is not None and (second := one[names[1]]) is not None
    ]
    if not both:
        return None
    first, second = (sum(values) for values in zip(*both, strict=True))
    return "equal" if first == second else names[0] if first > second else names[1]


def missing_figures(
    figures: Figures, region: str, censuses: Mapping[str, Snapshot], shown: Sequence[str]
) -> list[Missing]:
    """Regions without a census, and figures that a census left out."""
    reason = "no_submission" if half_years_inside(figures.window) else "half_yearly"
    found = [
        Missing(code, "census", reason)
        for code in figures.regions.expected
        if code not in censuses and region in (COUNTRY, code)
    ]
    for code, snapshot in censuses.items():
        if region in (COUNTRY, code):
            found += [
                Missing(code, path_of(name), "not_provided")
                for name in shown
                if snapshot[name] is None
            ]
    return sorted(found, key=lambda item: item.region)


def census_caveats(figures: Figures, region: str, missing: Sequence[Missing]) -> list[Caveat]:
    """The caveats of every table made from censuses."""
    asked = {
        code: snapshot for code, snapshot in figures.censuses.items() if region in (COUNTRY, code)
    }
    is_year = figures.window.months == 12
    regions_by_code = {
        "missing_submissions": [item.region for item in missing if item.reason == "no_submission"],
        "first_half_only": [
            code for code, found in asked.items() if is_year and found.period.endswith("H1")
        ],
        "method_note": [code for code, found in asked.items() if found.method_note],
    }
    return [caveat("coverage")] + [
        caveat(code, regions) for code, regions in regions_by_code.items() if regions
    ]
