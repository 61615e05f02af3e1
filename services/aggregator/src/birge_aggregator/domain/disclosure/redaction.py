"""Takes figures out of a frame, and says there that they were taken out."""

from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import asdict
from typing import Any

from birge_aggregator.domain.disclosure.cell import Figure
from birge_aggregator.domain.disclosure.line import SUPPRESSED, value_at
from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.domain.tables.caveats import caveat
from birge_aggregator.domain.territory import COUNTRY

OF_SUBMISSIONS = frozenset({"completeness", "timeliness", "empty", "repeated"})
_OF_CENSUS = ("census", "organisations", "volunteers")
_CONTENT = "content"
_NUMBERS = ("expected", "found", "difference")


def without(frame: Frame, figures: Iterable[Figure]) -> Frame:
    """The frame with null for these figures; the frame itself where none of them is there."""
    taken = [one for one in figures if value_at(frame, one.path) is not None]
    if not taken:
        return frame
    public: dict[str, Any] = deepcopy(dict(frame))
    for figure in taken:
        inside: Any = public
        for step in figure.path[:-1]:
            inside = inside[step]
        inside[figure.path[-1]] = None
    return _told(public, [(one.region, one.what) for one in taken])


def without_findings(frame: Frame, hidden: Collection[tuple[bool, str]]) -> Frame:
    """Findings keep their kind and state, and lose numbers and words where something is hidden.

    `hidden` has the regions with hidden groups, of the census (True) or of activity. A finding
    says what was reported and what it should have been: both may be the hidden figure. Those
    about an office's submissions count reports and months, and tell of nobody.
    """
    numbers = [
        number
        for number, row in enumerate(frame["rows"])
        if row["check"] not in OF_SUBMISSIONS
        and (row["what"].startswith(_OF_CENSUS), row["region"] or COUNTRY) in hidden
    ]
    if not numbers:
        return frame
    public: dict[str, Any] = {**frame, "rows": list(frame["rows"])}
    for number in numbers:
        row = public["rows"][number]
        words = dict(caveat(SUPPRESSED).text)
        public["rows"][number] = {**row, **dict.fromkeys(_NUMBERS), "detail": words}
    rows = [public["rows"][number] for number in numbers]
    return _told(public, [(row["region"] or COUNTRY, row["finding"]) for row in rows])


def without_questions(frame: Frame) -> Frame:
    """Inquiries without the rows of hidden contents: what few people asked is a text of theirs."""
    hidden = [row for row in frame["rows"] if row["by"] == _CONTENT and row["received"] is None]
    if not hidden:
        return frame
    told = {f"{_CONTENT}/{row['value']}" for row in hidden}
    missing = [one for one in frame["missing"] if one["what"] not in told]
    gap = {"region": frame["region"], "what": _CONTENT, "reason": SUPPRESSED}
    rows = [row for row in frame["rows"] if row not in hidden]
    return {**frame, "rows": rows, "missing": [*missing, gap]}


def _told(public: dict[str, Any], taken: Sequence[tuple[str, str]]) -> Frame:
    """Each row once in `missing`, and one caveat."""
    public["missing"] = [
        *public["missing"],
        *(
            {"region": region, "what": what, "reason": SUPPRESSED}
            for region, what in dict.fromkeys(taken)
        ),
    ]
    said = asdict(caveat(SUPPRESSED, [region for region, _ in taken]))
    public["caveats"] = [*public["caveats"], {**said, "regions": list(said["regions"])}]
    return public
