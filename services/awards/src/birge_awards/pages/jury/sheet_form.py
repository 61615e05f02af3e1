"""A sheet as a form and back: a mark for each criterion, the reason, and how sure the juror is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from birge_awards.domain.cycle.policy import Criterion, Nomination, Policy
from birge_awards.domain.jury.scoring import InvalidMarks, score_of
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.pages.fields import Mistyped, Typed
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option, Row

NOT_APPLICABLE = "n/a"
REASON_MAX = 4_000
TOO_LONG = N_("Say it in at most 4,000 characters.")
NO_MARK = N_("Choose a mark from the list.")
Marks = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class MarkField:
    """One criterion in the form; texts are in the reader's language."""

    name: str
    label: str
    hint: str
    options: Sequence[Option]


def mark_fields(
    nomination: Nomination, policy: Policy, typed: Typed, _: Words, *, of: str = ""
) -> list[MarkField]:
    """A select for each criterion; `of` tells the sheets of one form apart."""
    weights = sum(one.weight for one in nomination.criteria)
    return [
        MarkField(
            name := f"mark-{of}{one.code}",
            _.title(one.titles),
            _("Weight: %(weight)s of %(weights)s", weight=one.weight, weights=weights),
            _options(one, policy.scale, typed.get(name, ""), _),
        )
        for one in nomination.criteria
    ]


def marks_in(
    typed: Typed, nomination: Nomination, policy: Policy, *, of: str = ""
) -> dict[str, Decimal | None]:
    """The marks chosen so far. Raises Mistyped."""
    chosen = {one.code: typed.get(f"mark-{of}{one.code}", "") for one in nomination.criteria}
    return {
        code: _mark(value, policy.scale, f"mark-{of}{code}")
        for code, value in chosen.items()
        if value
    }


def reason_in(typed: Typed) -> str:
    """The reason so far, if any. Raises Mistyped."""
    reason = typed.get("reason", "")
    if len(reason) > REASON_MAX:
        raise Mistyped("reason", TOO_LONG)
    return reason


def marks_typed(marks: Marks, *, of: str = "") -> dict[str, str]:
    """Marks as the fields that they come in."""
    return {
        f"mark-{of}{code}": NOT_APPLICABLE if mark is None else _text(mark)
        for code, mark in marks.items()
    }


def mistakes_in(
    marks: Marks, nomination: Nomination, policy: Policy, _: Words, *, of: str = ""
) -> dict[str, str]:
    """What is still to be done before these marks count, by field."""
    try:
        score_of(nomination.criteria, marks, policy.scale)
    except InvalidMarks as error:
        code = error.criterion or nomination.criteria[0].code
        return {f"mark-{of}{code}": _(refusal_text(error.code))}
    return {}


def mark_rows(marks: Marks, nomination: Nomination, _: Words) -> list[Row]:
    """The marks as they were given, each under what was asked."""
    return [
        Row(_.title(one.titles), _shown(marks[one.code], _) if one.code in marks else "–")
        for one in nomination.criteria
    ]


def sheet_rows(sheet: Sheet, nomination: Nomination, _: Words) -> list[Row]:
    """The whole sheet for its juror."""
    sure = _("I am sure") if sheet.is_confident else _("I am not sure")
    return [
        *mark_rows(sheet.marks, nomination, _),
        Row(_("What the marks rest on"), sheet.reason or "–"),
        Row(_("How sure you are"), sure),
    ]


def sheet_typed(sheet: Sheet | None) -> dict[str, str]:
    """A draft as the fields that it came in."""
    if sheet is None:
        return {}
    unsure = {} if sheet.is_confident else {"unsure": "yes"}
    return {**marks_typed(sheet.marks), "reason": sheet.reason, **unsure}


def fingerprint_of(sheet: Sheet) -> str:
    """What tells one version of a draft from another: what is submitted is what was shown."""
    said = repr((sorted(marks_typed(sheet.marks).items()), sheet.reason, sheet.is_confident))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _options(criterion: Criterion, scale: tuple[int, int], value: str, _: Words) -> list[Option]:
    lowest, highest = scale
    options = [Option(str(one), str(one)) for one in range(lowest, highest + 1)]
    if not criterion.required:
        options.insert(0, Option(NOT_APPLICABLE, _("Does not apply")))
    if value and value not in {one.value for one in options}:
        # A half mark that a program gave stays as it is.
        options.append(Option(value, value))
    return options


def _mark(value: str, scale: tuple[int, int], field: str) -> Decimal | None:
    if value == NOT_APPLICABLE:
        return None
    try:
        mark = Decimal(value)
    except InvalidOperation as error:
        raise Mistyped(field, NO_MARK) from error
    if not mark.is_finite() or not scale[0] <= mark <= scale[1]:
        raise Mistyped(field, NO_MARK)
    return mark


def _shown(mark: Decimal | None, _: Words) -> str:
    return _("Does not apply") if mark is None else _.formats.number(mark, 2)


def _text(mark: Decimal) -> str:
    return format(mark.normalize(), "f")
