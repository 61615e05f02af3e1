"""What a refusal of the awards is over HTTP."""

from typing import Any

from fastapi import FastAPI, Request, Response

from birge_awards.domain.acting import Refused
from birge_awards.ports import Stale
from birge_common.access.rights import install_rights
from birge_common.web.problems import Problem

_MISSING = frozenset(
    {"no_cycle", "no_file", "no_minutes", "no_nomination", "no_panel", "no_submission"}
)
_FORBIDDEN = frozenset(
    {"conflict", "four_eyes", "not_a_member", "not_assigned", "not_the_chair", "not_your_sheet"}
)
_TOO_MANY = frozenset({"form_quota", "too_quick"})
_UNPROCESSABLE = frozenset(
    {
        "cycle_id",
        "file_too_large",
        "file_type",
        "laureates",
        "no_chair",
        "no_citation",
        "no_marks",
        "no_reason",
        "no_regions",
        "no_seed",
        "no_due",
        "no_text",
        "nobody_asked",
        "not_answered",
        "not_scored",
        "not_later",
        "not_tied",
        "outside_scale",
        "policy",
        "required",
        "unknown_criterion",
        "unknown_language",
        "unknown_nomination",
        "unknown_region",
    }
)


def status_of(refused: Refused) -> int:
    """403 who, 404 what is not there, 422 what is said, 429 how often; else the state forbids."""
    if refused.code in _MISSING:
        return 404
    if refused.code in _FORBIDDEN:
        return 403
    if refused.code in _TOO_MANY:
        return 429
    return 422 if refused.code in _UNPROCESSABLE else 409


def install_refusals(app: FastAPI) -> None:
    """Answer what handlers raise as problems, or as pages where people ask."""
    install_rights(app)

    async def answer(request: Request, problem: Problem) -> Response:
        on_problem: Any = app.exception_handlers[Problem]
        answered: Response = await on_problem(request, problem)
        return answered

    @app.exception_handler(Refused)
    async def on_refused(request: Request, refused: Refused) -> Response:
        return await answer(request, Problem(status_of(refused), refused.code, str(refused)))

    @app.exception_handler(Stale)
    async def on_stale(request: Request, _: Stale) -> Response:
        detail = "Somebody else changed this meanwhile; look at it anew and decide again."
        return await answer(request, Problem(409, "stale", detail))
