"""A policy as two forms: what holds for all nominations, and one nomination; and back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from birge_awards.domain.cycle.policy import (
    CALIBRATED,
    CHAIR,
    DOMESTIC,
    DUE,
    LANGUAGES,
    TIE_STEPS,
    Criterion,
    Nomination,
    Policy,
)
from birge_awards.pages.fields import Mistyped, Typed, text_of
from birge_common.web.pages.catalogues import N_

CRITERIA_ROWS = 8
"""Lines for criteria on the form; an empty one is no criterion."""
NO_NUMBER = N_("Give a whole number.")
NO_NUMBERS = N_("Give whole numbers with a comma between, such as 500000, 300000.")
NO_SHARE = N_("Give a share such as 2/3.")
NO_CODE = N_("Give a short code of small letters, digits and hyphens.")

NEW = Policy(
    version=1,
    nominations=(),
    scale=(1, 10),
    reviews=3,
    ranks_by=CALIBRATED,
    tie_chain=tuple(step for step in TIE_STEPS if step != CHAIR),
    fund_tenge=0,
    appeal_days=10,
)
"""Where a new policy begins: calibrated, three reviews, a tie that nothing parts is shared."""


def general_typed(policy: Policy) -> dict[str, str]:
    """What holds for all nominations, as it stands in the fields."""
    return {
        "lowest": str(policy.scale[0]),
        "highest": str(policy.scale[1]),
        "reviews": str(policy.reviews),
        "quorum": str(policy.quorum),
        "ranks_by": policy.ranks_by,
        "fund_tenge": str(policy.fund_tenge),
        "appeal_days": str(policy.appeal_days),
        "is_blind": "yes" if policy.is_blind else "",
        "reasons_required": "yes" if policy.reasons_required else "",
        **{f"tie.{step}": "yes" for step in policy.tie_chain},
        **{f"due.{stage}": day.isoformat() for stage, day in policy.due.items()},
    }


def with_general(policy: Policy, typed: Typed) -> Policy:
    """The policy with what was typed; nominations stay. Raises Mistyped."""
    return replace(
        policy,
        scale=(_number(typed, "lowest"), _number(typed, "highest")),
        reviews=_number(typed, "reviews"),
        quorum=_share(typed, "quorum"),
        ranks_by=text_of(typed, "ranks_by"),
        tie_chain=tuple(step for step in TIE_STEPS if typed.get(f"tie.{step}")),
        fund_tenge=_number(typed, "fund_tenge"),
        appeal_days=_number(typed, "appeal_days"),
        is_blind=bool(typed.get("is_blind")),
        reasons_required=bool(typed.get("reasons_required")),
        due={stage: day for stage in DUE if (day := _day(typed, f"due.{stage}"))},
    )


def nomination_typed(nomination: Nomination) -> dict[str, str]:
    """One nomination as it stands in the fields."""
    typed = {
        "code": nomination.code,
        "track": nomination.track,
        "prizes": ", ".join(map(str, nomination.prizes)),
        "laureates": str(nomination.regional_laureates_max),
        "hours_min": str(nomination.hours_min),
        **{f"title.{language}": text for language, text in nomination.titles.items()},
    }
    for row, one in enumerate(nomination.criteria):
        typed[f"criterion.{row}.code"] = one.code
        typed[f"criterion.{row}.weight"] = str(one.weight)
        typed[f"criterion.{row}.required"] = "yes" if one.required else ""
        for language, text in one.titles.items():
            typed[f"criterion.{row}.{language}"] = text
    return typed


NEW_NOMINATION: Mapping[str, str] = {
    "track": DOMESTIC,
    "laureates": "1",
    "hours_min": "0",
    **{f"criterion.{row}.required": "yes" for row in range(CRITERIA_ROWS)},
}


def nomination_from(typed: Typed) -> Nomination:
    """The nomination that was typed. Raises Mistyped."""
    return Nomination(
        code=_code(typed),
        track=text_of(typed, "track"),
        criteria=tuple(_criteria(typed)),
        prizes=_numbers(typed, "prizes"),
        regional_laureates_max=_number(typed, "laureates"),
        hours_min=_number(typed, "hours_min"),
        titles=_titles(typed, "title"),
    )


def with_nomination(policy: Policy, code: str, nomination: Nomination) -> Policy:
    """The policy with this nomination in the place of the one of that code, or at the end."""
    several = [nomination if one.code == code else one for one in policy.nominations]
    if code not in {one.code for one in policy.nominations}:
        several.append(nomination)
    return replace(policy, nominations=tuple(several))


def without_nomination(policy: Policy, code: str) -> Policy:
    """The policy without the nomination of that code."""
    several = tuple(one for one in policy.nominations if one.code != code)
    return replace(policy, nominations=several)


def _criteria(typed: Typed) -> Iterator[Criterion]:
    for row in range(CRITERIA_ROWS):
        titles = _titles(typed, f"criterion.{row}")
        if any(titles.values()):
            weight = _number(typed, f"criterion.{row}.weight")
            required = bool(typed.get(f"criterion.{row}.required"))
            code = typed.get(f"criterion.{row}.code") or f"c{row + 1}"
            yield Criterion(code, weight, required, titles)


def _titles(typed: Typed, field: str) -> dict[str, str]:
    return {language: typed.get(f"{field}.{language}", "") for language in LANGUAGES}


def _code(typed: Typed) -> str:
    code = text_of(typed, "code")
    if not (code.replace("-", "").isalnum() and code.isascii() and code == code.lower()):
        raise Mistyped("code", NO_CODE)
    return code


def _number(typed: Typed, field: str) -> int:
    text = text_of(typed, field).replace(" ", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Mistyped(field, NO_NUMBER)
    return int(text)


def _numbers(typed: Typed, field: str) -> tuple[int, ...]:
    parts = [one.replace(" ", "") for one in text_of(typed, field).split(",")]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in parts):
        raise Mistyped(field, NO_NUMBERS)
    return tuple(map(int, parts))


def _share(typed: Typed, field: str) -> Fraction:
    try:
        return Fraction(text_of(typed, field))
    except (ValueError, ZeroDivisionError) as error:
        raise Mistyped(field, NO_SHARE) from error


def _day(typed: Typed, field: str) -> date | None:
    text = typed.get(field, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Mistyped(field, N_("Give a day, such as 31.12.2027.")) from error
