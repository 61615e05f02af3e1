"""What each column of the tables is called and means."""

from collections.abc import Mapping

from birge_aggregator.pages.site.column_kinds import ColumnWords, Kind
from birge_aggregator.pages.site.columns_of_tables import GROUP, OF_TABLE, SHARE_OF_GROUP
from birge_common.web.pages.catalogues import N_

_C = ColumnWords

_COMMON: Mapping[str, ColumnWords] = {
    "region": _C(
        N_("Region"), N_("Where. The country’s row is of all regions together."), Kind.CODE
    ),
    "direction": _C(N_("Direction"), N_("What the hours were given for."), Kind.CODE),
    "layer": _C(
        N_("Layer"),
        N_(
            "Who saw it: front offices are the basis, grants and independent organisations "
            "stand beside it."
        ),
        Kind.CODE,
    ),
    "hours": _C(
        N_("Hours"),
        N_("Hours that volunteers worked, by the reports; what is not volunteering is left out."),
        Kind.HOURS,
    ),
    "events": _C(
        N_("Events"), N_("Number of events. Steady work has none, so compare hours first.")
    ),
    "volunteers": _C(
        N_("Engagements of volunteers"),
        N_("Persons added up over reports: who came twice counts twice."),
    ),
    "period": _C(N_("Period"), N_("The month, half-year or year."), Kind.PERIOD),
    "share_pct": _C(N_("Share"), N_("Share of the region’s own sum in the table."), Kind.PERCENT),
    "share_of_region_pct": _C(
        N_("Share of the region’s hours"),
        N_("Share of the hours of the same region and layer."),
        Kind.PERCENT,
    ),
    "prevailing": _C(N_("Prevails"), N_("Which of the two is the larger figure."), Kind.CODE),
    "method": _C(N_("Method"), N_("How the figure was made."), Kind.TEXT),
    "expected": _C(
        N_("Expected"), N_("What the figure should be by what it is held against."), Kind.HOURS
    ),
    "state": _C(N_("State"), N_("Whether somebody has explained it."), Kind.CODE),
    "reason": _C(N_("Reason"), N_("Why it is so, by who explained it."), Kind.CODE),
    "explained_by": _C(N_("Explained by"), N_("Who explained it."), Kind.TEXT),
    "estimate": _C(N_("Estimate"), N_("An estimate, which stands beside the count.")),
    "low": _C(N_("From"), N_("Lower bound.")),
    "high": _C(N_("To"), N_("Upper bound.")),
    "total": _C(N_("Volunteers"), GROUP),
    "men": _C(N_("Men"), GROUP),
    "women": _C(N_("Women"), GROUP),
    "men_pct": _C(N_("Men, share"), SHARE_OF_GROUP, Kind.PERCENT),
    "women_pct": _C(N_("Women, share"), SHARE_OF_GROUP, Kind.PERCENT),
    "received": _C(N_("Received"), N_("How many came in.")),
}


def column_words(table: str, column: str) -> ColumnWords:
    """The words of a column; KeyError where nobody has written them."""
    own = OF_TABLE.get(table, {})
    return own[column] if column in own else _COMMON[column]
