"""The pages on which administrators see everybody, and invite people by a link."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_common.access.access import Access
from birge_common.access.account import AccessRefused
from birge_common.access.api import BODY_BYTES_MAX
from birge_common.access.change_pages import (
    Administrator,
    FreshAdministrator,
    account_of,
    add_changes,
    choices,
    fields_said,
)
from birge_common.access.pages import Shown
from birge_common.access.people import Grant
from birge_common.access.role_fields import RoleField, fields_from, fields_of, roles_chosen
from birge_common.access.words import STATES
from birge_common.web.pages.rendering import Pages


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
    add_changes(router, shown)
    return router


def _add_list(router: APIRouter, shown: Shown) -> None:
    @router.get("")
    async def everybody(request: Request, person: Administrator) -> Response:
        words = shown.words(request)
        rows = [
            (one, words.text(STATES[one.state]), words.roles(one.roles))
            for one in await shown.access.people()
        ]
        return shown.page(request, "access/people.html", None, rows=rows)


def _add_invitation(router: APIRouter, shown: Shown) -> None:
    def form(
        request: Request, error: Exception | None, name: str, fields: Sequence[RoleField]
    ) -> Response:
        view = choices(shown, request, fields)
        return shown.page(request, "access/invite.html", error, name=name, **view)

    @router.get("/invitation")
    async def ask(request: Request, person: FreshAdministrator) -> Response:
        return form(request, None, "", fields_of({}))

    @router.post("/invitation")
    async def invite(request: Request, person: FreshAdministrator) -> Response:
        said = await fields_said(request)
        name, fields = str(said.get("name", "")), fields_from(said)
        try:
            grants = [Grant(*one) for one in roles_chosen(fields).items()]
            made = await shown.access.invite(name, grants, person)
        except AccessRefused as refused:
            return form(request, refused, name, fields)
        link = shown.access.link_of(made)
        return shown.page(request, "access/invited.html", None, name=name, link=link)


def _add_person(router: APIRouter, shown: Shown) -> None:
    @router.get("/{person_id}")
    async def one(request: Request, person_id: str, person: Administrator) -> Response:
        account, words = await account_of(shown, person_id), shown.words(request)
        proposal = account.proposal
        names = await shown.access.names([proposal.by]) if proposal else {}
        return shown.page(
            request,
            "access/person.html",
            None,
            account=account,
            state=words.text(STATES[account.state]),
            held=words.roles(account.roles),
            proposed=words.roles(proposal.roles) if proposal else [],
            proposer=names.get(proposal.by, "") if proposal else "",
        )
