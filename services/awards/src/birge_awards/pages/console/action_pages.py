"""Serves the check page of a command, gives the command, and says what happened."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.acting import Refused
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.pages.console.actions import Action
from birge_awards.pages.fields import Mistyped, Typed, typed_in
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_common.access.people import Person
from birge_common.access.requirements import signed_in

SignedIn = Annotated[Person, Depends(signed_in())]
Matter = TypeVar("Matter")


def add_action(
    router: APIRouter,
    shell: Shell,
    path: str,
    action: Action[Matter],
    *,
    matter: Callable[[Request, Person], Awaitable[Matter]],
    give: Callable[[Request, Person, Any], Awaitable[object]],
    back: Callable[[Request], str],
) -> None:
    """`GET` shows what will happen, `POST` lets it happen and leads back with `?done=`."""
    address = f"{path}/{name_of_kind(action.kind)}"

    async def page(
        request: Request, of: Matter, typed: Typed, errors: dict[str, str], status: int
    ) -> HTMLResponse:
        _ = shell.words(request)
        return shell.show(
            request,
            "console/action.html",
            status,
            title=_(action.title),
            consequences=action.consequences(of, _),
            fields=action.fields(of, _),
            typed=typed,
            errors=errors,
            second=_(action.second) if action.second else "",
            undo=_(action.undo) if action.undo else "",
            action=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            back=back(request),
        )

    @router.get(address, response_class=HTMLResponse)
    async def check(request: Request, person: SignedIn) -> Response:
        shell.desk.require(person, action.kind, region_of_request(request))
        return await page(request, await matter(request, person), {}, {}, 200)

    @router.post(address, response_class=HTMLResponse)
    async def do(request: Request, person: SignedIn) -> Response:
        of, typed, _ = await matter(request, person), await typed_in(request), shell.words(request)
        try:
            await give(request, person, action.command(of, typed))
        except Mistyped as error:
            return await page(request, of, typed, {error.field: _(error.text)}, 422)
        except Refused as refused:
            said = _(refusal_text(refused.code))
            return await page(request, of, typed, {"action": said}, 409)
        return RedirectResponse(f"{back(request)}?done={name_of_kind(action.kind)}", 303)


def region_of_request(request: Request) -> str | None:
    """The region that an address is about: its panel's, or the one that `?region=` names."""
    panel = request.path_params.get("panel") or request.query_params.get("region")
    return None if panel in (None, "", "commission") else panel
