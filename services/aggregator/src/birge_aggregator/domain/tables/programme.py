"""The checklist of a region's programme for volunteering, year by year."""

from collections.abc import Mapping

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.statements import MILESTONE, Stated
from birge_aggregator.domain.tables.answer import Missing, Question, Row, Table
from birge_aggregator.domain.tables.caveats import caveat
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = ("region", "milestone", "done", "required", "met")
REQUIRED: Mapping[str, int] = {
    "council": 1,
    "council_meeting": 2,
    "programme": 1,
    "support_centre": 1,
    "support_standard": 1,
    "training": 2,
    "briefing": 1,
    "regional_award": 1,
    "gratitude_letters": 2,
    "best_practices": 1,
}
"""How often a year each milestone is due: the report's technical task for the regions."""


def programme(figures: Figures, question: Question) -> Table:
    """All milestones of every region that stated one; whether enough were done, of whole years."""
    done: dict[tuple[str, str], set[tuple[str, int, int]]] = {}
    for stated in figures.statements[MILESTONE]:
        region = figures.regions.place(stated.data["region"])
        when = held_in(stated)
        if when is None or not figures.window.contains(when):
            continue
        # Newer regions on the older map number their milestones for themselves.
        number = (stated.data["region"], stated.data["year"], stated.data["n"])
        done.setdefault((region, stated.data["milestone"]), set()).add(number)
    is_year = figures.window.months == 12 and figures.window.first_month % 12 == 0
    rows: list[Row] = [
        {
            "region": region,
            "milestone": milestone,
            "done": len(numbers),
            "required": required,
            "met": len(numbers) >= required if is_year else None,
        }
        for region in sorted({region for region, _ in done})
        if question.region in (COUNTRY, region)
        for milestone, required in REQUIRED.items()
        for numbers in [done.get((region, milestone), set())]
    ]
    stating = {region for region, _ in done}
    silent = [
        code
        for code in figures.regions.expected
        if code not in stating and question.region in (COUNTRY, code)
    ]
    missing = [Missing(code, "programme", "no_submission") for code in silent]
    if not is_year:
        missing.append(Missing(COUNTRY, "met", "yearly"))
    caveats = [caveat("missing_submissions", silent)] if silent else []
    return Table(rows, missing, caveats, columns=COLUMNS)


def held_in(stated: Stated) -> Window | None:
    """The month it was held in, or the whole year where no day was given."""
    day = stated.data.get("held_on")
    return window_from(day[:7] if day else str(stated.data["year"]))
