"""The pages that change roles in pairs and close accounts.

Each says first, in words, what somebody gains and loses; only what was read there is done.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from birge_common.access.account import AccessRefused, Account, proposed
from birge_common.access.pages import Shown
from birge_common.access.people import Person, Role, Roles
from birge_common.access.requirements import signed_in, stepped_up
from birge_common.access.role_fields import (
    FIELDS_MAX,
    RoleField,
    fields_from,
    fields_of,
    labelled,
    roles_chosen,
)
from birge_common.regions import REGIONS
from birge_common.web.pages.languages import language_of
from birge_common.web.pages.views import Option
from birge_common.web.problems import Problem

Administrator = Annotated[Person, Depends(signed_in(Role.ADMINISTRATOR))]
FreshAdministrator = Annotated[Person, Depends(stepped_up(Role.ADMINISTRATOR))]


def add_changes(router: APIRouter, shown: Shown) -> None:
    """`/people/{person_id}/` and `proposal`, `confirmation` or `closing`."""
    _add_proposal(router, shown)
    _add_confirmation(router, shown)
    _add_closing(router, shown)


async def account_of(shown: Shown, person_id: str) -> Account:
    """The account of a page. Raises Problem."""
    found = await shown.access.store.account(person_id)
    if found is None:
        raise Problem(404, "nobody", "There is no such account.")
    return found.account


async def fields_said(request: Request) -> FormData:
    """The form, with room for every region of every role."""
    return await request.form(max_files=0, max_fields=FIELDS_MAX)


def choices(shown: Shown, request: Request, fields: Sequence[RoleField]) -> dict[str, Any]:
    """What the form of roles is drawn from, in the reader's language."""
    language = language_of(request)
    regions = [Option(code, getattr(one.names, language)) for code, one in REGIONS.items()]
    return {"fields": labelled(fields, shown.words(request)), "regions": regions}


def _add_proposal(router: APIRouter, shown: Shown) -> None:
    @router.get("/{person_id}/proposal")
    async def ask(request: Request, person_id: str, person: FreshAdministrator) -> Response:
        account = await account_of(shown, person_id)
        return _form(shown, request, account, None, fields_of(account.roles))

    @router.post("/{person_id}/proposal")
    async def propose(request: Request, person_id: str, person: FreshAdministrator) -> Response:
        """Show what would change; what that page sends, `is_checked`, is proposed."""
        said, account = await fields_said(request), await account_of(shown, person_id)
        fields = fields_from(said)
        try:
            roles = roles_chosen(fields)
            proposed(account, roles, person)
            if "is_checked" in said:
                await shown.access.propose(person_id, roles, person)
                return RedirectResponse(f"/people/{person_id}", 303)
        except AccessRefused as refused:
            return _form(shown, request, account, refused, fields)
        return _check_roles(shown, request, account, "proposal", roles)


def _add_confirmation(router: APIRouter, shown: Shown) -> None:
    def page(request: Request, account: Account, error: AccessRefused | None) -> Response:
        if account.proposal is None:
            return RedirectResponse(f"/people/{account.id}", 303)
        roles = account.proposal.roles
        return _check_roles(shown, request, account, "confirmation", roles, error)

    @router.get("/{person_id}/confirmation")
    async def ask(request: Request, person_id: str, person: FreshAdministrator) -> Response:
        return page(request, await account_of(shown, person_id), None)

    @router.post("/{person_id}/confirmation")
    async def confirm(request: Request, person_id: str, person: FreshAdministrator) -> Response:
        try:
            seen = roles_chosen(fields_from(await fields_said(request)))
            await shown.access.confirm(person_id, seen, person)
        except AccessRefused as refused:
            return page(request, await account_of(shown, person_id), refused)
        return RedirectResponse(f"/people/{person_id}", 303)


def _add_closing(router: APIRouter, shown: Shown) -> None:
    def page(
        request: Request, account: Account, by: Person, error: AccessRefused | None
    ) -> Response:
        consequences = shown.words(request).closing(account, is_own=account.id == by.id)
        return shown.page(
            request, "access/check_closing.html", error, account=account, consequences=consequences
        )

    @router.get("/{person_id}/closing")
    async def ask(request: Request, person_id: str, person: FreshAdministrator) -> Response:
        return page(request, await account_of(shown, person_id), person, None)

    @router.post("/{person_id}/closing")
    async def close(request: Request, person_id: str, person: FreshAdministrator) -> Response:
        try:
            await shown.access.revoke(person_id, person)
        except AccessRefused as refused:
            return page(request, await account_of(shown, person_id), person, refused)
        return RedirectResponse(f"/people/{person_id}", 303)


def _form(
    shown: Shown,
    request: Request,
    account: Account,
    error: AccessRefused | None,
    fields: Sequence[RoleField],
) -> Response:
    view = choices(shown, request, fields)
    return shown.page(request, "access/propose.html", error, account=account, **view)


def _check_roles(
    shown: Shown,
    request: Request,
    account: Account,
    step: str,
    roles: Roles,
    error: AccessRefused | None = None,
) -> Response:
    return shown.page(
        request,
        "access/check_roles.html",
        error,
        account=account,
        step=step,
        consequences=shown.words(request).changes(account.roles, roles),
        fields=fields_of(roles),
    )
