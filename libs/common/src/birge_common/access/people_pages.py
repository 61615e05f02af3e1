"""The pages on which administrators invite people, change roles in pairs, and close accounts."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_common.access.access import Access
from birge_common.access.account import AccessRefused, Account
from birge_common.access.api import BODY_BYTES_MAX
from birge_common.access.pages import ROLES, STATES, Shown, grants_in_words
from birge_common.access.people import Grant, Person, Role
from birge_common.access.requirements import signed_in, stepped_up
from birge_common.regions import REGIONS
from birge_common.web.pages.languages import language_of
from birge_common.web.pages.rendering import Pages
from birge_common.web.pages.views import Option

_CHOICES_MAX = 60
Administrator = Annotated[Person, Depends(signed_in(Role.ADMINISTRATOR))]
FreshAdministrator = Annotated[Person, Depends(stepped_up(Role.ADMINISTRATOR))]


def people_pages(access: Access, pages: Pages) -> APIRouter:
    """`/people` and what is under it; what changes an account takes a fresh second factor."""
    router = APIRouter(
        prefix="/people",
        default_response_class=HTMLResponse,
        include_in_schema=False,
        max_body_size=BODY_BYTES_MAX,
    )
    shown = Shown(access, pages)
    _add_list(router, shown)
    _add_invitation(router, shown)
    _add_person(router, shown)
    return router


def _add_list(router: APIRouter, shown: Shown) -> None:
    @router.get("")
    async def everybody(request: Request, person: Administrator) -> Response:
        several = await shown.access.people()
        rows = [(one, _state(shown, request, one), _roles(shown, request, one)) for one in several]
        return shown.page(request, "access/people.html", None, rows=rows)


def _add_invitation(router: APIRouter, shown: Shown) -> None:
    def form(request: Request, error: Exception | None, name: str) -> Response:
        roles, regions = _options(shown, request)
        return shown.page(
            request, "access/invite.html", error, name=name, roles=roles, regions=regions
        )

    @router.get("/invitation")
    async def ask(request: Request, person: FreshAdministrator) -> Response:
        return form(request, None, "")

    @router.post("/invitation")
    async def invite(request: Request, person: FreshAdministrator) -> Response:
        said = await request.form(max_files=0, max_fields=_CHOICES_MAX)
        name = str(said.get("name", ""))
        try:
            made = await shown.access.invite(name, await _grants(request), person)
        except AccessRefused as refused:
            return form(request, refused, name)
        link = shown.access.link_of(made)
        return shown.page(request, "access/invited.html", None, name=name, link=link)


def _add_person(router: APIRouter, shown: Shown) -> None:
    async def page(request: Request, person: str, error: Exception | None) -> Response:
        found = {one.id: one for one in await shown.access.people()}.get(person)
        if found is None:
            return shown.page(request, "access/nobody.html", AccessRefused("nobody", ""))
        proposal = found.proposal
        proposed = grants_in_words(shown.pages, request, proposal.grants) if proposal else []
        roles, regions = _options(shown, request)
        return shown.page(
            request,
            "access/person.html",
            error,
            account=found,
            state=_state(shown, request, found),
            held=_roles(shown, request, found),
            proposed=proposed,
            proposer=(await shown.access.names([proposal.by])).get(proposal.by, "")
            if proposal
            else "",
            roles=roles,
            regions=regions,
        )

    @router.get("/{person_id}")
    async def one(request: Request, person_id: str, person: Administrator) -> Response:
        return await page(request, person_id, None)

    @router.get("/{person_id}/{change}")
    async def back(person_id: str, change: str, person: Administrator) -> Response:
        """Where a step-up leads that was asked for by a form: the form again."""
        return RedirectResponse(f"/people/{person_id}", 303)

    @router.post("/{person_id}/{change}")
    async def change(
        request: Request, person_id: str, change: str, person: FreshAdministrator
    ) -> Response:
        try:
            if change == "proposal":
                await shown.access.propose(person_id, await _grants(request), person)
            elif change == "confirmation":
                await shown.access.confirm(person_id, person)
            elif change == "closing":
                await shown.access.revoke(person_id, person)
        except AccessRefused as refused:
            return await page(request, person_id, refused)
        return RedirectResponse(f"/people/{person_id}", 303)


async def _grants(request: Request) -> list[Grant]:
    """The roles that were ticked, each for the regions that were; for the country without any."""
    said = await request.form(max_files=0, max_fields=_CHOICES_MAX)
    regions = frozenset(str(one) for one in said.getlist("regions")) & set(REGIONS)
    roles = {str(one) for one in said.getlist("roles")}
    return [Grant(role, regions or None) for role in Role if role in roles]


def _options(shown: Shown, request: Request) -> tuple[Sequence[Option], Sequence[Option]]:
    language = language_of(request)
    _ = shown.pages.text_in(language)
    regions = [Option(code, getattr(one.names, language)) for code, one in REGIONS.items()]
    return [Option(role, _(text)) for role, text in ROLES.items()], regions


def _state(shown: Shown, request: Request, account: Account) -> str:
    return shown.pages.text_in(language_of(request))(STATES[account.state])


def _roles(shown: Shown, request: Request, account: Account) -> list[str]:
    return grants_in_words(shown.pages, request, account.grants)
