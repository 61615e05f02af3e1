"""A juror's sheet on a nominee: saved as often as wanted, submitted once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.cycle.policy import Nomination, Policy
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.scoring import InvalidMarks, Score, score_of
from birge_awards.domain.sitting.sitting import Phase, Sitting


@dataclass(frozen=True)
class Sheet:
    """Marks by criterion, None for n/a; `submitted_at` is None while it is a draft."""

    cycle: str
    panel: str
    nominee: str
    juror: str
    marks: Mapping[str, Decimal | None] = field(default_factory=dict)
    reason: str = ""
    is_confident: bool = True
    submitted_at: datetime | None = None

    @property
    def pair(self) -> Pair:
        """Who scores whom."""
        return Pair(self.nominee, self.juror)


def saved(sitting: Sitting, before: Sheet | None, sheet: Sheet, act: Act) -> Sheet:
    """The draft to keep. Raises Refused where this juror cannot score this nominee now."""
    _require_open(sitting, before, sheet.pair, act)
    return replace(sheet, submitted_at=None)


def submitted(
    sitting: Sitting, policy: Policy, before: Sheet | None, sheet: Sheet, act: Act
) -> Sheet:
    """The sheet as it counts from now on; it is not changed again. Raises Refused."""
    _require_open(sitting, before, sheet.pair, act)
    nomination = nomination_of(sitting, policy, sheet.nominee)
    try:
        score_of(nomination.criteria, sheet.marks, policy.scale)
    except InvalidMarks as error:
        raise Refused(error.code, str(error)) from error
    if policy.reasons_required and not sheet.reason.strip():
        raise Refused("no_reason", "Say in words what these marks rest on.")
    return replace(sheet, submitted_at=act.at)


def scores_from(sitting: Sitting, policy: Policy, sheets: Iterable[Sheet]) -> list[Score]:
    """The scores of submitted sheets; who withdrew has none any more."""
    standing = {one.nominee for one in sitting.candidates}
    return [
        Score(
            sheet.nominee,
            sheet.juror,
            score_of(
                nomination_of(sitting, policy, sheet.nominee).criteria, sheet.marks, policy.scale
            ),
            sheet.marks,
            sheet.is_confident,
        )
        for sheet in sheets
        if sheet.submitted_at is not None and sheet.nominee in standing
    ]


def nomination_of(sitting: Sitting, policy: Policy, nominee: str) -> Nomination:
    """The category that a candidate stands in."""
    code = next((one.nomination for one in sitting.candidates if one.nominee == nominee), None)
    nomination = policy.nomination(code) if code else None
    if nomination is None:
        raise Refused("no_candidate", "This nominee does not stand before this jury.")
    return nomination


def _require_open(sitting: Sitting, before: Sheet | None, pair: Pair, act: Act) -> None:
    if act.by != pair.juror:
        raise Refused("not_your_sheet", "Everybody scores for himself.")
    # First the conflict: it is no time's matter.
    if pair in sitting.barred:
        raise Refused("conflict", "You do not judge this nominee.")
    if pair.juror not in sitting.readers_of(pair.nominee):
        raise Refused("not_assigned", "This nominee was not given to you.")
    if sitting.phase != Phase.SCORING:
        raise Refused("wrong_phase", f"Sheets are taken while scoring; it is {sitting.phase}.")
    ends_at = sitting.scoring_ends_at
    if ends_at is not None and act.at > ends_at:
        raise Refused("too_late", f"Scoring ended at {ends_at.isoformat()}.")
    if before is not None and before.submitted_at is not None:
        raise Refused("already_submitted", "You have submitted this sheet; it stands.")
