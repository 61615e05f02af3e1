"""What keeps a publication back, and what its editors should know, found in its frozen figures.

The same figure is added up here from other answers than the one it stands in: a sum that does
not hold is a fault of ours, and no edition comes out with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from birge_aggregator.domain.period import stated_window
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.publication.sums import disagreements
from birge_aggregator.domain.territory import COUNTRY

ERROR, WARNING = "error", "warning"

LAYERS = ("front_office", "grant", "independent")
_COUNTED = ("hours", "directions", "formats", "participants", "development", "steady_work")
OWED: Mapping[str, tuple[str, ...]] = {
    **{table: ("coverage",) for table in (*_COUNTED, "volunteers", "organisations", "coverage")},
    "economy": ("coverage", "net_basis"),
    "capture_recapture": ("capture_recapture",),
    "distinct_volunteers": ("named_volunteers",),
}
"""The caveats that an answer of the table never travels without, where it has rows."""

_METHODS: Mapping[str, tuple[str, ...]] = {
    "economy": ("method", "wage_source"),
    "coverage": ("method",),
}
_SILENT = "no_submission"


@dataclass(frozen=True)
class Note:
    """An error keeps the publication back, a warning informs; `code` says what it is about.

    `expected` and `found` where figures disagree, `count` where several things are meant.
    """

    importance: str
    code: str
    table: str | None = None
    window: str | None = None
    region: str | None = None
    what: str | None = None
    expected: float | None = None
    found: float | None = None
    count: int | None = None


def notes_of(answers: Answers, period: str) -> list[Note]:
    """Errors first. The answers are those before small cells were suppressed."""
    found = [
        note
        for check in (_sums_of_hours, _caveats, _methods)
        for key, frame in sorted(answers.items())
        for note in check(key, frame)
    ]
    found += _halves(answers, period)
    found += _disagreements(answers)
    found += _emptiness(answers, period)
    found += _findings(answers[AnswerKey("quality", period)])
    found += _silence(answers[AnswerKey("hours", period)])
    return sorted(found, key=lambda note: note.importance != ERROR)


def _sums_of_hours(key: AnswerKey, frame: Frame) -> Iterator[Note]:
    """The country's rows are their regions' sum, and the totals are those of the rows."""
    if key.table != "hours":
        return
    rows, totals = frame["rows"], frame["totals"]
    for layer in LAYERS:
        of_layer = [row for row in rows if row["layer"] == layer]
        own = _sum(of_layer, "hours", region=key.region)
        yield from _unequal(key, layer, own, totals[layer])
        if key.region == COUNTRY:
            of_regions = _sum(of_layer, "hours") - own + _of_no_region(frame, layer)
            yield from _unequal(key, f"{layer} of all regions", of_regions, totals[layer])
    counted = _sum(rows, "already_counted", region=key.region)
    yield from _unequal(key, "already_counted", counted, totals["already_counted"])
    whole = sum((_exact(totals[layer]) for layer in LAYERS), Decimal(0))
    net = whole - _exact(totals["already_counted"])
    yield from _unequal(key, "grand_total", net, totals["grand_total"])


def _of_no_region(frame: Frame, layer: str) -> Decimal:
    """Hours inside the window that were stated for the country alone."""
    window = stated_window(frame["period"])
    stated = [
        row
        for row in frame.get("not_attributable", ())
        if row["layer"] == layer and window.contains(stated_window(row["period"]))
    ]
    return _sum(stated, "hours", region=COUNTRY)


def _halves(answers: Answers, period: str) -> Iterator[Note]:
    """A year is its halves, and what was stated for the whole year alone."""
    year = AnswerKey("hours", period)
    halves = [year._replace(window=f"{period}-{half}") for half in ("H1", "H2")]
    if halves[0] not in answers or halves[1] not in answers:
        return
    whole = answers[year]["totals"]
    stated = [
        row for row in answers[halves[0]].get("not_attributable", ()) if row["period"] == period
    ]
    for layer in LAYERS:
        parts = sum((_exact(answers[half]["totals"][layer]) for half in halves), Decimal(0))
        parts += _sum([row for row in stated if row["layer"] == layer], "hours")
        yield from _unequal(year, f"{layer} of both halves", parts, whole[layer])


def _disagreements(answers: Answers) -> Iterator[Note]:
    for one in disagreements(answers):
        yield Note(
            ERROR,
            one.code,
            one.key.table,
            one.key.window,
            one.key.region,
            one.what,
            expected=float(one.expected),
            found=float(one.found),
        )


def _caveats(key: AnswerKey, frame: Frame) -> Iterator[Note]:
    if not frame["rows"]:
        return
    said = {one["code"] for one in frame["caveats"]}
    owed = set(OWED.get(key.table, ()))
    if any(one["reason"] == _SILENT for one in frame["missing"]) and key.table in _COUNTED:
        owed.add("missing_submissions")
    for code in sorted(owed - said):
        yield Note(ERROR, "no_caveat", key.table, key.window, key.region, code)


def _methods(key: AnswerKey, frame: Frame) -> Iterator[Note]:
    for name in _METHODS.get(key.table, ()):
        without = [row for row in frame["rows"] if not row[name] and _has_a_figure(row)]
        if without:
            yield Note(
                ERROR, "no_method", key.table, key.window, key.region, name, count=len(without)
            )


def _has_a_figure(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) is not None for name in ("tenge", "low", "high", "estimate"))


def _findings(quality: Frame) -> Iterator[Note]:
    for importance, code in ((ERROR, "open_error"), (WARNING, "open_warning")):
        open_ = [
            row
            for row in quality["rows"]
            if (row["state"], row["importance"]) == ("open", importance)
        ]
        for check in sorted({row["check"] for row in open_}):
            count = sum(row["check"] == check for row in open_)
            yield Note(importance, code, "quality", quality["period"], what=check, count=count)


def _emptiness(answers: Answers, period: str) -> Iterator[Note]:
    """An edition of a period that nobody reported anything about would publish gaps alone."""
    if not any(answers[AnswerKey(table, period)]["rows"] for table in ("hours", "volunteers")):
        yield Note(ERROR, "nothing_reported", "hours", period)


def _silence(hours: Frame) -> Iterator[Note]:
    for one in hours["missing"]:
        if one["reason"] == _SILENT:
            yield Note(WARNING, "region_silent", "hours", hours["period"], one["region"])


def _unequal(key: AnswerKey, what: str, expected: Decimal | int, found: Any) -> Iterator[Note]:
    if found is not None and _exact(found) != expected:
        yield Note(
            ERROR,
            "sum",
            key.table,
            key.window,
            key.region,
            what,
            expected=float(expected),
            found=float(found),
        )


def _sum(rows: Sequence[Mapping[str, Any]], name: str, region: str | None = None) -> Decimal:
    values = [row[name] for row in rows if region in (None, row["region"])]
    return sum((_exact(value) for value in values if value is not None), Decimal(0))


def _exact(value: Any) -> Decimal:
    return Decimal(str(value or 0))
