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
    """Ten milestones of each region that stated one, and the silent regions."""
    done: defaultdict[str, defaultdict[str, set[tuple[str, int, int]]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for _, data in stated:
        held = data.get("held_on")
        span = span_of(held[:7]) if held else span_of(str(data["year"]))
        if window.holds(span):
            place = place_of(data["region"], is_map_17=is_map_17)
            done[place][data["milestone"]].add((data["region"], data["year"], data["n"]))
    is_year = window.first % 12 == 0 and window.last - window.first == 11
    rows = [
        {
            "region": place,
            "milestone": milestone,
            "done": len(done[place][milestone]),
            "required": required,
            "met": len(done[place][milestone]) >= required if is_year else None,
        }
        for place in sorted(done)
        if region in (COUNTRY, place)
        for milestone, required in DUE.items()
    ]
    missing = [
        {"region": place, "what": "programme", "reason": "no_submission"}
        for place in expected
        if place not in done and region in (COUNTRY, place)
    ]
    if not is_year:
        missing.append({"region": COUNTRY, "what": "met", "reason": "yearly"})
    return {"rows": rows, "missing": missing}
