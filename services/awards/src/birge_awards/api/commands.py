"""A route for every command that somebody may give, named after the command."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Body, Depends, Request

from birge_awards.api.bodies import Commission, Declaration, Seat, require_understood
from birge_awards.api.views import (
    CycleView,
    NominationView,
    PanelView,
    cycle_view,
    nomination_view,
    panel_view,
)
from birge_awards.desk import Desk
from birge_awards.domain.cycle.commands import Command as CycleCommand
from birge_awards.domain.cycle.commands import FormCommission
from birge_awards.domain.nominees.candidacy import Command as NominationCommand
from birge_awards.domain.sitting.commands import AddMember, Declare, OpenDeclarations
from birge_awards.domain.sitting.commands import Command as PanelCommand
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.handlers.reading import Reading
from birge_awards.permissions import RIGHTS, Erase, SetBlindText
from birge_awards.vault import Vault
from birge_common.access.people import Person
from birge_common.access.requirements import signed_in

SignedIn = Annotated[Person, Depends(signed_in())]
_BY_HAND = frozenset({FormCommission, AddMember, Declare, OpenDeclarations})
"""Commands whose body is another one than the command itself."""


def commands_router(desk: Desk, reading: Reading, vault: Vault) -> APIRouter:
    """`POST` to a cycle, a panel or a nomination, each by the command's name."""
    router = APIRouter(prefix="/v1/awards", tags=["commands"])
    _add_cycle_commands(router, desk, vault)
    _add_panel_commands(router, desk, reading, vault)
    for command in (*get_args(NominationCommand), SetBlindText, Erase):
        path = f"/nominations/{{nomination}}/{name_of_kind(command)}"
        _add(router, path, command, _to_nomination(desk, command), NominationView)
    return router


def _add_cycle_commands(router: APIRouter, desk: Desk, vault: Vault) -> None:
    @router.put("/cycles/{cycle}", status_code=201)
    async def begin_cycle(cycle: str, person: SignedIn) -> CycleView:
        """Begin a cycle, named by its year."""
        return cycle_view(await desk.begin(person, cycle))

    @router.post("/cycles/{cycle}/form_commission")
    async def form_commission(cycle: str, body: Commission, person: SignedIn) -> CycleView:
        """Name the members of the national and international commission."""
        return cycle_view(await desk.to_cycle(person, cycle, body.command(vault)))

    for command in _as_they_stand(CycleCommand):
        path = f"/cycles/{{cycle}}/{name_of_kind(command)}"
        _add(router, path, command, _to_cycle(desk, command), CycleView)


def _add_panel_commands(router: APIRouter, desk: Desk, reading: Reading, vault: Vault) -> None:
    of_panel = "/cycles/{cycle}/panels/{panel}"

    @router.post(f"{of_panel}/add_member")
    async def add_member(cycle: str, panel: str, body: Seat, person: SignedIn) -> PanelView:
        """Appoint a juror; also later, when reviews are missing."""
        held = await desk.to_panel(person, cycle, panel, body.command(vault))
        return panel_view(held, has_result=False)

    @router.post(f"{of_panel}/open_declarations")
    async def open_declarations(cycle: str, panel: str, person: SignedIn) -> PanelView:
        """Freeze who stands, find conflicts that keys show, and ask the members for theirs."""
        held = await desk.to_panel(person, cycle, panel, OpenDeclarations(()))
        return panel_view(held, has_result=False)

    @router.post(f"{of_panel}/declare", status_code=204)
    async def declare(cycle: str, panel: str, body: Declaration, person: SignedIn) -> None:
        """A member's own conflicts, by alias."""
        held = await reading.seat(cycle, panel, person.id)
        command = reading.declaration(held, person.id, body.conflicts)
        await desk.to_panel(person, cycle, panel, command)

    for command in _as_they_stand(PanelCommand):
        path = f"{of_panel}/{name_of_kind(command)}"
        router.add_api_route(
            path,
            _to_panel(desk, command),
            methods=["POST"],
            name=name_of_kind(command),
            description=command.__doc__,
            status_code=204,
        )


def _as_they_stand(commands: Any) -> Iterator[type]:
    return (one for one in get_args(commands) if one in RIGHTS and one not in _BY_HAND)


def _add(
    router: APIRouter, path: str, command: type, route: Callable[..., Any], view: type
) -> None:
    router.add_api_route(
        path,
        route,
        methods=["POST"],
        response_model=view,
        name=name_of_kind(command),
        description=command.__doc__,
    )


def _to_cycle(desk: Desk, command: Any) -> Callable[..., Any]:
    async def give(
        request: Request,
        cycle: str,
        person: SignedIn,
        said: _body_of(command),  # type: ignore[valid-type]
    ) -> CycleView:
        await require_understood(request, said)
        return cycle_view(await desk.to_cycle(person, cycle, said))

    return give


def _to_panel(desk: Desk, command: Any) -> Callable[..., Any]:
    async def give(
        request: Request,
        cycle: str,
        panel: str,
        person: SignedIn,
        said: _body_of(command),  # type: ignore[valid-type]
    ) -> None:
        await require_understood(request, said)
        await desk.to_panel(person, cycle, panel, said)

    return give


def _to_nomination(desk: Desk, command: Any) -> Callable[..., Any]:
    async def give(
        request: Request,
        nomination: str,
        person: SignedIn,
        said: _body_of(command),  # type: ignore[valid-type]
    ) -> NominationView:
        await require_understood(request, said)
        return nomination_view(await desk.to_nomination(person, nomination, said))

    return give


def _body_of(command: Any) -> Any:
    """The command as a body; one without fields needs none."""
    if fields(command):
        return Annotated[command, Body()]
    return Annotated[command, Depends(command)]
