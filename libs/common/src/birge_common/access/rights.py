"""Who may give a command: the shape of every service's table of rights, and its two refusals."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.responses import RedirectResponse

from birge_common.access.people import Person, Role
from birge_common.access.requirements import step_up_address
from birge_common.web.pages.failures import is_page
from birge_common.web.problems import Problem


class Forbidden(Exception):
    """The person is known and may not do this; the text says who may."""


class StepUpRequired(Exception):
    """The person may do this after showing the second factor again."""


@dataclass(frozen=True)
class Right:
    """The roles that may give a command, and whether it takes a fresh second factor."""

    roles: tuple[Role, ...]
    is_grave: bool = False

    def held_by(self, person: Person, region: str | None) -> list[Role]:
        """The roles by which a person may, in a region or in the country where it is None."""
        return [role for role in self.roles if person.may(role, region)]

    def require(self, person: Person, region: str | None, *, is_fresh: bool) -> list[Role]:
        """The same. Raises Forbidden, and StepUpRequired where the second factor is stale."""
        held = self.held_by(person, region)
        if not held:
            raise Forbidden(f"This takes one of these roles: {', '.join(self.roles)}.")
        if self.is_grave and not is_fresh:
            raise StepUpRequired
        return held


def install_rights(app: FastAPI) -> None:
    """Answer both refusals as problems, or as pages where people ask."""

    @app.exception_handler(Forbidden)
    async def on_forbidden(request: Request, forbidden: Forbidden) -> Response:
        return await _answer(app, request, Problem(403, "forbidden", str(forbidden)))

    @app.exception_handler(StepUpRequired)
    async def on_step_up(request: Request, _: StepUpRequired) -> Response:
        if is_page(request):
            return RedirectResponse(step_up_address(request), 303)
        detail = "Show your second factor again (POST /v1/session/step-up), then repeat this."
        return await _answer(app, request, Problem(403, "step_up_required", detail))


async def _answer(app: FastAPI, request: Request, problem: Problem) -> Response:
    on_problem: Any = app.exception_handlers[Problem]
    answered: Response = await on_problem(request, problem)
    return answered
