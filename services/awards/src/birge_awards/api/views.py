"""What of a cycle and of its juries is told to whom, as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from birge_awards.domain.cycle.cycle import Appeal, Cycle, Laureate, RegionalStage, Stage
from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.jury.ties import Waiting
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.nominees.evidence import attached, links
from birge_awards.domain.sitting.sitting import Award, Sitting
from birge_awards.domain.sitting.standings import Standings
from birge_awards.domain.sitting.ties import waiting_in
from birge_awards.handlers.nominations import Person as Opened
from birge_awards.handlers.reading import Text
from birge_awards.proceedings import Proceedings


@dataclass(frozen=True)
class RegionView:
    """What a region has decided; `state` is open, waiver_proposed, waived or confirmed."""

    region: str
    state: str
    laureates: tuple[Laureate, ...]
    reason: str | None
    signed_by: tuple[str, ...]


@dataclass(frozen=True)
class CommissionerView:
    """A member of the commission, by an opaque id."""

    person: str
    country: str
    region: str | None
    is_chair: bool


@dataclass(frozen=True)
class CycleView:
    """A cycle; `laureates` are the decision's, told to nobody else before the publication."""

    id: str
    stage: Stage
    policy: Policy | None
    policy_hash: str | None
    regions: tuple[RegionView, ...]
    owing: tuple[str, ...]
    commission: tuple[CommissionerView, ...]
    laureates: tuple[Laureate, ...] | None
    embargo: datetime | None
    appeals: Mapping[str, Appeal]


def state_of(stage: RegionalStage) -> str:
    """The state of a region in one word."""
    if stage.laureates:
        return "confirmed"
    if stage.waiver is None:
        return "open"
    return "waived" if stage.waiver.is_in_force else "waiver_proposed"


def cycle_view(cycle: Cycle) -> CycleView:
    """The cycle for those who manage or audit it."""
    return CycleView(
        id=cycle.id,
        stage=cycle.stage,
        policy=cycle.policy,
        policy_hash=cycle.policy_hash,
        regions=tuple(_region(code, stage) for code, stage in sorted(cycle.regions.items())),
        owing=tuple(cycle.owing),
        commission=tuple(
            CommissionerView(one.person, one.country, one.region, one.is_chair)
            for one in cycle.commission
        ),
        laureates=cycle.decision.laureates if cycle.decision else None,
        embargo=cycle.embargo,
        appeals=cycle.appeals,
    )


def _region(code: str, stage: RegionalStage) -> RegionView:
    waiver = stage.waiver
    return RegionView(
        code,
        state_of(stage),
        stage.laureates,
        waiver.reason if waiver else None,
        waiver.signed_by if waiver else (),
    )


@dataclass(frozen=True)
class MemberView:
    """A juror's progress; how the sheets are marked is nobody's business."""

    person: str
    country: str
    region: str | None
    is_chair: bool
    declared_at: datetime | None
    to_read: int
    submitted: int
    signed_at: datetime | None


@dataclass(frozen=True)
class CandidateView:
    """A nominee before a jury, and how many sheets of how many are in."""

    nominee: str
    nomination: str
    region: str | None
    readers: int
    submitted: int


@dataclass(frozen=True)
class PanelView:
    """A jury for those who manage or audit it."""

    cycle: str
    panel: str
    phase: str
    members: tuple[MemberView, ...]
    candidates: tuple[CandidateView, ...]
    conflicts: int
    recusals: int
    plan: str | None
    seed: str
    scoring_ends_at: datetime | None
    waiting: tuple[Waiting, ...]
    awards: tuple[Award, ...]
    minutes: str | None


