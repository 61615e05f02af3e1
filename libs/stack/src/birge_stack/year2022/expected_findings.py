"""What the platform itself must find about 2022: the report's contradictions, and no others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from birge_stack.year2022.checks import Answer, Check, Figure, Kind
from birge_stack.year2022.explanations import EXPLAINED, finding_of_change

_FAMILY = "Findings"
_EVENTS = "share of {} in the region's events"

# Check, region, what it is about, the printed figure, the one that was found.
_FINDINGS: Sequence[tuple[str, str | None, str, Figure, Figure]] = (
    ("sum_of_parts", None, "grant hours", 45_182, 41_782),
    ("printed_total", None, "grant hours", 45_182, 41_782),
    ("printed_total", None, "all hours", 1_347_378, 1_282_978),
    ("printed_total", "KZ-31", "share of the region in asyl_mura", 33.57, 33.56),
    ("contradiction", "KZ-61", "census", 2_622, 3_622),
)
# A share printed in the text where the matrix of representedness has a mark of another class.
_AGAINST_THEIR_MARK = (("KZ-71", "taza_alem", 63.9), ("KZ-47", "culture", 32.4))
_COUNTED = {"sum_of_parts": 1, "printed_total": 5, "contradiction": 3}


def finding_checks() -> Iterator[Check]:
    """Each contradiction, how many there are of its kind, and what offices explained."""
    for check, region, what, expected, found in _FINDINGS:
        yield Check(
            family=_FAMILY,
            label=f"{check}: {what}{f', {region}' if region else ''}",
            table="quality",
            read=partial(_found, check, region, what),
            printed=expected,
            kind=Kind.CONTRADICTION,
            follows=found,
            note="found by the rules",
        )
    for region, direction, printed in _AGAINST_THEIR_MARK:
        what = _EVENTS.format(direction)
        yield Check(
            family=_FAMILY,
            label=f"contradiction: {what}, {region}",
            table="quality",
            read=partial(_class_found, region, what),
            printed=printed,
            kind=Kind.CONTRADICTION,
            follows="under 5",
            note="the matrix has × there",
        )
    for check, number in _COUNTED.items():
        yield Check(
            family=_FAMILY,
            label=f"{check}: how many",
            table="quality",
            read=partial(_count, check),
            kind=Kind.FOUND,
            follows=number,
            note="and no others",
        )
    for region, reason in EXPLAINED.items():
        yield Check(
            family=_FAMILY,
            label=f"change of {region} on the year before, explained as",
            table="quality",
            read=partial(_reason, finding_of_change(region)),
            kind=Kind.FOUND,
            follows=reason,
            note="made up",
        )


def _rows(answer: Answer, is_wanted: Callable[[Mapping[str, Any]], bool]) -> list[Any]:
    return [row for row in answer["rows"] if is_wanted(row)]


def _found(check: str, region: str | None, what: str, answer: Answer) -> Figure:
    about = (check, region, what)
    rows = _rows(answer, lambda row: (row["check"], row["region"], row["what"]) == about)
    return rows[0]["found"] if rows else None


def _class_found(region: str, what: str, answer: Answer) -> Figure:
    """The events are modelled, so that only their class is to be met."""
    share = _found("contradiction", region, what, answer)
    return "under 5" if isinstance(share, int | float) and share < 5 else share


def _count(check: str, answer: Answer) -> Figure:
    return len(_rows(answer, lambda row: row["check"] == check))


def _reason(finding: str, answer: Answer) -> Figure:
    rows = _rows(answer, lambda row: row["finding"] == finding)
    return rows[0]["reason"] if rows else None
