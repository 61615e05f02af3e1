"""What is specific to a region, in sentences: its own shares and past, and no place in a row."""

from collections.abc import Sequence

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.pages.site.activity import BASIS, OVER, why_no_hours
from birge_aggregator.pages.site.charts import Series, series
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.said import absence, number, percent
from birge_aggregator.pages.site.telling import Telling, rows_of
from birge_common.codelists import DIRECTIONS
from birge_common.web.pages.words import Words


def specifics(
    words: Words, directions: Frame, marks: Frame, steady: Telling, of_country: Telling
) -> list[str]:
    """What sets the region apart, one sentence each; empty where nothing is known."""
    return [
        *_prevailing(words, marks),
        *_top_region(words, directions),
        *_steady(steady, of_country),
    ]


def _prevailing(words: Words, marks: Frame) -> list[str]:
    _ = words
    return [
        _(
            "Over a quarter of its hours: %(direction)s (%(share)s).",
            direction=_.of(DIRECTIONS[row["direction"]].names),
            share=percent(_, row["share_pct"], absence(_, marks, row["region"], "share_pct")),
        )
        for row in rows_of(marks, mark=OVER)
    ]


def _top_region(words: Words, directions: Frame) -> list[str]:
    _, region = words, directions["region"]
    return [
        _(
            "The largest part of the country’s hours in %(direction)s: %(share)s.",
            direction=_.of(DIRECTIONS[row["direction"]].names),
            share=percent(_, top["share_pct"], absence(_, directions, region, "share_pct")),
        )
        for row in rows_of(directions, layer=BASIS)
        if (top := row["top_region"]) and top["region"] == region and row["direction"]
    ]


def _steady(own: Telling, country: Telling) -> list[str]:
    _ = own.words
    if own.value("steady_pct") is None:
        return []
    return [
        _(
            "Steady work makes up %(share)s of the hours here, %(country)s in the country.",
            share=own.percent("steady_pct"),
            country=country.percent("steady_pct"),
        )
    ]


def volunteers_then(whole: Telling, halves: Sequence[tuple[str, Telling]]) -> Series:
    """The region's volunteers by the census a year before and by each census since."""
    _, last = whole.words, whole.value("census_period")
    points = []
    if last is not None:
        before = period_name(_, f"{int(last[:4]) - 1}{last[4:]}")
        points.append((before, whole.value("previous"), whole.number("previous")))
    for window, census in halves:
        points.append((period_name(_, window), census.value("total"), census.number("total")))
    return series(_("Volunteers by census"), points)


def hours_then(words: Words, halves: Sequence[tuple[str, Frame]]) -> Series:
    """The hours that the region's office saw in each half-year."""
    _ = words
    points = []
    for window, frame in halves:
        value = frame["totals"][BASIS] if frame["rows"] else None
        said = number(_, value, why_no_hours(_, frame))
        points.append((period_name(_, window), value, said))
    return series(_("Hours seen by the front office"), points)