def panel_view(held: Proceedings, *, has_result: bool) -> PanelView:
    """The jury; `has_result` says whether the sheets may be looked into."""
    sitting = held.sitting.value
    submitted = [one for one in held.sheets if one.submitted_at is not None]
    by_juror = Counter(one.juror for one in submitted if one.pair not in sitting.barred)
    by_nominee = Counter(one.nominee for one in submitted if one.pair not in sitting.barred)
    return PanelView(
        cycle=sitting.cycle,
        panel=sitting.panel,
        phase=sitting.phase,
        members=tuple(
            MemberView(
                one.person,
                one.country,
                one.region,
                one.is_chair,
                sitting.declared.get(one.person),
                len(sitting.reads_of(one.person)),
                by_juror[one.person],
                sitting.signatures.get(one.person),
            )
            for one in sitting.members
        ),
        candidates=_candidates(sitting, by_nominee),
        conflicts=len(sitting.conflicts),
        recusals=len(sitting.recusals),
        plan=sitting.plan.hash if sitting.plan else None,
        seed=sitting.seed,
        scoring_ends_at=sitting.scoring_ends_at,
        waiting=tuple(waiting_in(sitting, held.facts)) if has_result else (),
        awards=sitting.awards,
        minutes=sitting.minutes,
    )


def _candidates(sitting: Sitting, by_nominee: Mapping[str, int]) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            one.nominee,
            one.nomination,
            one.region,
            len(set(sitting.readers_of(one.nominee)) & sitting.unconflicted(one.nominee)),
            by_nominee[one.nominee],
        )
        for one in sitting.candidates
    )


@dataclass(frozen=True)
class StandingView:
    """A nominee in the ranking: both scores side by side, as they are published."""

    nominee: str
    state: str
    scores: int
    raw_mean: Decimal | None
    calibrated: Decimal | None
    standard_error: float | None
    part: int | None
    place: int | None


@dataclass(frozen=True)
class StandingsView:
    """One nomination's ranking, and its laureates so far; none while a tie waits."""

    nomination: str
    comparability: str
    standings: tuple[StandingView, ...]
    laureates: tuple[tuple[str, int], ...]


def standings_view(several: Sequence[Standings]) -> list[StandingsView]:
    """Every nomination's ranking."""
    return [
        StandingsView(
            each.nomination.code,
            each.ranking.status,
            tuple(
                StandingView(
                    one.nominee,
                    one.state,
                    one.scores,
                    one.raw_mean,
                    one.calibrated,
                    one.standard_error,
                    one.part,
                    one.place,
                )
                for one in each.ranking.standings
            ),
            tuple((one.nominee, one.place) for one in each.outcome.laureates)
            if each.outcome
            else (),
        )
        for each in several
    ]


@dataclass(frozen=True)
class NominationView:
    """A nomination in a list: nothing personal."""

    id: str
    cycle: str
    track: str
    nomination: str
    region: str | None
    state: str
    reason: str
    received_at: datetime


@dataclass(frozen=True)
class OpenedView:
    """A nomination opened for its manager; `obstacles` keep it from standing."""

    nomination: NominationView
    name: str | None
    contact: str | None
    organisation: str | None
    citation: str | None
    nominator: str | None
    evidence: tuple[str, ...]
    files: tuple[str, ...]
    confirmations: tuple[str, ...]
    verified_hours: Decimal
    obstacles: tuple[str, ...]
    blind_text: str | None


@dataclass(frozen=True)
class TextView:
    """What a member reads; `files` are names of what can be opened on the pages."""

    nominee: str
    name: str | None
    text: str
    evidence: tuple[str, ...]
    files: tuple[str, ...]


def text_view(text: Text) -> TextView:
    """The text without the files' keys."""
    files = tuple(one.name for one in text.files)
    return TextView(text.nominee, text.name, text.text, text.evidence, files)


def opened_view(opened: Opened) -> OpenedView:
    """Names and texts; all empty where the person was erased."""
    personal, candidacy = opened.personal, opened.candidacy
    return OpenedView(
        nomination_view(candidacy),
        personal.name if personal else None,
        personal.contact if personal else None,
        personal.organisation if personal else None,
        personal.citation if personal else None,
        personal.nominator.name if personal else None,
        tuple(links(personal.evidence)) if personal else (),
        tuple(one.name for one in attached(personal.evidence)) if personal else (),
        personal.confirmations if personal else (),
        Decimal(opened.verified_hundredths) / 100,
        tuple(one.code for one in opened.obstacles),
        candidacy.blind_text,
    )


def nomination_view(one: Candidacy) -> NominationView:
    """A line of a list."""
    return NominationView(
        one.id,
        one.cycle,
        one.track,
        one.nomination,
        one.region,
        one.state,
        one.reason,
        one.received_at,
    )
