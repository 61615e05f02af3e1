"""Volunteer NGOs and initiative groups, in each region and of the national number."""

from collections.abc import Sequence

from birge_aggregator.domain.census import ORGANISATIONS, Snapshot
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import caveat
from birge_aggregator.domain.tables.volunteers import (
    census_caveats,
    missing_figures,
    of,
    prevailing,
    total_given,
)
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "region",
    "ngos",
    "initiative_groups",
    "ngo_pct_of_region",
    "group_pct_of_region",
    "pct_of_national_ngos",
    "pct_of_national_groups",
    "prevailing",
)


def organisations(figures: Figures, question: Question) -> Table:
    """Ratios only where both figures were given; the national bases are those regions' sums.

    The country's row still shows every figure that was given.
    """
    censuses = figures.censuses
    complete = [snapshot for snapshot in censuses.values() if is_complete(snapshot)]
    rows = [
        _row(region, snapshot["ngos"], snapshot["initiative_groups"], [snapshot], complete)
        for region, snapshot in censuses.items()
        if region != COUNTRY and question.region in (COUNTRY, region)
    ]
    if question.region == COUNTRY and censuses:
        everywhere = list(censuses.values())
        ngos, groups = (total_given(everywhere, name) for name in ORGANISATIONS)
        rows.insert(0, _row(COUNTRY, ngos, groups, complete, complete))
    missing = missing_figures(figures, question.region, censuses, ORGANISATIONS)
    caveats = census_caveats(figures, question.region, missing)
    without = [code for code, snapshot in censuses.items() if not is_complete(snapshot)]
    if without:
        caveats.append(caveat("national_base", without))
    return Table(rows, missing, caveats, columns=COLUMNS)


def is_complete(snapshot: Snapshot) -> bool:
    """Whether both figures were given."""
    return all(snapshot[name] is not None for name in ORGANISATIONS)


def _row(
    region: str,
    ngos: int | None,
    groups: int | None,
    counted: Sequence[Snapshot],
    complete: Sequence[Snapshot],
) -> Row:
    """`counted` are the regions whose figures the ratios of this row are made from."""
    usable = [snapshot for snapshot in counted if is_complete(snapshot)]
    own_ngos, own_groups = (total_given(usable, name) for name in ORGANISATIONS)
    both = None if own_ngos is None or own_groups is None else own_ngos + own_groups
    return {
        "region": region,
        "ngos": ngos,
        "initiative_groups": groups,
        "ngo_pct_of_region": of(own_ngos, both),
        "group_pct_of_region": of(own_groups, both),
        "pct_of_national_ngos": of(own_ngos, total_given(complete, "ngos")),
        "pct_of_national_groups": of(own_groups, total_given(complete, "initiative_groups")),
        "prevailing": prevailing(counted, ORGANISATIONS),
    }
