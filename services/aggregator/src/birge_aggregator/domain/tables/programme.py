"""The checklist of a region's programme for volunteering, year by year."""

from collections.abc import Mapping, Sequence

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


EACH_HALF = "gratitude_letters"
"""Due in every half-year, so that two of one half do not do for the other."""

_Number = tuple[str, int, int]
_Done = Mapping[tuple[str, str], Mapping[_Number, set[int]]]


def programme(figures: Figures, question: Question) -> Table:
    """All milestones of every region that stated one; whether enough were done, of whole years.

    Row `KZ` adds the regions up, and is met where every region expected has met it.
    """
    done = _done_in(figures)
    is_year = figures.window.months == 12 and figures.window.first_month % 12 == 0
    stating = sorted({region for region, _ in done})
    rows = [
        _row(done, region, milestone, required, is_year)
        for region in stating
        if question.region in (COUNTRY, region)
        for milestone, required in REQUIRED.items()
    ]
    silent = [
        code
        for code in figures.regions.expected
        if code not in stating and question.region in (COUNTRY, code)
    ]
    missing = [Missing(code, "programme", "no_submission") for code in silent]
    missing += [
        Missing(row["region"], f"{EACH_HALF}.held_on", "not_provided")
        for row in rows
        if is_year and row["met"] is None
    ]
    if not is_year:
        missing.append(Missing(COUNTRY, "met", "yearly"))
    if question.region == COUNTRY and rows:
        rows = [*_of_country(rows, [*stating, *silent], silent, is_year), *rows]
    caveats = [caveat("missing_submissions", silent)] if silent else []
    return Table(rows, missing, caveats, columns=COLUMNS)


def _done_in(figures: Figures) -> _Done:
    """By region and milestone every number done, with the halves of the year it was held in."""
    done: dict[tuple[str, str], dict[_Number, set[int]]] = {}
    for stated in figures.statements[MILESTONE]:
        region = figures.regions.place(stated.data["region"])
        when = held_in(stated)
        if when is None or not figures.window.contains(when):
            continue
        # Newer regions on the older map number their milestones for themselves.
        number = (stated.data["region"], stated.data["year"], stated.data["n"])
        numbers = done.setdefault((region, stated.data["milestone"]), {})
        halves = {when.first_month % 12 // 6} if when.months == 1 else set()
        numbers.setdefault(number, set()).update(halves)
    return done


def _row(done: _Done, region: str, milestone: str, required: int, is_year: bool) -> Row:
    numbers = done.get((region, milestone), {})
    met: bool | None = len(numbers) >= required
    if milestone == EACH_HALF and met and len(set().union(*numbers.values())) < required:
        # What has no day may be of the other half.
        met = None if not all(numbers.values()) else False
    return {
        "region": region,
        "milestone": milestone,
        "done": len(numbers),
        "required": required,
        "met": met if is_year else None,
    }


def _of_country(
    rows: Sequence[Row], regions: Sequence[str], silent: Sequence[str], is_year: bool
) -> list[Row]:
    """The regions' sums; one that is not met by any is not met, whoever is silent."""
    of_country: list[Row] = []
    for milestone, required in REQUIRED.items():
        own = [row for row in rows if row["milestone"] == milestone]
        marks = {row["met"] for row in own} | ({None} if silent else set())
        of_country.append(
            {
                "region": COUNTRY,
                "milestone": milestone,
                "done": sum(row["done"] for row in own),
                "required": required * len(regions),
                "met": (None if False not in marks and None in marks else False not in marks)
                if is_year
                else None,
            }
        )
    return of_country


def held_in(stated: Stated) -> Window | None:
    """The month it was held in, or the whole year where no day was given."""
    day = stated.data.get("held_on")
    return window_from(day[:7] if day else str(stated.data["year"]))
