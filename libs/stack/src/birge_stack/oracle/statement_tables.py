"""Inquiries and regional programmes: rules 26 and 27."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from birge_stack.oracle.spans import Span, span_of
from birge_stack.oracle.territory import COUNTRY, place_of
from birge_stack.oracle.views import null_last

Row = dict[str, Any]
Stated = Sequence[tuple[str, Mapping[str, Any]]]
DUE = {
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


def inquiries(
    received: Stated, resolved: Stated, window: Span, region: str, *, is_map_17: bool
) -> list[Row]:
    """All, then by channel, content, country, gender, region and whether they were related."""
    results = {
        (source, data["inquiry_id"]): date.fromisoformat(data["resolved_on"])
        for source, data in resolved
    }
    counted = []
    for source, data in received:
        came = date.fromisoformat(data["received_on"])
        place = data.get("region")
        place = None if place is None else place_of(place, is_map_17=is_map_17)
        if window.first <= came.year * 12 + came.month - 1 <= window.last and region in (
            COUNTRY,
            place,
        ):
            done = results.get((source, data["inquiry_id"]))
            days = None if done is None else max(0, (done - came).days)
            known = {"region": place, "related": bool(data["related"])}
            counted.append({**data, **known, "came": came, "days": days})
    rows = [_row("total", None, counted, window)] if counted else []
    for by in ("channel", "content", "country", "gender", "region", "related"):
        groups: defaultdict[str | None, list[Row]] = defaultdict(list)
        for one in counted:
            value = one.get(by)
            groups[str(value).lower() if isinstance(value, bool) else value].append(one)
        rows += [_row(by, value, groups[value], window) for value in sorted(groups, key=null_last)]
    return rows


def _row(by: str, value: str | None, counted: Sequence[Row], window: Span) -> Row:
    days = sorted(one["days"] for one in counted if one["days"] is not None)
    after = window.last + 1
    last_day = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    waiting = [one for one in counted if one["days"] is None]
    middle: int | float | None = None
    if days:
        low, high = days[(len(days) - 1) // 2], days[len(days) // 2]
        middle = (low + high) / 2
    return {
        "by": by,
        "value": value,
        "received": len(counted),
        "related": len([one for one in counted if one["related"]]),
        "resolved": len(days),
        "open": len(waiting),
        "overdue": len([one for one in waiting if last_day - one["came"] > timedelta(days=15)]),
        "median_days": middle,
        "p90_days": days[ceil(len(days) * 9 / 10) - 1] if days else None,
    }


def programme(
    stated: Stated, expected: Sequence[str], window: Span, region: str, *, is_map_17: bool
) -> dict[str, list[Row]]:
    """Ten milestones of each region that stated one and of the country, and the silent regions."""
    held: defaultdict[str, defaultdict[str, defaultdict[Any, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for _, data in stated:
        day = data.get("held_on")
        span = span_of(day[:7]) if day else span_of(str(data["year"]))
        if window.holds(span):
            place = place_of(data["region"], is_map_17=is_map_17)
            number = (data["region"], data["year"], data["n"])
            held[place][data["milestone"]][number] |= (
                {"H1" if day[5:7] < "07" else "H2"} if day else set()
            )
    is_year = window.first % 12 == 0 and window.last - window.first == 11
    rows, missing = [], []
    for place in sorted(held):
        for milestone, required in DUE.items():
            numbers = held[place][milestone]
            met: bool | None = len(numbers) >= required
            if milestone == "gratitude_letters" and met:
                halves = {half for several in numbers.values() for half in several}
                if len(halves) == 1 or not halves:
                    met = False if all(numbers.values()) else None
            row = {"region": place, "milestone": milestone, "done": len(numbers)}
            rows.append({**row, "required": required, "met": met if is_year else None})
            if is_year and met is None and region in (COUNTRY, place):
                what = "gratitude_letters.held_on"
                missing.append({"region": place, "what": what, "reason": "not_provided"})
    silent = [place for place in expected if place not in held]
    missing += [
        {"region": place, "what": "programme", "reason": "no_submission"}
        for place in silent
        if region in (COUNTRY, place)
    ]
    if not is_year:
        missing.append({"region": COUNTRY, "what": "met", "reason": "yearly"})
    if region != COUNTRY:
        return {"rows": [row for row in rows if row["region"] == region], "missing": missing}
    of_country = [
        _of_country(rows, milestone, required, len(held) + len(silent), bool(silent))
        for milestone, required in DUE.items()
        if rows
    ]
    if not is_year:
        of_country = [{**row, "met": None} for row in of_country]
    return {"rows": [*of_country, *rows], "missing": missing}


def _of_country(
    rows: Sequence[Row], milestone: str, required: int, places: int, is_any_silent: bool
) -> Row:
    """What the regions did together; met if all did, not met if one did not."""
    own = [row for row in rows if row["milestone"] == milestone]
    met: bool | None = True
    if any(row["met"] is False for row in own):
        met = False
    elif is_any_silent or any(row["met"] is None for row in own):
        met = None
    return {
        "region": COUNTRY,
        "milestone": milestone,
        "done": sum(row["done"] for row in own),
        "required": required * places,
        "met": met,
    }
