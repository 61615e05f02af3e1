"""The HTTP surface of findings: what was found, who explained it, and what closed it."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from birge_aggregator.asking import (
    parameter,
    region_from,
    window_from_query,
)
from birge_aggregator.domain.quality.explanations import EXPLAINED, OPEN
from birge_aggregator.domain.quality.life import CLOSED, FindingLife
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.findings import FindingsStore
from birge_common.security.bearer import SECURITY, authenticate
from birge_common.security.keys import STATISTICS_READ
from birge_common.web.guards import query_parameters
from birge_common.web.problems import Problem, problem_responses

STATES = (OPEN, EXPLAINED, CLOSED)
_PARAMETERS = {
    "period": "Findings whose period lies inside this window (required)",
    "region": "KZ for all, or a region",
    "state": f"One of {', '.join(STATES)}; all where left out",
}


class StepAnswer(BaseModel):
    """A finding came into a state; `at` is when the figures were counted that say so."""

    state: str
    at: datetime | None
    difference: float | None
    reason: str | None
    by: str | None
    text: str | None


class FindingAnswer(BaseModel):
    """A finding as it was seen last, with its whole life."""

    finding: str
    check: str
    importance: str
    region: str | None
    period: str
    what: str
    expected: float | None
    found: float | None
    difference: float | None
    detail: dict[str, str]
    state: str
    steps: list[StepAnswer]


class FindingsAnswer(BaseModel):
    """Findings, the gravest first."""

    findings: list[FindingAnswer]


def findings_router(store: FindingsStore) -> APIRouter:
    """`GET /v1/findings` and `GET /v1/findings/{finding}`."""
    router = APIRouter(tags=["findings"])

    @router.get(
        "/v1/findings",
        summary="Findings of a window, open, explained and closed",
        responses=problem_responses(400, 401, 403, 431, 503),
        openapi_extra={
            "security": SECURITY,
            "parameters": [parameter(name, "query", text) for name, text in _PARAMETERS.items()],
        },
    )
    async def of_window(request: Request) -> FindingsAnswer:
        """As they were seen at the last look at the figures, some seconds ago at most."""
        authenticate(request, STATISTICS_READ)
        asked = query_parameters(request, _PARAMETERS)
        window = window_from_query(asked.get("period"))
        region, state = region_from(asked.get("region", COUNTRY)), asked.get("state")
        if state not in (None, *STATES):
            raise Problem(400, "unknown_code", f"state is one of {', '.join(STATES)}.")
        lives = [
            life
            for life in await store.inside(window)
            if region in (COUNTRY, life.finding.region) and state in (None, life.state)
        ]
        lives.sort(key=lambda life: life.finding.rank)
        return FindingsAnswer(findings=[FindingAnswer(**_said(life)) for life in lives])

    @router.get(
        "/v1/findings/{finding}",
        summary="The life of one finding",
        responses=problem_responses(400, 401, 403, 404, 431, 503),
        openapi_extra={"security": SECURITY},
    )
    async def one(request: Request, finding: str) -> FindingAnswer:
        """By the id that the table `quality` gives."""
        authenticate(request, STATISTICS_READ)
        query_parameters(request, ())
        life = await store.one(finding)
        if life is None:
            raise Problem(404, "unknown_finding", "The table quality names its findings.")
        return FindingAnswer(**_said(life))

    return router


def _said(life: FindingLife) -> dict[str, Any]:
    finding = life.finding
    return {
        "finding": finding.id,
        "check": finding.check,
        "importance": finding.importance,
        "region": finding.region,
        "period": finding.period,
        "what": finding.what,
        "expected": finding.expected,
        "found": finding.found,
        "difference": finding.difference,
        "detail": finding.detail,
        "state": life.state,
        "steps": [StepAnswer(**vars(step)) for step in life.steps],
    }
