"""What the attacker learns of groups that are too small, from one edition or from two."""

import zlib
from copy import deepcopy
from fractions import Fraction
from typing import Any

from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import Answers
from tests.support.attacker import YEAR_ALONE, Attacker, Quantity, is_small, quantities
from tests.support.small_editions import Answered

NEAR = Fraction(1, 20)
"""So near to an hour as to know it; shares are rounded."""


def truth_of(answers: Answers) -> dict[Quantity, Any]:
    found: dict[Quantity, Any] = {}
    for key, frame in answers.items():
        found |= dict(quantities(key, frame))
    return found


def small_of(truth: dict[Quantity, Any]) -> set[Quantity]:
    """All that is told of groups whose own persons are too few: their hours and events too."""
    groups = {
        quantity[1:]
        for quantity, value in truth.items()
        if quantity[0] in ("volunteers", "persons") and is_small(quantity, value)
    }
    return {quantity for quantity in truth if quantity[1:] in groups}


def given_away(attacker: Attacker, truth: dict[Quantity, Any], name: str) -> set[Quantity]:
    """Small groups of which the attacker knows a number, or of which it was never hidden."""
    small, learned = small_of(truth), attacker.learned()
    shown = {one for one in small if (*one, name) in attacker.known}
    found = {
        one
        for one in small
        if (own := learned.get((*one, name))) is not None
        and abs(own - Fraction(str(truth[one]))) < NEAR
    }
    alone = {
        one[:-1]
        for one, value in learned.items()
        if one[0] == "volunteers" and one[2] == YEAR_ALONE and 0 < value < 5
    }
    return shown | found | alone


def without_small_rows(answers: Answers) -> Answered:
    """What would be left if only the small groups themselves were taken out."""
    truth = truth_of(answers)
    small = small_of(truth)
    public: Answered = {}
    for key, frame in answers.items():
        kept: Any = deepcopy(frame)
        for number, row in enumerate(kept["rows"]):
            told = {one for one, _ in quantities(key, {**frame, "rows": [row], **_NOTHING})}
            if told & small:
                kept["rows"][number] = _blank(row)
        kept["totals"] = _blank(kept["totals"]) if key.table == "hours" and small else None
        public[key] = {**kept, "not_attributable": []}
    return public


_NOTHING: dict[str, Any] = {
    "totals": dict.fromkeys(
        ("front_office", "grant", "independent", "already_counted", "grand_total")
    ),
    "not_attributable": [],
}


_HOW_MUCH = ("hours", "volunteers", "total")


def is_nothing(row: Any) -> bool:
    """Whether nobody did anything there, so that there is nothing to hide."""
    numbers = [row[name] for name in _HOW_MUCH if name in row]
    return not any(numbers)


def _blank(row: Any, keeps_zeros: bool = False) -> dict[str, Any]:
    return {
        name: dict.fromkeys(value)
        if isinstance(value, dict)
        else None
        if isinstance(value, int | float) and not (keeps_zeros and value == 0)
        else value
        for name, value in row.items()
    }


def two_editions(
    first: Answers, second: Answers, *, knows_the_first: bool = True, knows_percent: int = 100
) -> set[Quantity]:
    """What both editions give away, without what the second would if it showed no figure at all.

    The attacker knows of so many of the figures that are the same in both that they are.
    """
    before = protect(first)
    after = protect(second, before if knows_the_first else {})
    learned = _learned(first, second, before, after, knows_percent)
    if not learned:
        return set()
    return learned - _learned(first, second, before, withheld(after), knows_percent)


def _learned(
    first: Answers, second: Answers, before: Answers, after: Answers, knows_percent: int
) -> set[Quantity]:
    known_before, known_after = truth_of(first), truth_of(second)
    attacker = Attacker()
    attacker.read(before, "before")
    attacker.read(after, "after")
    unchanged = {
        one
        for one, value in known_before.items()
        if known_after.get(one) == value and zlib.crc32(repr(one).encode()) % 100 < knows_percent
    }
    attacker.same("before", "after", unchanged)
    return {
        (*one, name)
        for name, truth in (("before", known_before), ("after", known_after))
        for one in given_away(attacker, truth, name)
    }


def withheld(answers: Answers) -> Answered:
    """The same rows without a number, but zeros of what nobody did.

    What is learned beside them no answer could have kept.
    """
    public: Answered = {}
    for key, frame in answers.items():
        hidden: Any = {**frame, "rows": [_blank(row, is_nothing(row)) for row in frame["rows"]]}
        if key.table == "hours":
            pages = [_blank(row) for row in frame["not_attributable"]]
            totals = _blank(frame["totals"], keeps_zeros=True)
            hidden |= {"totals": totals, "not_attributable": pages}
        public[key] = hidden
    return public
