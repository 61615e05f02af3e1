"""What a large cycle costs on this machine: the calculations of a jury, timed over random scores.

Printed as JSON by `birge-awards measure`, for whoever sizes a machine and for `birge bench`.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from birge_awards.domain.cycle.policy import CALIBRATED, REVIEWS_FLOOR
from birge_awards.domain.jury.assignment import Plan, assign
from birge_awards.domain.jury.panel import AssignmentPolicy, Juror, Nominee, Panel
from birge_awards.domain.jury.ranking import RankingRules, rank
from birge_awards.domain.jury.scoring import Counted, Score, counted
from birge_awards.domain.jury.stability import left_out

SEED = 2026
_TENTHS = (10, 100)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Size:
    """How many nominees, jurors and reviews of each nominee; and scores of one ranking."""

    nominees: int = 400
    jurors: int = 120
    reviews: int = 5
    laureates: int = 10
    ranked_nominees: int = 2_000


@dataclass(frozen=True)
class Costs:
    """Seconds of each calculation."""

    assignment_seconds: float
    ranking_seconds: float
    leaving_out_seconds: float


def measured(size: Size) -> Costs:
    """The costs of one cycle's largest jury, and of a ranking of so many nominees."""
    panel = _panel(size.nominees, size.jurors)
    policy = AssignmentPolicy(size.reviews)
    plan, assignment_seconds = _timed(lambda: assign(panel, policy, "measured"))
    scores = _scores(plan)
    rules = RankingRules(CALIBRATED, REVIEWS_FLOOR)
    ranking = rank(scores, plan.reviewers, rules)
    _, leaving_out_seconds = _timed(lambda: left_out(scores, ranking, size.laureates))
    large = assign(_panel(size.ranked_nominees, size.jurors), policy, "measured")
    many = _scores(large)
    _, ranking_seconds = _timed(lambda: rank(many, large.reviewers, rules))
    return Costs(assignment_seconds, ranking_seconds, leaving_out_seconds)


def measured_text() -> str:
    """The costs of a cycle as large as any yet, as a line of JSON."""
    return json.dumps(vars(measured(Size())))


def _panel(nominees: int, jurors: int) -> Panel:
    return Panel(
        tuple(Nominee(f"n-{number:05}", None) for number in range(nominees)),
        tuple(Juror(f"j-{number:04}", None, nominees) for number in range(jurors)),
    )


def _scores(plan: Plan) -> Counted:
    """Marks in tenths from 1 to 10: a nominee's worth, a juror's severity, and chance."""
    chance = random.Random(SEED)
    severity = {juror: chance.gauss(0, 8) for juror in sorted(plan.loads)}
    scores = []
    for nominee, readers in sorted(plan.reviewers.items()):
        worth = chance.gauss(60, 15)
        for juror in readers:
            tenths = round(worth + severity[juror] + chance.gauss(0, 8))
            value = Fraction(min(max(tenths, _TENTHS[0]), _TENTHS[1]), 10)
            scores.append(Score(nominee, juror, value))
    return counted(scores, ())


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    began_at = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began_at
