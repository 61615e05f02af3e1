"""The rules of a cycle: written before nominations open, hashed then, and never edited after."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from fractions import Fraction

LANGUAGES = ("kk", "ru", "en")
DOMESTIC, INTERNATIONAL = "domestic", "international"
TRACKS = (DOMESTIC, INTERNATIONAL)
DUE = ("nominations", "regional", "national", "decided")
"""The stages that end on a day of the policy; `decided` ends with the publication."""
RAW_MEAN, CALIBRATED = "raw_mean", "calibrated"
REVIEWS_FLOOR = 2
"""No award is decided on fewer independent reviews."""
COMMISSION_COUNTRIES_MIN = 3
"""The international commission has members from at least so many countries (the report's rule)."""
CHAIR, SHARED = "chair_with_reason", "shared_award"
TIE_STEPS = (
    "majority_of_common_judges",
    "count_back",
    "heaviest_criteria",
    "extra_blind_judge",
    "open_vote",
    CHAIR,
    SHARED,
)
"""Ways out of a tie in the order that they are tried; a policy leaves some out, adds none."""


@dataclass(frozen=True)
class Criterion:
    """What is scored, and how much it weighs; `required` ones cannot be left out."""

    code: str
    weight: int
    required: bool = True
    titles: Mapping[str, str] = field(default_factory=dict)
    """What is asked, in kk, ru and en."""


@dataclass(frozen=True)
class Nomination:
    """A category of the award: who may stand, what is scored, and what is won.

    `prizes` are tenge by place, as many as there are laureates; `hours_min` are verified hours of
    the last twelve months that make eligible. They never score.
    """

    code: str
    track: str
    criteria: tuple[Criterion, ...]
    prizes: tuple[int, ...]
    regional_laureates_max: int = 1
    hours_min: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)
    """Its name in kk, ru and en."""


@dataclass(frozen=True)
class Policy:
    """Everything that is fixed in advance; `scale` are the lowest and the highest score."""

    version: int
    nominations: tuple[Nomination, ...]
    scale: tuple[int, int]
    reviews: int
    ranks_by: str
    tie_chain: tuple[str, ...]
    fund_tenge: int
    appeal_days: int
    quorum: Fraction = Fraction(2, 3)
    is_blind: bool = False
    """Jurors read a text without names, and see nobody's."""
    reasons_required: bool = False
    """Every sheet says why in words."""
    due: Mapping[str, date] = field(default_factory=dict)
    """The last day of each stage, in the time of the region that works."""

    def nomination(self, code: str) -> Nomination | None:
        """The category of this code."""
        return next((one for one in self.nominations if one.code == code), None)


def policy_hash(policy: Policy) -> str:
    """SHA-256 of the policy's canonical JSON, as it goes to the log and the minutes."""
    said = json.dumps(
        asdict(policy), default=str, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Problem:
    """Why nominations cannot open; `code` with `values` for pages, the text for programs."""

    code: str
    detail: str
    values: Mapping[str, str | int] = field(default_factory=dict)


def problems_of(policy: Policy) -> list[Problem]:
    """Why nominations cannot open under this policy; nothing where they can."""
    return list(_problems(policy))


def _problems(policy: Policy) -> Iterator[Problem]:
    codes = [one.code for one in policy.nominations]
    if not codes or len(set(codes)) < len(codes):
        yield Problem("nominations", "name at least one nomination, each once")
    for nomination in policy.nominations:
        yield from _problems_of_nomination(nomination)
    lowest, highest = policy.scale
    if lowest >= highest:
        yield Problem("scale", "the scale begins below its end")
    if policy.reviews < REVIEWS_FLOOR:
        detail = f"each nominee needs at least {REVIEWS_FLOOR} independent reviews"
        yield Problem("reviews", detail, {"reviews": REVIEWS_FLOOR})
    if policy.ranks_by not in (RAW_MEAN, CALIBRATED):
        yield Problem("ranks_by", "say whether the raw mean or the calibrated score ranks")
    in_order = tuple(step for step in TIE_STEPS if step in policy.tie_chain)
    if not policy.tie_chain or policy.tie_chain != in_order:
        detail = "the chain of ties takes known steps, each once, in their fixed order"
        yield Problem("tie_chain", detail)
    elif not {CHAIR, SHARED} & set(in_order):
        detail = "the chain of ties ends with the chair's word or a shared award"
        yield Problem("tie_end", detail)
    if not 0 < policy.quorum <= 1:
        yield Problem("quorum", "the quorum is a share of the members")
    if policy.appeal_days < 1:
        yield Problem("appeal_days", "leave at least a day for appeals")
    days = [policy.due[stage] for stage in DUE if stage in policy.due]
    if days != sorted(days) or len(days) < len(policy.due):
        yield Problem("due", f"the days that stages end on: {', '.join(DUE)}, in this order")
    prizes = sum(sum(one.prizes) for one in policy.nominations)
    if prizes != policy.fund_tenge:
        detail = f"the prizes add up to {prizes} tenge, the fund is {policy.fund_tenge}"
        yield Problem("fund", detail, {"prizes": prizes, "fund": policy.fund_tenge})


def _problems_of_nomination(nomination: Nomination) -> Iterator[Problem]:
    def problem(code: str, detail: str) -> Problem:
        values = {"category": nomination.code}
        return Problem(code, f"nomination {nomination.code}: {detail}", values)

    if nomination.track not in TRACKS:
        yield problem("track", f"the track is one of {', '.join(TRACKS)}")
    criteria = [one.code for one in nomination.criteria]
    if not criteria or len(set(criteria)) < len(criteria):
        yield problem("criteria", "name at least one criterion, each once")
    for what, titles in [
        ("it", nomination.titles),
        *((c.code, c.titles) for c in nomination.criteria),
    ]:
        if silent := [language for language in LANGUAGES if not titles.get(language, "").strip()]:
            yield problem("titles", f"name {what} in {', '.join(silent)} too")
    if any(one.weight < 1 for one in nomination.criteria):
        yield problem("weights", "every criterion weighs at least 1")
    if not nomination.prizes or any(prize < 0 for prize in nomination.prizes):
        yield problem("prizes", "give a prize, or 0, for each place")
    if nomination.regional_laureates_max < 1:
        yield problem("laureates", "a region may send at least one laureate")
